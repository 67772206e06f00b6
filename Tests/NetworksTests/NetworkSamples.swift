import Datasets
import Foundation
import Kernels
import Testing

@testable import Networks

/// Activations, once for the compiler and once in plain Swift.
struct SampleActivation: Sendable, CustomTestStringConvertible {
    let text: String
    let function: @Sendable (Double) -> Double
    var testDescription: String { text }

    static let all = [
        SampleActivation(text: "max(x, 0)") { max($0, 0) },
        SampleActivation(text: "2*x^2 + x") { 2 * $0 * $0 + $0 },
        SampleActivation(text: "x*cos(x)") { $0 * cos($0) },
        SampleActivation(text: "x*sigmoid(x)") { $0 / (1 + exp(-$0)) },
        SampleActivation(text: "cos(x) - cos(cos(x))") { cos($0) - cos(cos($0)) },
    ]
}

/// A small network with a batch of random rows.
struct NetworkSample {
    let network: Network
    let reference: ReferenceNetwork
    let rows: [[Double]]
    let labels: [Double]
    let kernels: NetworkKernels

    init(
        _ activation: SampleActivation, units: [Int] = [5, 3], hasBatchNormalization: Bool = true, inputCount: Int = 4,
        rowCount: Int = 33, seed: UInt64 = 1, dropout: Double = 0
    ) throws {
        let compiled = try Activation(activation.text)
        let configuration = NetworkConfiguration(
            hidden: units.map {
                LayerConfiguration(
                    units: $0, activation: compiled, hasBatchNormalization: hasBatchNormalization, dropout: dropout)
            })
        var random = RandomStream(seed: seed)
        kernels = try NetworkKernels(configuration)
        network = try Network(
            configuration, inputCount: inputCount, capacity: rowCount + 5, kernels: kernels, initialization: random.stream(1))
        network.drawDropout(from: random.stream(2))
        reference = ReferenceNetwork(
            layers: units.map { ($0, hasBatchNormalization, activation.function) }, inputCount: inputCount)
        // Rounded to Float, so that both networks get the same numbers.
        rows = (0..<rowCount).map { _ in (0..<inputCount).map { _ in Double(Float(random.approximatelyNormal())) } }
        labels = (0..<rowCount).map { _ in Double(random.integer(below: 2)) }
    }

    /// Runs one batch through the fast network.
    func computeGradients() -> BatchResult {
        let flat = rows.flatMap { $0.map(Float.init) }
        let labels = labels.map(Float.init)
        let targets = FloatBuffer(count: labels.count)
        targets.write(labels)
        let weights = FloatBuffer(count: labels.count)
        weights.write(labels.map { _ in 1 })
        network.input.transpose(rows: flat, 0..<rows.count)
        return network.computeGradients(
            BatchTargets(
                values: targets.start, weights: weights.start, weight: Double(labels.count), count: labels.count))
    }

    var parameters: [Double] { network.store.values.values.map(Double.init) }
    var gradients: [Double] { network.store.gradients.values.map(Double.init) }

    /// Adam on the network's numbers.
    func adam() throws -> Optimizer { try .adam(network.store) }
}

extension Optimizer {
    /// Adam with its usual figures.
    static func adam(_ store: ParameterStore) throws -> Optimizer {
        let configuration = OptimizerConfiguration(.adam)
        return try Optimizer(
            store, configuration, kernel: try kernel(configuration, math: .accurate, cache: KernelCache()))
    }
}
