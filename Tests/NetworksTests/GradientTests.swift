import Foundation
import Testing

@testable import Networks

@Suite struct GradientTests {
    /// A whole network's gradient against central differences of the plain network.
    ///
    /// Float carries 2^-24 = 6e-8 relative; through three layers, normalisation by up to 1/√ε and sums of 33 terms, errors
    /// stay below 1e-5 of the largest derivative. (Two normalised rows are always at ±1, where an even activation leaves the
    /// next layer a variance of 0 and rounding errors are raised by 1/√ε; they are only tried without BatchNorm.)
    @Test(arguments: SampleActivation.all, [true, false])
    func gradientOfWholeNetwork(_ activation: SampleActivation, hasBatchNormalization: Bool) throws {
        for (rowCount, seed) in [(hasBatchNormalization ? 5 : 2, 1), (7, 2), (8, 3), (33, 4), (64, 5)] {
            let sample = try NetworkSample(
                activation, hasBatchNormalization: hasBatchNormalization, rowCount: rowCount, seed: UInt64(seed))
            let result = sample.computeGradients()
            let expectedLoss = sample.reference.loss(sample.parameters, rows: sample.rows, labels: sample.labels)
            #expect(abs(result.loss / Double(rowCount) - expectedLoss) < 2e-6 * max(1, expectedLoss), "seed \(seed)")
            let expected = sample.reference.gradient(sample.parameters, rows: sample.rows, labels: sample.labels)
            let largest = expected.reduce(0) { max($0, abs($1)) }
            for (index, pair) in zip(sample.gradients, expected).enumerated() {
                #expect(
                    abs(pair.0 - pair.1) < 1e-5 * largest + 1e-8, "seed \(seed), \(rowCount) rows, parameter \(index): \(pair)")
            }
        }
    }

    @Test func noHiddenLayer() throws {
        let sample = try NetworkSample(SampleActivation.all[0], units: [])
        _ = sample.computeGradients()
        let expected = sample.reference.gradient(sample.parameters, rows: sample.rows, labels: sample.labels)
        for (found, wanted) in zip(sample.gradients, expected) { #expect(abs(found - wanted) < 1e-6) }
    }

    @Test func hitsAreCounted() throws {
        let sample = try NetworkSample(SampleActivation.all[0])
        let result = sample.computeGradients()
        let logits = sample.reference.forward(sample.parameters, rows: sample.rows)
        let expected = zip(logits, sample.labels).count { ($0 > 0) == ($1 == 1) }
        #expect(result.hits == Double(expected))
    }

    /// What is left out gives nothing, forward and back; the rest is raised by the factor.
    @Test func dropoutLeavesOut() throws {
        let activation = SampleActivation.all[1]
        let sample = try NetworkSample(activation, units: [16], rowCount: 200, dropout: 0.25)
        let plain = try NetworkSample(activation, units: [16], rowCount: 200)
        _ = sample.computeGradients()
        _ = plain.computeGradients()
        var leftOut = 0
        for unit in 0..<16 {
            for row in 0..<200 {
                let with = sample.network.hidden[0].outputs.unit(unit)[row]
                let without = plain.network.hidden[0].outputs.unit(unit)[row]
                if with == 0, without != 0 { leftOut += 1 } else { #expect(with == without * Float(4.0 / 3.0)) }
            }
        }
        // 3,200 decisions at 1/4: standard deviation 24.5; five of them.
        #expect(abs(leftOut - 800) < 123)
    }

    /// Twenty steps of Adam stay with those of the plain network. Small derivatives make Adam's steps sensitive to
    /// rounding, hence a bound on the loss and not on each weight.
    @Test(arguments: SampleActivation.all)
    func trajectory(_ activation: SampleActivation) throws {
        let sample = try NetworkSample(activation, rowCount: 64, seed: 9)
        let optimizer = try sample.adam()
        var parameters = sample.parameters
        var means = [Double](repeating: 0, count: parameters.count)
        var squares = means
        for step in 1...20 {
            let result = sample.computeGradients()
            let expected = sample.reference.loss(parameters, rows: sample.rows, labels: sample.labels)
            #expect(abs(result.loss / 64 - expected) < 1e-4 * expected, "step \(step)")
            optimizer.step(learningRate: 0.01)
            let gradient = sample.reference.gradient(parameters, rows: sample.rows, labels: sample.labels)
            for index in parameters.indices {
                means[index] = 0.9 * means[index] + 0.1 * gradient[index]
                squares[index] = 0.999 * squares[index] + 0.001 * gradient[index] * gradient[index]
                let mean = means[index] / (1 - pow(0.9, Double(step)))
                let square = squares[index] / (1 - pow(0.999, Double(step)))
                parameters[index] -= 0.01 * mean / (square.squareRoot() + 1e-8)
            }
        }
    }
}
