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

    let weights: ParameterStore.Group
    let biases: ParameterStore.Group
    /// The activation's trained parameters, in its order.
    let trained: [TrainedParameter]

    /// A trained parameter of the activation: one number, or one for each unit.
    struct TrainedParameter {
        let name: String
        let group: ParameterStore.Group
        /// Its place among the formula's parameters.
        fileprivate let index: Int
        /// The activation's derivative by it.
        fileprivate let slopes: FeatureMatrix
    }

    private let product: MatrixProduct
    private let reductions: Reductions
    private let sums: FeatureMatrix
    private let slopes: FeatureMatrix
    private let random: FloatBuffer
    private let dropout: DropoutNumbers
    private let activation: any LayerActivation
    private let backwardCall: KernelCall

    /// Makes a layer with random weights.
    init(
        _ configuration: LayerConfiguration, inputCount: Int, capacity: Int, kernels: NetworkKernels.Layer,
        tools: LayerTools, initialization: inout RandomStream
    ) throws(TrainingError) {
        self.configuration = configuration
        let units = configuration.units
        let store = tools.store
        reductions = tools.reductions
        product = MatrixProduct(units: units, inputs: inputCount, tools.products)
        weights = store.reserve(units * inputCount)
        biases = store.reserve(units)
        Initialization.fill(weights, fanIn: inputCount, &initialization)
        Initialization.fill(biases, fanIn: inputCount, &initialization)
        normalization =
            configuration.hasBatchNormalization ? BatchNormalization(unitCount: units, store: store, reductions: reductions) : nil
        outputs = FeatureMatrix(unitCount: units, capacity: capacity)
        gradients = FeatureMatrix(unitCount: units, capacity: capacity)
        sums = FeatureMatrix(unitCount: units, capacity: capacity)
        slopes = FeatureMatrix(unitCount: units, capacity: capacity)
        random = FloatBuffer(count: capacity + DropoutNumbers.block)
        dropout = try DropoutNumbers(probability: configuration.dropout)
        backwardCall = KernelCall(tools.backward)
        let mask = configuration.dropout > 0 ? dropout : nil
        let parameters = configuration.activation.formula.parameters
        let names = configuration.activation.trainedParameters
        switch kernels {
        case .fused(let training, let evaluation):
            activation = FusedActivation(training: training, evaluation: evaluation, dropout: mask)
        case .library(let library, let affine, let maskKernel):
            activation = LibraryActivation(
                library, affine: affine, mask: maskKernel, dropout: mask,
                trained: parameters.indices.filter { names.contains(parameters[$0].name) }, capacity: capacity)
        }
        var trained: [TrainedParameter] = []
        for (index, parameter) in parameters.enumerated() {
            activation.setParameter(index, Float(parameter.value))
            guard names.contains(parameter.name) else { continue }
            let group = store.reserve(configuration.activation.parameterCount(units: units))
            group.values.update(repeating: Float(parameter.value), count: group.count)
            trained.append(
                TrainedParameter(
                    name: parameter.name, group: group, index: index,
                    slopes: FeatureMatrix(unitCount: units, capacity: capacity)))
        }
        self.trained = trained
    }

    /// Draws what dropout leaves out from a stream from now on.
    func drawDropout(from random: RandomStream) {
        dropout.draw(from: random)
    }

    /// Runs a batch, with BatchNorm by the batch's own figures and with dropout.
    func forwardInTraining(_ input: FeatureMatrix, count: Int) {
        product.forward(weights: weights.values, input: input, sums: sums, count: count)
        for unit in 0..<configuration.units {
            let sums = sums.unit(unit)
            let affine =
                normalization?.measure(sums, unit: unit, bias: biases.values[unit], count: count)
                ?? BatchNormalization.Affine(scale: 1, shift: biases.values[unit])
            for (index, parameter) in trained.enumerated() {
                activation.setParameter(parameter.index, parameter.value(unit: unit))
                activation.setSlopes(byTrained: index, parameter.slopes.unit(unit))
            }
            if configuration.dropout > 0 { dropout.fill(random.start, count: count) }
            activation.forwardInTraining(
                affine, count: count, sums: sums, random: random.start, values: outputs.unit(unit), slopes: slopes.unit(unit))
        }
    }

    /// Runs a batch, with BatchNorm by the tracked figures and nothing left out.
    func forwardInEvaluation(_ input: FeatureMatrix, count: Int) {
        product.forward(weights: weights.values, input: input, sums: sums, count: count)
        for unit in 0..<configuration.units {
            let affine =
                normalization?.tracked(unit: unit, bias: biases.values[unit])
                ?? BatchNormalization.Affine(scale: 1, shift: biases.values[unit])
            for parameter in trained { activation.setParameter(parameter.index, parameter.value(unit: unit)) }
            activation.forwardInEvaluation(affine, count: count, sums: sums.unit(unit), values: outputs.unit(unit))
        }
    }

    /// Goes back through the batch of the last `forwardInTraining`: from `gradients` to the parameters' gradients and, if
    /// wanted, to those of the layer before.
    func backward(_ input: FeatureMatrix, count: Int, into previous: FeatureMatrix?) {
        for parameter in trained { parameter.noteGradients(of: gradients, count: count, reductions) }
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
                normalization == nil ? Float(reductions.products(gradient, slope, count: count)) : 0
            backwardCall(count: count, gradient, slope, sums, to: gradient)
        }
        product.weightGradient(weights.gradients, sumGradient: gradients, input: input, count: count)
        if let previous {
            product.inputGradient(weights: weights.values, sumGradient: gradients, into: previous, count: count)
        }
    }
}

extension HiddenLayer.TrainedParameter {
    /// A unit's value.
    fileprivate func value(unit: Int) -> Float { group.values[group.count == 1 ? 0 : unit] }

    /// Sums the derivatives over the batch, and over the units that share the parameter.
    fileprivate func noteGradients(of outputs: FeatureMatrix, count: Int, _ reductions: Reductions) {
        var total = 0.0
        for unit in 0..<outputs.unitCount {
            let own = reductions.products(outputs.unit(unit), slopes.unit(unit), count: count)
            if group.count > 1 { group.gradients[unit] = Float(own) }
            total += own
        }
        if group.count == 1 { group.gradients[0] = Float(total) }
    }
}
