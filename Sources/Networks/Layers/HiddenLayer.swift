import Datasets

/// A dense layer with what follows it: BatchNorm or bias, activation, dropout.
///
/// Its memory is taken once, for the largest batch. Not thread-safe.
final class HiddenLayer {
    /// The layer's shape and activation.
    let configuration: LayerConfiguration
    /// The outputs of the last batch.
    let outputs: FeatureMatrix
    /// The loss's derivative by the outputs, written by the layer behind; then, after `backward`, that by the sums.
    let gradients: FeatureMatrix
    /// BatchNorm, where the layer has it.
    let normalization: BatchNormalization?

    private let product: MatrixProduct
    private let weights: ParameterStore.Group
    private let biases: ParameterStore.Group
    private let sums: FeatureMatrix
    private let slopes: FeatureMatrix
    private let random: FloatBuffer
    private var dropout: DropoutNumbers
    private let trainingCall: KernelCall
    private let evaluationCall: KernelCall
    private let backwardCall: KernelCall

    /// Makes a layer with random weights.
    init(
        _ configuration: LayerConfiguration, inputCount: Int, capacity: Int, kernels: NetworkKernels.Layer,
        backward: KernelCall, store: ParameterStore, initialization: inout RandomStream, dropout: RandomStream
    ) {
        self.configuration = configuration
        let units = configuration.units
        product = MatrixProduct(units: units, inputs: inputCount)
        weights = store.reserve(units * inputCount)
        biases = store.reserve(units)
        Initialization.fill(weights, fanIn: inputCount, &initialization)
        Initialization.fill(biases, fanIn: inputCount, &initialization)
        normalization = configuration.hasBatchNormalization ? BatchNormalization(unitCount: units, store: store) : nil
        outputs = FeatureMatrix(unitCount: units, capacity: capacity)
        gradients = FeatureMatrix(unitCount: units, capacity: capacity)
        sums = FeatureMatrix(unitCount: units, capacity: capacity)
        slopes = FeatureMatrix(unitCount: units, capacity: capacity)
        random = FloatBuffer(count: capacity + 32)
        self.dropout = DropoutNumbers(probability: configuration.dropout, random: dropout)
        trainingCall = KernelCall(kernels.training)
        evaluationCall = KernelCall(kernels.evaluation)
        backwardCall = backward
        let ownParameters = configuration.activation.formula.parameters.map { Float($0.value) }
        let dropoutParameters = configuration.dropout > 0 ? [self.dropout.threshold, self.dropout.factor] : []
        for (index, value) in (dropoutParameters + ownParameters).enumerated() { trainingCall[2 + index] = value }
        for (index, value) in ownParameters.enumerated() { evaluationCall[2 + index] = value }
    }

    /// Runs a batch, with BatchNorm by the batch's own figures and with dropout.
    func forwardInTraining(_ input: LayerInput, count: Int) {
        product.forward(weights: weights.values, input: input, sums: sums, count: count)
        for unit in 0..<configuration.units {
            let sums = sums.unit(unit)
            let affine =
                normalization?.measure(sums, unit: unit, bias: biases.values[unit], count: count)
                ?? BatchNormalization.Affine(scale: 1, shift: biases.values[unit])
            trainingCall[0] = affine.scale
            trainingCall[1] = affine.shift
            if configuration.dropout > 0 {
                dropout.fill(random.start, count: count)
                trainingCall(count: count, sums, random.start, to: outputs.unit(unit), slopes.unit(unit))
            } else {
                trainingCall(count: count, sums, to: outputs.unit(unit), slopes.unit(unit))
            }
        }
    }

    /// Runs a batch, with BatchNorm by the tracked figures and nothing left out.
    func forwardInEvaluation(_ input: LayerInput, count: Int) {
        product.forward(weights: weights.values, input: input, sums: sums, count: count)
        for unit in 0..<configuration.units {
            let affine =
                normalization?.tracked(unit: unit, bias: biases.values[unit])
                ?? BatchNormalization.Affine(scale: 1, shift: biases.values[unit])
            evaluationCall[0] = affine.scale
            evaluationCall[1] = affine.shift
            evaluationCall(count: count, sums.unit(unit), to: outputs.unit(unit))
        }
    }

    /// Goes back through the batch of the last `forwardInTraining`: from `gradients` to the parameters' gradients and, if
    /// wanted, to those of the layer before.
    func backward(_ input: LayerInput, count: Int, into previous: FeatureMatrix?) {
        for unit in 0..<configuration.units {
            let (gradient, slope, sums) = (gradients.unit(unit), slopes.unit(unit), sums.unit(unit))
            let projection =
                normalization?.backward(gradient: gradient, slope: slope, sums: sums, unit: unit, count: count)
                ?? BatchNormalization.Projection(scale: 1, gradientMean: 0, mean: 0, projection: 0)
            backwardCall[0] = projection.scale
            backwardCall[1] = projection.gradientMean
            backwardCall[2] = projection.mean
            backwardCall[3] = projection.projection
            // BatchNorm's mean takes up any bias, so that the loss does not depend on it.
            biases.gradients[unit] =
                normalization == nil ? Float(Reductions.products(gradient, slope, count: count)) : 0
            backwardCall(count: count, gradient, slope, sums, to: gradient)
        }
        product.weightGradient(weights.gradients, sumGradient: gradients, input: input, count: count)
        if let previous {
            product.inputGradient(weights: weights.values, sumGradient: gradients, into: previous, count: count)
        }
    }
}
