import Datasets
import Foundation
import Testing

@testable import Networks

@Suite struct BatchNormalizationTests {
    @Test func measuresAndTracks() throws {
        let store = ParameterStore(count: 2)
        let normalization = BatchNormalization(unitCount: 1, store: store, reductions: try Reductions())
        store.values.write([2, 0.5])
        let sums = FloatBuffer(count: 4)
        sums.write([1, 2, 3, 6])
        let affine = normalization.measure(sums.start, unit: 0, bias: 10, count: 4)
        // Mean 3, biased variance 3.5, unbiased 14/3.
        let scale = 2 / (3.5 + 1e-5).squareRoot()
        #expect(affine.scale == Float(scale))
        #expect(affine.shift == Float(0.5 - 3 * scale))
        #expect(normalization.runningMeans.values == [Float(0.1 * 13)])
        #expect(normalization.runningVariances.values == [Float(0.9 + 0.1 * 14 / 3)])
        _ = normalization.measure(sums.start, unit: 0, bias: 10, count: 4)
        #expect(abs(normalization.runningMeans.values[0] - 2.47) < 1e-6)
        let tracked = normalization.tracked(unit: 0, bias: 10)
        let trackedScale = 2 / (Double(normalization.runningVariances.values[0]) + 1e-5).squareRoot()
        #expect(tracked.scale == Float(trackedScale))
        #expect(tracked.shift == Float(0.5 + (10 - Double(normalization.runningMeans.values[0])) * trackedScale))
    }

    /// A mean far from 0 costs no digits of the variance.
    @Test func largeMean() throws {
        let normalization = BatchNormalization(
            unitCount: 1, store: ParameterStore(count: 2), reductions: try Reductions())
        let sums = FloatBuffer(count: 1_000)
        sums.write((0..<1_000).map { Float(1_000 + $0 % 2) })
        _ = normalization.measure(sums.start, unit: 0, bias: 0, count: 1_000)
        #expect(abs(normalization.runningVariances.values[0] - Float(0.9 + 0.1 * 0.25 * 1_000 / 999)) < 1e-6)
    }
}

@Suite struct ReductionsTests {
    @Test(arguments: [1, 7, 8, 9, 63, 64, 65, 127, 1_000, 1_024, 10_007])
    func sums(count: Int) throws {
        var random = RandomStream(seed: UInt64(count))
        let (a, b, c) = (numbers(count, &random), numbers(count, &random), numbers(count, &random))
        let center: Float = 0.25
        // Two Float additions at most and three more roundings: within 5 of the sum of magnitudes.
        func expect(_ found: Double, _ terms: [Double]) {
            let exact = terms.reduce(0, +)
            let magnitude = terms.reduce(0) { $0 + abs($1) }
            #expect(abs(found - exact) <= 5 * 0x1p-24 * magnitude, "\(found) for \(exact), seed \(count)")
        }
        let reductions = try Reductions()
        let values = [a, b, c].map { $0.array.map(Double.init) }
        expect(reductions.sum(a.start, count: count), values[0])
        expect(reductions.squares(a.start, about: center, count: count), values[0].map { pow($0 - 0.25, 2) })
        let products = zip(values[0], values[1]).map { $0 * $1 }
        expect(reductions.products(a.start, b.start, count: count), products)
        let projection = reductions.projection(a.start, b.start, c.start, about: center, count: count)
        expect(projection.total, products)
        expect(projection.weighted, zip(products, values[2]).map { $0 * ($1 - 0.25) })
    }

    /// Numbers, and NaN behind them where reductions must not look.
    private func numbers(_ count: Int, _ random: inout RandomStream) -> FloatBuffer {
        let buffer = FloatBuffer(count: count)
        (buffer.start + count).update(repeating: .nan, count: 1)
        for index in 0..<count { buffer.start[index] = Float(random.approximatelyNormal()) }
        return buffer
    }
}

@Suite struct DropoutNumbersTests {
    private func numbers(_ probability: Double, seed: UInt64, count: Int) throws -> (drawn: [Float], source: DropoutNumbers) {
        let source = try DropoutNumbers(probability: probability, random: RandomStream(seed: seed))
        let buffer = FloatBuffer(count: count + DropoutNumbers.block)
        source.fill(buffer.start, count: count)
        return (Array(buffer.values.prefix(count)), source)
    }

    @Test(arguments: [0.1, 0.3, 0.5, 0.9])
    func shareAndFactor(_ probability: Double) throws {
        let count = 100_000
        let (drawn, source) = try numbers(probability, seed: 3, count: count)
        #expect(drawn.allSatisfy { $0 >= 1 && $0 < 2 })
        let leftOut = Double(drawn.count { $0 < source.threshold }) / Double(count)
        let deviation = (probability * (1 - probability) / Double(count)).squareRoot()
        #expect(abs(leftOut - probability) < 5 * deviation)
        // Exactly what keeps the expected value at the rounded probability, which is within 2^-17 of the one asked for.
        let rounded = Double(source.threshold - 1)
        #expect(abs(rounded - probability) <= 0x1p-17)
        #expect(abs(Double(source.factor) * (1 - rounded) - 1) < 0x1p-23)
    }

    @Test func numbersAreUniform() throws {
        let drawn = try numbers(0.3, seed: 5, count: 160_000).drawn
        var counts = [Int](repeating: 0, count: 16)
        for number in drawn { counts[Int((number - 1) * 16)] += 1 }
        // Standard deviation of each count is 97; six of them.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 580 }, "\(counts)")
    }

    /// Neighbours decide on their own: of all pairs, p² are left out together.
    @Test func neighboursAreIndependent() throws {
        let count = 200_000
        let (drawn, source) = try numbers(0.3, seed: 4, count: count)
        let isLeftOut = drawn.map { $0 < source.threshold }
        for distance in [1, 2, 4, 8, 16, 32, 512, 1_024] {
            let both = (0..<count - distance).count { isLeftOut[$0] && isLeftOut[$0 + distance] }
            #expect(abs(Double(both) / Double(count - distance) - 0.09) < 0.004, "distance \(distance)")
        }
    }

    @Test func followsTheSeed() throws {
        let drawn = try numbers(0.3, seed: 1, count: 96).drawn
        #expect(try drawn == numbers(0.3, seed: 1, count: 96).drawn)
        #expect(try drawn != numbers(0.3, seed: 2, count: 96).drawn)
    }
}

@Suite struct AdamTests {
    /// Three steps by hand, in Double: with gradients of equal size, each moves by the step size.
    @Test func steps() throws {
        let store = ParameterStore(count: 19)
        let optimizer = try Optimizer.adam(store)
        let gradients: [[Double]] = [[0.5, -2, 0], [0.1, 3, 0], [-0.2, 1e-4, 1e-9]]
        var values = [0.1, -0.2, 0.3]
        store.values.write(values.map(Float.init))
        var means = [0.0, 0.0, 0.0]
        var squares = [0.0, 0.0, 0.0]
        for (index, gradient) in gradients.enumerated() {
            store.gradients.write(gradient.map(Float.init))
            optimizer.step(learningRate: 0.001)
            let step = Double(index + 1)
            for place in 0..<3 {
                means[place] = 0.9 * means[place] + 0.1 * gradient[place]
                squares[place] = 0.999 * squares[place] + 0.001 * gradient[place] * gradient[place]
                let correctedMean = means[place] / (1 - pow(0.9, step))
                let correctedSquare = squares[place] / (1 - pow(0.999, step))
                values[place] -= 0.001 * correctedMean / (correctedSquare.squareRoot() + 1e-8)
                // Half a unit of a number near 0.3, and as much again for each step.
                #expect(
                    abs(Double(store.values.values[place]) - values[place]) < (step + 1) * 0x1p-26,
                    "step \(step), number \(place)")
            }
        }
        #expect(store.values.values[3...].allSatisfy { $0 == 0 })
    }
}
