import Datasets

/// The last layer: dense, one unit, its sums the logits.
final class OutputLayer {
    /// The logits of the last batch.
    let logits: FeatureMatrix
    /// The loss's derivative by the logits.
    let gradients: FeatureMatrix

    private let product: MatrixProduct
    private let weights: ParameterStore.Group
    private let bias: ParameterStore.Group

    /// Makes a layer with random weights.
    init(inputCount: Int, capacity: Int, store: ParameterStore, initialization: inout RandomStream) {
        product = MatrixProduct(units: 1, inputs: inputCount)
        weights = store.reserve(inputCount)
        bias = store.reserve(1)
        Initialization.fill(weights, fanIn: inputCount, &initialization)
        Initialization.fill(bias, fanIn: inputCount, &initialization)
        logits = FeatureMatrix(unitCount: 1, capacity: capacity)
        gradients = FeatureMatrix(unitCount: 1, capacity: capacity)
    }

    /// What is added to each example's weighted inputs. The kernels behind add it; `logits` are without it.
    var biasValue: Float { bias.values[0] }

    /// Runs a batch.
    func forward(_ input: LayerInput, count: Int) {
        product.forward(weights: weights.values, input: input, sums: logits, count: count)
    }

    /// Goes back from `gradients` to the parameters' gradients and to those of the layer before.
    func backward(_ input: LayerInput, count: Int, into previous: FeatureMatrix?) {
        bias.gradients[0] = Float(Reductions.sum(gradients.start, count: count))
        product.weightGradient(weights.gradients, sumGradient: gradients, input: input, count: count)
        if let previous {
            product.inputGradient(weights: weights.values, sumGradient: gradients, into: previous, count: count)
        }
    }
}
