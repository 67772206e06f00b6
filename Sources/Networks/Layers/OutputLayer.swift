import Datasets

/// The last layer: dense, its sums the logits of the classes, or the number.
final class OutputLayer {
    /// How many outputs there are.
    let units: Int
    /// The weighted inputs of the last batch. The kernels of the loss add the biases.
    let sums: FeatureMatrix
    /// The loss's derivatives by the sums.
    let gradients: FeatureMatrix
    let weights: ParameterStore.Group
    let biases: ParameterStore.Group

    private let product: MatrixProduct
    private let reductions: Reductions

    /// Makes a layer with random weights.
    init(
        units: Int, inputCount: Int, capacity: Int, tools: LayerTools, initialization: inout RandomStream
    ) {
        self.units = units
        reductions = tools.reductions
        product = MatrixProduct(units: units, inputs: inputCount, tools.products)
        weights = tools.store.reserve(units * inputCount)
        biases = tools.store.reserve(units)
        Initialization.fill(weights, fanIn: inputCount, &initialization)
        Initialization.fill(biases, fanIn: inputCount, &initialization)
        sums = FeatureMatrix(unitCount: units, capacity: capacity)
        gradients = FeatureMatrix(unitCount: units, capacity: capacity)
    }

    /// Runs a batch.
    func forward(_ input: FeatureMatrix, count: Int) {
        product.forward(weights: weights.values, input: input, sums: sums, count: count)
    }

    /// Goes back from `gradients` to the parameters' gradients and to those of the layer before.
    func backward(_ input: FeatureMatrix, count: Int, into previous: FeatureMatrix?) {
        for unit in 0..<units {
            biases.gradients[unit] = Float(reductions.sum(gradients.unit(unit), count: count))
        }
        product.weightGradient(weights.gradients, sumGradient: gradients, input: input, count: count)
        if let previous {
            product.inputGradient(weights: weights.values, sumGradient: gradients, into: previous, count: count)
        }
    }
}
