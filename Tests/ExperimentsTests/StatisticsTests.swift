import Testing

@testable import Experiments

/// Expected values are scipy's (1.15): `2*stats.t.sf(t, nu)`, `stats.t.ppf((1 + c)/2, nu)`, `stats.ttest_rel`,
/// `stats.binomtest`.
@Suite struct StatisticsTests {
    private func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-11) -> Bool {
        abs(a - b) <= tolerance * max(abs(a), abs(b))
    }

    @Test(arguments: [
        (1, 0.0, 1.0), (1, 0.3, 0.8144528418445154), (1, 2.5, 0.24223788318168682), (1, 40.0, 0.015912179824051624),
        (2, 1.0, 0.4226497308103742), (2, 6.0, 0.02667147321542477), (4, 0.3, 0.7791214282774598),
        (4, 2.5, 0.06676654481198814), (9, 1.0, 0.3434363961379136), (9, 2.5, 0.033861827682985735),
        (9, 40.0, 1.8982998449339822e-11), (19, 6.0, 8.979235472490839e-06), (29, 0.3, 0.7663170933289678),
        (29, 40.0, 6.346877329729342e-27), (100, 2.5, 0.014045789124077172), (100, 40.0, 2.462107602140071e-63),
    ])
    func studentProbability(freedom: Int, t: Double, expected: Double) {
        let student = StudentDistribution(degreesOfFreedom: freedom)
        #expect(isClose(student.twoSidedProbability(beyond: t), expected))
        #expect(student.twoSidedProbability(beyond: -t) == student.twoSidedProbability(beyond: t))
    }

    @Test(arguments: [
        (1, 0.5, 1.0), (1, 0.95, 12.706204736174694), (1, 0.999, 636.6192487687897), (2, 0.95, 4.302652729749462),
        (4, 0.9, 2.1318467863266495), (4, 0.999, 8.610301581379522), (9, 0.95, 2.262157162798205),
        (29, 0.5, 0.6830438608216131), (29, 0.95, 2.045229642132703), (200, 0.999, 3.3398354062757107),
    ])
    func studentQuantile(freedom: Int, confidence: Double, expected: Double) {
        #expect(isClose(StudentDistribution(degreesOfFreedom: freedom).quantile(confidence: confidence), expected))
    }

    @Test func studentAtTheEnds() {
        let student = StudentDistribution(degreesOfFreedom: 9)
        #expect(student.twoSidedProbability(beyond: .infinity) == 0)
        #expect(student.twoSidedProbability(beyond: .nan).isNaN)
        #expect(student.quantile(confidence: 0) == 0)
        #expect(student.quantile(confidence: 1) == .infinity)
    }

    @Test func pairedTest() throws {
        let first = [0.8241, 0.8203, 0.8277, 0.8252, 0.8219, 0.8230]
        let second = [0.8112, 0.8101, 0.8290, 0.8147, 0.8120, 0.8230]
        let comparison = try #require(PairedComparison(first, second))
        let interval = try #require(comparison.interval)
        #expect(isClose(comparison.studentProbability ?? .nan, 0.03611447348252843))
        #expect(isClose(interval.low, 0.0006741805329323163))
        #expect(isClose(interval.high, 0.013392486133734356))
        #expect(comparison.wins == 4)
        #expect(comparison.losses == 1)
        #expect(isClose(comparison.signProbability, 0.375))
        #expect(isClose(comparison.probability(above: 0), 0.03611447348252843 / 2))
        #expect(isClose(comparison.probability(below: 0), 1 - 0.03611447348252843 / 2))
        // Its mean plus and minus the 95% interval's half width.
        #expect(isClose(comparison.probability(above: 0.0006741805329323163), 0.025))
        #expect(isClose(comparison.probability(below: 0.013392486133734356), 0.025))
        #expect(PairedComparison([1], [1, 2]) == nil)
        #expect(PairedComparison([], []) == nil)
    }

    @Test func pairedTestOfEqualDifferences() throws {
        let same = try #require(PairedComparison([1, 2, 3], [1, 2, 3]))
        #expect(same.studentProbability == 1)
        #expect(same.signProbability == 1)
        let shifted = try #require(PairedComparison([2, 3, 4], [1, 2, 3]))
        #expect(shifted.studentProbability == 0)
        #expect(shifted.probability(above: 0.5) == 0)
        #expect(shifted.probability(above: 1) == 1)
        #expect(shifted.probability(below: 1) == 1)
        #expect(shifted.interval == ConfidenceInterval(low: 1, high: 1))
        let lone = try #require(PairedComparison([2], [1]))
        #expect(lone.interval == nil)
        #expect(lone.studentProbability == nil)
    }

    @Test(arguments: [
        (0, 3, 0.25), (1, 9, 0.021484375), (9, 1, 0.021484375), (5, 5, 1.0), (12, 28, 0.01658900337497471), (0, 0, 1.0),
    ])
    func signTest(wins: Int, losses: Int, expected: Double) {
        #expect(isClose(PairedComparison.signProbability(wins: wins, losses: losses), expected))
    }

    @Test func deviations() {
        let summary = SampleSummary([1, 2, 4])
        #expect(isClose(summary.mean, 7.0 / 3))
        #expect(isClose(summary.populationDeviation, (14.0 / 9).squareRoot()))
        #expect(isClose(summary.sampleDeviation, (7.0 / 3).squareRoot()))
        #expect(SampleSummary([3]).interval() == nil)
    }
}
