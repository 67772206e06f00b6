import Datasets
import Kernels
import Testing

@testable import Networks

@Suite struct MatrixProductTests {
    /// Shapes about the sizes of tiles, each product against sums in Double.
    @Test(arguments: [(1, 1, 1), (1, 3, 5), (6, 4, 64), (7, 13, 65), (5, 28, 63), (64, 28, 1_024), (32, 64, 100), (13, 7, 129)])
    func products(units: Int, inputs: Int, count: Int) throws {
        var random = RandomStream(seed: UInt64(units * 1_000 + count))
        let product = MatrixProduct(units: units, inputs: inputs, try MatrixProducts.host())
        func matrix(_ rows: Int) -> FeatureMatrix {
            let matrix = FeatureMatrix(unitCount: rows, capacity: count)
            for unit in 0..<rows { for column in 0..<count { matrix.unit(unit)[column] = random.uniform(in: -1...1) } }
            return matrix
        }
        let (input, gradients) = (matrix(inputs), matrix(units))
        let weights = FloatBuffer(count: units * inputs)
        for index in 0..<weights.count { weights.start[index] = random.uniform(in: -1...1) }
        /// Terms of at most 1 in size, one rounding each.
        func expect(_ found: Float, _ terms: some Sequence<Double>, _ number: Int) {
            let exact = terms.reduce(0, +)
            #expect(abs(Double(found) - exact) <= Double(number + 1) * 0x1p-24 * max(1, Double(number).squareRoot()))
        }
        let sums = FeatureMatrix(unitCount: units, capacity: count)
        product.forward(weights: weights.start, input: input, sums: sums, count: count)
        for unit in 0..<units {
            for column in 0..<count {
                expect(
                    sums.unit(unit)[column],
                    (0..<inputs).map { Double(weights.start[unit * inputs + $0]) * Double(input.unit($0)[column]) }, inputs)
            }
        }
        let inputGradient = FeatureMatrix(unitCount: inputs, capacity: count)
        product.inputGradient(weights: weights.start, sumGradient: gradients, into: inputGradient, count: count)
        for feature in 0..<inputs {
            for column in 0..<count {
                expect(
                    inputGradient.unit(feature)[column],
                    (0..<units).map { Double(weights.start[$0 * inputs + feature]) * Double(gradients.unit($0)[column]) }, units)
            }
        }
        // A guard behind the result, and garbage behind the batch.
        let result = FloatBuffer(count: units * inputs + 1)
        result.start[units * inputs] = 7
        for unit in 0..<units { (gradients.unit(unit) + count).update(repeating: .nan, count: 16) }
        for feature in 0..<inputs { (input.unit(feature) + count).update(repeating: 3, count: 16) }
        for unit in 0..<units { gradients.clearPadding(unit: unit, count: count) }
        product.weightGradient(result.start, sumGradient: gradients, input: input, count: count)
        for unit in 0..<units {
            for feature in 0..<inputs {
                expect(
                    result.start[unit * inputs + feature],
                    (0..<count).map { Double(gradients.unit(unit)[$0]) * Double(input.unit(feature)[$0]) }, count)
            }
        }
        #expect(result.start[units * inputs] == 7)
    }
}
