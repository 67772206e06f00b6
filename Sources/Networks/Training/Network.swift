import Datasets

/// A network with its memory, ready to train on batches of up to a number of rows.
///
/// All memory is taken once. Not thread-safe.
final class Network {
    /// Everything that training changes.
    let store: ParameterStore
    /// The hidden layers, from the input on.
    let hidden: [HiddenLayer]
    /// The batch: a row for each feature, a column for each example.
    let input: FeatureMatrix
    /// The layer behind them.
    let output: OutputLayer
    private let configuration: NetworkConfiguration
    private let loss: any Loss
    private let inputCount: Int

    /// Makes a network with random weights that follow `initialization`.
    init(
        _ configuration: NetworkConfiguration, inputCount: Int, capacity: Int, kernels: NetworkKernels,
        initialization: RandomStream = RandomStream(seed: 0)
    ) throws(TrainingError) {
        let store = ParameterStore(count: configuration.parameterCount(inputCount: inputCount))
        let tools = LayerTools(
            store: store, backward: kernels.backward, products: kernels.products, reductions: try Reductions())
        var random = initialization
        var width = inputCount
        var layers: [HiddenLayer] = []
        for (index, layer) in configuration.hidden.enumerated() {
            layers.append(
                try HiddenLayer(
                    layer, inputCount: width, capacity: capacity, kernels: kernels.layers[index], tools: tools,
                    initialization: &random))
            width = layer.units
        }
        self.store = store
        self.configuration = configuration
        self.inputCount = inputCount
        hidden = layers
        output = OutputLayer(
            units: configuration.task.outputCount, inputCount: width, capacity: capacity, tools: tools, initialization: &random)
        input = FeatureMatrix(unitCount: inputCount, capacity: capacity)
        loss = configuration.task.loss(kernels, capacity: capacity, reductions: tools.reductions)
    }

    /// Draws what dropout leaves out from a stream, one for each layer, from now on.
    func drawDropout(from random: RandomStream) {
        for (index, layer) in hidden.enumerated() { layer.drawDropout(from: random.stream(UInt64(index))) }
    }

    /// Runs `input` forward and back; the store's gradients are then those of the mean loss.
    ///
    /// - Parameter targets: what the examples should give, one for each.
    func computeGradients(_ targets: BatchTargets) -> BatchResult {
        let count = targets.count
        var current = input
        for layer in hidden {
            layer.forwardInTraining(current, count: count)
            current = layer.outputs
        }
        output.forward(current, count: count)
        let result = loss.measure(output, targets)
        output.backward(current, count: count, into: hidden.last?.gradients)
        for index in hidden.indices.reversed() {
            let before = index > 0 ? hidden[index - 1] : nil
            hidden[index].backward(before?.outputs ?? input, count: count, into: before?.gradients)
        }
        return result
    }

    /// Runs `input` as evaluation does, and measures it.
    func evaluate(
        _ targets: BatchTargets, scores: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Float>
    ) -> BatchResult {
        forwardInEvaluation(count: targets.count)
        let result = loss.measure(output, targets)
        loss.predict(output, count: targets.count, scores: scores, predictions: predictions)
        return result
    }

    /// Runs the first `count` examples of `input` as evaluation does.
    ///
    /// - Parameters:
    ///   - scores: room for as many numbers as rows times outputs.
    ///   - predictions: room for as many.
    func predict(count: Int, scores: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Float>) {
        forwardInEvaluation(count: count)
        loss.predict(output, count: count, scores: scores, predictions: predictions)
    }

    private func forwardInEvaluation(count: Int) {
        var current = input
        for layer in hidden {
            layer.forwardInEvaluation(current, count: count)
            current = layer.outputs
        }
        output.forward(current, count: count)
    }

    /// The first hidden layer with an output of the last batch that is not finite, or beyond a limit in size; from 1.
    func firstDivergedLayer(count: Int, limit: Float) -> Int? {
        hidden.firstIndex { !$0.outputs.isBounded(by: limit, count: count) }.map { $0 + 1 }
    }
}

extension Network {
    /// All numbers of the network, copied.
    var weights: NetworkWeights {
        NetworkWeights(
            tensors: zip(NetworkWeights.shapes(of: configuration, inputCount: inputCount), arrays).map { description, array in
                NamedTensor(name: description.name, shape: description.shape, values: Array(array))
            })
    }

    /// Takes over numbers that fit (`NetworkWeights.validate`).
    func load(_ weights: NetworkWeights) {
        for ((name, _), array) in zip(NetworkWeights.shapes(of: configuration, inputCount: inputCount), arrays) {
            for (index, value) in zip(array.indices, weights[name]?.values ?? []) { array[index] = value }
        }
    }

    /// Where the numbers are, in the order of `NetworkWeights.shapes`.
    private var arrays: [UnsafeMutableBufferPointer<Float>] {
        var arrays: [UnsafeMutableBufferPointer<Float>] = []
        for layer in hidden {
            arrays += [layer.weights.array, layer.biases.array]
            if let normalization = layer.normalization {
                arrays += [normalization.scales.array, normalization.shifts.array]
                arrays += [normalization.runningMeans.array, normalization.runningVariances.array]
            }
            arrays += layer.trained.map(\.group.array)
        }
        return arrays + [output.weights.array, output.biases.array]
    }
}
