import Datasets

/// A network with its memory, ready to train on batches of up to a number of rows.
///
/// All memory is taken once. Not thread-safe.
final class Network {
    /// Everything that training changes.
    let store: ParameterStore
    /// The hidden layers, from the input on.
    let hidden: [HiddenLayer]
    private let output: OutputLayer
    private let lossCall: KernelCall
    private let probabilityCall: KernelCall
    private let inputCount: Int
    private let losses: FloatBuffer
    private let hits: FloatBuffer

    /// Makes a network with random weights; they follow `initialization`, dropout follows `dropout`.
    init(
        _ configuration: NetworkConfiguration, inputCount: Int, capacity: Int, kernels: NetworkKernels,
        initialization: RandomStream, dropout: RandomStream
    ) {
        let store = ParameterStore(count: configuration.parameterCount(inputCount: inputCount))
        let backward = KernelCall(kernels.backward)
        var random = initialization
        var width = inputCount
        var layers: [HiddenLayer] = []
        for (index, layer) in configuration.hidden.enumerated() {
            layers.append(
                HiddenLayer(
                    layer, inputCount: width, capacity: capacity, kernels: kernels.layers[index], backward: backward,
                    store: store, initialization: &random, dropout: dropout.stream(UInt64(index))))
            width = layer.units
        }
        self.store = store
        self.inputCount = inputCount
        hidden = layers
        output = OutputLayer(inputCount: width, capacity: capacity, store: store, initialization: &random)
        lossCall = KernelCall(kernels.loss)
        probabilityCall = KernelCall(kernels.probability)
        losses = FloatBuffer(count: capacity)
        hits = FloatBuffer(count: capacity)
    }

    /// What a batch gave.
    struct BatchResult {
        /// The sum of the rows' losses.
        let loss: Double
        /// How many labels were hit.
        let hits: Double
    }

    /// Runs a batch forward and back; the store's gradients are then those of the mean loss.
    ///
    /// - Parameters:
    ///   - rows: `count` rows of features without gaps.
    ///   - labels: 0 or 1 for each row.
    func computeGradients(rows: UnsafePointer<Float>, labels: UnsafePointer<Float>, count: Int) -> BatchResult {
        let input = LayerInput.rows(rows, featureCount: inputCount)
        var current = input
        for layer in hidden {
            layer.forwardInTraining(current, count: count)
            current = .units(layer.outputs)
        }
        output.forward(current, count: count)
        lossCall[0] = output.biasValue
        lossCall[1] = 1 / Float(count)
        lossCall(count: count, output.logits.start, labels, to: losses.start, output.gradients.start, hits.start)
        output.backward(current, count: count, into: hidden.last?.gradients)
        for index in hidden.indices.reversed() {
            let before = index > 0 ? hidden[index - 1] : nil
            hidden[index].backward(before.map { .units($0.outputs) } ?? input, count: count, into: before?.gradients)
        }
        return BatchResult(
            loss: Reductions.sum(losses.start, count: count), hits: Reductions.sum(hits.start, count: count))
    }

    /// Runs a batch as evaluation does.
    ///
    /// - Parameters:
    ///   - logits: room for `count` numbers.
    ///   - probabilities: room for `count` numbers.
    func predict(
        rows: UnsafePointer<Float>, count: Int, logits: UnsafeMutablePointer<Float>,
        probabilities: UnsafeMutablePointer<Float>
    ) {
        var current = LayerInput.rows(rows, featureCount: inputCount)
        for layer in hidden {
            layer.forwardInEvaluation(current, count: count)
            current = .units(layer.outputs)
        }
        output.forward(current, count: count)
        probabilityCall[0] = output.biasValue
        probabilityCall(count: count, output.logits.start, to: logits, probabilities)
    }

    /// The first hidden layer whose outputs of the last batch are not all finite, from 1.
    func firstDivergedLayer(count: Int) -> Int? {
        hidden.firstIndex { !$0.outputs.isFinite(count: count) }.map { $0 + 1 }
    }
}
