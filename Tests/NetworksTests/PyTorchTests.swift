import Foundation
import Formulas
import Kernels
import Testing

@testable import Networks

/// What PyTorch gave for one case; `Python/golden.py` writes it.
struct PyTorchCase: Decodable {
    let formula: String
    let classes: Int
    let optimizer: String
    let clip: Double?
    let parameter: String?
    let norm: Bool
    let layers: [Int]
    let steps: [Int]
    let rows: [Float]
    let labels: [Float]
    let initial: [String: [Double]]
    let float64: Run
    let float32: Run

    /// One precision's losses and weights at `steps`.
    struct Run: Decodable {
        let losses: [Double]
        let weights: [String: [String: [Double]]]
    }

    init(name: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name).json")
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }

    /// The same network here.
    func configuration() throws -> NetworkConfiguration {
        let parameters = parameter == nil ? [] : [Parameter(name: "b", value: 1)]
        let activation = try Activation(
            formula, options: ParsingOptions(parameters: parameters), trainedParameters: parameters.map(\.name),
            parameterSharing: parameter == "unit" ? .unit : .layer)
        let task: LearningTask = classes == 0 ? .regression : classes == 1 ? .binary : .multiclass(classCount: classes)
        return NetworkConfiguration(
            hidden: layers.map {
                LayerConfiguration(units: $0, activation: activation, hasBatchNormalization: norm, dropout: 0)
            }, task: task)
    }
}

@Suite struct PyTorchTests {
    static let names = [
        "relu", "gelu", "silu", "x_cos_x", "multiclass", "regression", "adamw_clipped", "swish_per_layer", "swish_per_unit",
        "without_norm",
    ]

    /// From PyTorch's weights on PyTorch's batch: after one step within 1e-6 of its Double run, array by array in the largest
    /// number, and after 10 and 100 steps, loss and weights together, not more than twice as far from it as its Float run.
    @Test(arguments: names)
    func trajectory(_ name: String) throws {
        let golden = try PyTorchCase(name: name)
        let configuration = try golden.configuration()
        let count = golden.labels.count
        let inputCount = golden.rows.count / count
        let network = try Network(
            configuration, inputCount: inputCount, capacity: count, kernels: try NetworkKernels(configuration))
        let shapes = NetworkWeights.shapes(of: configuration, inputCount: inputCount)
        network.load(
            NetworkWeights(
                tensors: try shapes.map { name, shape in
                    NamedTensor(name: name, shape: shape, values: try #require(golden.initial[name]).map(Float.init))
                }))
        let method = try #require(OptimizerConfiguration.Method(rawValue: golden.optimizer))
        let settings = OptimizerConfiguration(method)
        let optimizer = try Optimizer(
            network.store, settings, largestGradientNorm: golden.clip,
            kernel: try Optimizer.kernel(settings, math: .accurate, cache: KernelCache()))
        network.input.transpose(rows: golden.rows, 0..<count)
        let targets = FloatBuffer(count: count)
        targets.write(golden.labels)
        let weights = FloatBuffer(count: count)
        weights.write([Float](repeating: 1, count: count))
        let batch = BatchTargets(values: targets.start, weights: weights.start, weight: Double(count), count: count)
        for step in 1...(golden.steps.max() ?? 0) {
            let loss = network.computeGradients(batch).loss / Double(count)
            optimizer.step(learningRate: method == .sgd ? 0.01 : 0.001)
            guard let index = golden.steps.firstIndex(of: step) else { continue }
            let exact = try #require(golden.float64.weights["\(step)"])
            let single = try #require(golden.float32.weights["\(step)"])
            let tensors = network.weights.tensors
            if step == 1 {
                #expect(abs(loss - golden.float64.losses[index]) <= 1e-6 * golden.float64.losses[index], "loss")
                for tensor in tensors {
                    let wanted = try #require(exact[tensor.name])
                    let largest = wanted.reduce(0) { max($0, abs($1)) }
                    let distance = zip(tensor.values, wanted).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
                    #expect(distance <= 1e-6 * largest, "\(tensor.name): \(distance / largest)")
                }
            } else {
                let own = try Self.distance(tensors.map { ($0.name, $0.values.map(Double.init)) }, exact, configuration)
                let peer = try Self.distance(try tensors.map { ($0.name, try #require(single[$0.name])) }, exact, configuration)
                let ownLoss = abs(loss - golden.float64.losses[index])
                let peerLoss = abs(golden.float32.losses[index] - golden.float64.losses[index])
                #expect(
                    hypot(own, ownLoss) <= 2 * hypot(peer, peerLoss),
                    "step \(step): weights \(own) and loss \(ownLoss) from the Double run, where PyTorch's Float run is \(peer) and \(peerLoss)"
                )
            }
        }
    }

    /// The Euclidean distance of all weights from those of the Double run.
    ///
    /// Biases that BatchNorm's mean takes up are left out: their gradient is 0, of which PyTorch's Float run has rounding
    /// errors that Adam makes whole steps of; so are the running means, which contain them.
    private static func distance(
        _ tensors: [(name: String, values: [Double])], _ exact: [String: [Double]], _ configuration: NetworkConfiguration
    ) throws -> Double {
        var leftOut: Set<String> = []
        for (index, layer) in configuration.hidden.enumerated() where layer.hasBatchNormalization {
            leftOut.formUnion(["layers.\(index).bias", "layers.\(index).norm.running_mean"])
        }
        let compared = tensors.filter { !leftOut.contains($0.name) }
        let squares = try compared.reduce(0.0) { sum, tensor in
            let wanted = try #require(exact[tensor.name])
            try #require(tensor.values.count == wanted.count)
            return zip(tensor.values, wanted).reduce(sum) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        return squares.squareRoot()
    }
}
