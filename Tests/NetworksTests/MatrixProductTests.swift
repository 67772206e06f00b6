import Datasets
import Kernels
import Testing

@testable import Networks

@Suite struct MatrixProductTests {
    /// Shapes about the sizes of tiles. Factors are whole numbers so small that every sum of products is a whole number below
    /// 2^24, which Float has exactly: no order of summation changes a bit, and no term can be missed.
    @Test(arguments: [(1, 1, 1), (1, 3, 5), (6, 4, 64), (7, 13, 65), (5, 28, 63), (64, 28, 1_024), (32, 64, 100), (13, 7, 129)])
    func products(units: Int, inputs: Int, count: Int) throws {
        var random = RandomStream(seed: UInt64(units * 1_000 + count))
        let product = MatrixProduct(units: units, inputs: inputs, try MatrixProducts.host())
        func factor() -> Float { random.uniform(in: -127...127).rounded() }
        func matrix(_ rows: Int) -> FeatureMatrix {
            let matrix = FeatureMatrix(unitCount: rows, capacity: count)
            for unit in 0..<rows { for column in 0..<count { matrix.unit(unit)[column] = factor() } }
            return matrix
        }
        let (input, gradients) = (matrix(inputs), matrix(units))
        let weights = FloatBuffer(count: units * inputs)
        for index in 0..<weights.count { weights.start[index] = factor() }
        let sums = FeatureMatrix(unitCount: units, capacity: count)
        product.forward(weights: weights.start, input: input, sums: sums, count: count)
        for unit in 0..<units {
            for column in 0..<count {
                let terms = (0..<inputs).map { weights.start[unit * inputs + $0] * input.unit($0)[column] }
                #expect(sums.unit(unit)[column] == terms.reduce(0, +))
            }
        }
        let inputGradient = FeatureMatrix(unitCount: inputs, capacity: count)
        product.inputGradient(weights: weights.start, sumGradient: gradients, into: inputGradient, count: count)
        for feature in 0..<inputs {
            for column in 0..<count {
                let terms = (0..<units).map { weights.start[$0 * inputs + feature] * gradients.unit($0)[column] }
                #expect(inputGradient.unit(feature)[column] == terms.reduce(0, +))
            }
        }
        // A guard behind the result, and what an earlier batch may have left behind this one.
        let result = FloatBuffer(count: units * inputs + 1)
        result.start[units * inputs] = 7
        for unit in 0..<units { (gradients.unit(unit) + count).update(repeating: .nan, count: 16) }
        for feature in 0..<inputs { (input.unit(feature) + count).update(repeating: .infinity, count: 16) }
        product.weightGradient(result.start, sumGradient: gradients, input: input, count: count)
        for unit in 0..<units {
            for feature in 0..<inputs {
                let terms = (0..<count).map { gradients.unit(unit)[$0] * input.unit(feature)[$0] }
                #expect(result.start[unit * inputs + feature] == terms.reduce(0, +))
            }
        }
        #expect(result.start[units * inputs] == 7)
    }
}
