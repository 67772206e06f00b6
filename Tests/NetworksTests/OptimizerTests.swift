import Foundation
import Kernels
import Testing

@testable import Networks

@Suite struct OptimizerTests {
    /// Runs a rule over three numbers with given gradients, and its plain counterpart in Double.
    private func compare(
        _ configuration: OptimizerConfiguration, norm: Double? = nil,
        plain: (_ step: Int, _ value: inout Double, _ first: inout Double, _ second: inout Double, _ gradient: Double) -> Void
    ) throws {
        let store = ParameterStore(count: 3)
        let optimizer = try Optimizer(
            store, configuration, largestGradientNorm: norm,
            kernel: try Optimizer.kernel(configuration, math: .accurate, cache: KernelCache()))
        let gradients: [[Double]] = [[0.5, -2, 0], [0.1, 3, 0], [-0.2, 1e-2, 1e-9], [3, 4, 12]]
        var values = [0.1, -0.2, 0.3]
        store.values.write(values.map(Float.init))
        var first = [0.0, 0.0, 0.0]
        var second = first
        for (index, gradient) in gradients.enumerated() {
            store.gradients.write(gradient.map(Float.init))
            optimizer.step(learningRate: 0.01)
            let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let scale = norm.map { min(1, $0 / (length + 1e-6)) } ?? 1
            for place in 0..<3 {
                plain(index + 1, &values[place], &first[place], &second[place], gradient[place] * scale)
                #expect(
                    abs(Double(store.values.values[place]) - values[place]) < Double(index + 2) * 0x1p-24
                        * max(0.5, abs(values[place])),
                    "step \(index + 1), number \(place)")
            }
        }
    }

    private func adam(_ step: Int, _ value: inout Double, _ mean: inout Double, _ square: inout Double, _ gradient: Double) {
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient * gradient
        value -= 0.01 * mean / (1 - pow(0.9, Double(step))) / ((square / (1 - pow(0.999, Double(step)))).squareRoot() + 1e-8)
    }

    @Test func adamWithWeightDecay() throws {
        try compare(OptimizerConfiguration(.adam, weightDecay: 0.1)) { step, value, mean, square, gradient in
            adam(step, &value, &mean, &square, gradient + 0.1 * value)
        }
    }

    @Test func adamW() throws {
        try compare(OptimizerConfiguration(.adamW)) { step, value, mean, square, gradient in
            value *= 1 - 0.01 * 0.01
            adam(step, &value, &mean, &square, gradient)
        }
    }

    @Test func momentum() throws {
        try compare(OptimizerConfiguration(.sgd, weightDecay: 0.1, momentum: 0.8)) { _, value, velocity, _, gradient in
            velocity = 0.8 * velocity + gradient + 0.1 * value
            value -= 0.01 * velocity
        }
    }

    @Test func clipping() throws {
        try compare(OptimizerConfiguration(.sgd, momentum: 0), norm: 2.5) { _, value, _, _, gradient in
            value -= 0.01 * gradient
        }
    }
}
