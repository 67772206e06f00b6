/// What measured figures say about a claim.
public struct ClaimVerdict: Hashable, Sendable {
    /// How it stands with a claim or a condition.
    public enum Standing: String, Hashable, Sendable, Codable {
        /// The 95% interval lies within the range that is claimed.
        case holds
        /// The 95% interval lies outside of it.
        case fails = "does not hold"
        /// The interval holds points of both.
        case open = "cannot be told"
        /// Its models were not run, or with fewer than two seeds.
        case unmeasured = "not measured"
    }

    /// The claim.
    public let claim: Claim
    /// What was measured for each condition.
    public let findings: [Finding]

    /// A condition and what was measured for it.
    public struct Finding: Hashable, Sendable {
        /// What is claimed.
        public let condition: Claim.Condition
        /// The models' difference; `nil` where one of them is missing.
        public let comparison: PairedComparison?
        /// Whether the condition holds.
        public let standing: Standing
    }

    /// Whether the claim holds: fails where a condition fails, holds where all do.
    public var standing: Standing {
        let standings = Set(findings.map(\.standing))
        if standings.contains(.fails) { return .fails }
        if standings.contains(.unmeasured) { return .unmeasured }
        return standings.contains(.open) ? .open : .holds
    }

    /// Judges a claim by results.
    public init(_ claim: Claim, by result: ReproductionResult) {
        self.claim = claim
        findings = claim.conditions.map { condition in
            let comparison = result.model(condition.model, on: condition.set).flatMap { model in
                result.model(condition.other, on: condition.set).flatMap {
                    model.compared(with: $0, condition.figure, isRelative: condition.isRelative)
                }
            }
            return Finding(
                condition: condition, comparison: comparison, standing: Self.standing(comparison, condition.range))
        }
    }

    /// Runs that were interrupted or diverged do not count among the seeds that a verdict needs.
    private static func standing(_ comparison: PairedComparison?, _ range: ClosedRange<Double>) -> Standing {
        guard let comparison, comparison.summary.count >= ReproductionResult.leastSeedsForVerdicts else { return .unmeasured }
        guard let interval = comparison.interval, interval.low.isFinite, interval.high.isFinite else { return .unmeasured }
        if interval.low > range.lowerBound, interval.high < range.upperBound { return .holds }
        if interval.high <= range.lowerBound || interval.low >= range.upperBound { return .fails }
        return .open
    }
}

extension ReproductionResult {
    /// The seeds from which on verdicts are given.
    public static let leastSeedsForVerdicts = 10

    /// The verdict on every claim that some of its models were run for; none with too few seeds. Formulas that a search
    /// chose are judged by test rows that it never read, or not at all.
    public var verdicts: [ClaimVerdict] {
        guard seeds.count >= Self.leastSeedsForVerdicts else { return [] }
        return Claim.all.filter { $0.origin != .search || testsOnUnseenRows }.map { ClaimVerdict($0, by: self) }.filter { $0.standing != .unmeasured }
    }
}
