import Datasets
import Testing

@testable import Networks

@Suite struct MetricsTests {
    @Test func areaAgainstAllPairs() {
        var random = RandomStream(seed: 11)
        for levels in [2, 5, 1_000_000] {
            for count in [2, 3, 10, 200] {
                let scores = (0..<count).map { _ in Float(random.integer(below: levels)) }
                let labels = (0..<count).map { $0 < 2 ? Float($0) : Float(random.integer(below: 2)) }
                var won = 0.0
                var pairs = 0.0
                for positive in 0..<count where labels[positive] == 1 {
                    for negative in 0..<count where labels[negative] == 0 {
                        pairs += 1
                        won += scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0
                    }
                }
                #expect(BinaryMetrics.areaUnderROC(scores: scores, labels: labels) == won / pairs, "seed 11")
            }
        }
    }

    @Test func areaWithoutMeaning() {
        #expect(BinaryMetrics.areaUnderROC(scores: [1, 2], labels: [1, 1]).isNaN)
        #expect(BinaryMetrics.areaUnderROC(scores: [1, .nan], labels: [1, 0]).isNaN)
        #expect(BinaryMetrics.areaUnderROC(scores: [], labels: []).isNaN)
    }

    @Test func accuracy() {
        #expect(BinaryMetrics.accuracy(scores: [0.5, 0.6, 0.4, 0.7], labels: [0, 1, 1, 0], threshold: 0.5) == 0.5)
    }

    /// The paper's table: 0.904 with 5,825 parameters is 0.240.
    @Test func efficiency() {
        let efficiency = BinaryMetrics.parameterEfficiency(areaUnderROC: 0.904, parameterCount: 5_825)
        #expect((efficiency * 1_000).rounded() == 240)
    }

    @Test(arguments: [(54, 5_825, 31_801), (28, 4_161, 26_601), (57, 6_017, 32_401)])
    func parameterCountsOfThePaper(features: Int, light: Int, heavy: Int) throws {
        let activation = try Activation("max(x, 0)")
        #expect(NetworkConfiguration.light(activation).parameterCount(inputCount: features) == light)
        #expect(NetworkConfiguration.heavy(activation).parameterCount(inputCount: features) == heavy)
    }
}
