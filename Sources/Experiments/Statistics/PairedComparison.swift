/// How two models differ on the same splits: their figures' differences, seed by seed, and whether chance explains them.
///
/// The seeds share their data, so that an interval says what further seeds would show, not what further data would.
public struct PairedComparison: Hashable, Sendable, Codable {
    /// The first model's figure less the second's, one for each seed.
    public let differences: [Double]
    /// The figures of the differences.
    public let summary: SampleSummary
    /// The mean difference's 95% interval by Student's distribution; `nil` of fewer than two seeds.
    public let interval: ConfidenceInterval?
    /// The p-value of the two-sided paired t test; `nil` of fewer than two seeds. 0 where all differences are the same
    /// number, and 1 where that is 0.
    public let studentProbability: Double?
    /// How many seeds favour the first model, and how many the second; ties count for neither.
    public let wins, losses: Int
    /// The p-value of the two-sided sign test: the binomial probability of wins and losses so uneven, or more so, where
    /// either is as likely.
    public let signProbability: Double

    /// Compares figures of equal seeds in equal order.
    ///
    /// - Returns: `nil` without figures, or when there are not as many of one as of the other.
    public init?(_ first: [Double], _ second: [Double]) {
        guard first.count == second.count, !first.isEmpty else { return nil }
        self.init(differences: zip(first, second).map { $0 - $1 })
    }

    /// Judges differences, of which there must be one at least.
    init(differences: [Double]) {
        self.differences = differences
        summary = SampleSummary(differences)
        interval = summary.interval()
        wins = differences.count { $0 > 0 }
        losses = differences.count { $0 < 0 }
        signProbability = Self.signProbability(wins: wins, losses: losses)
        studentProbability = differences.count > 1 ? Self.studentProbability(summary) : nil
    }

    /// The p-value of the one-sided paired t test that the true mean is above a bound: the probability of a mean so far above
    /// it, or further, where the true one is not. Where all differences are the same number, 0 or 1.
    public func probability(above bound: Double) -> Double {
        guard summary.sampleDeviation != 0 else { return summary.mean > bound ? 0 : 1 }
        let t = (summary.mean - bound) / (summary.sampleDeviation / Double(summary.count).squareRoot())
        let tail = StudentDistribution(degreesOfFreedom: summary.count - 1).twoSidedProbability(beyond: t) / 2
        return t > 0 ? tail : 1 - tail
    }

    /// The same that the true mean is below a bound.
    public func probability(below bound: Double) -> Double {
        PairedComparison(differences: differences.map(-)).probability(above: -bound)
    }

    private static func studentProbability(_ summary: SampleSummary) -> Double {
        guard summary.sampleDeviation != 0 else { return summary.mean == 0 ? 1 : 0 }
        let t = summary.mean / (summary.sampleDeviation / Double(summary.count).squareRoot())
        return StudentDistribution(degreesOfFreedom: summary.count - 1).twoSidedProbability(beyond: t)
    }

    /// Twice the probability of at most `min(wins, losses)` heads in as many throws of a fair coin, at most 1.
    static func signProbability(wins: Int, losses: Int) -> Double {
        let throwCount = wins + losses
        guard throwCount > 0 else { return 1 }
        var term = 1.0
        for _ in 0..<throwCount { term /= 2 }
        var sum = 0.0
        for heads in 0...min(wins, losses) {
            sum += term
            term *= Double(throwCount - heads) / Double(heads + 1)
        }
        return min(1, 2 * sum)
    }
}
