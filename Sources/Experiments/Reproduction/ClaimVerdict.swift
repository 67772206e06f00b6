/// What measured figures say about a claim.
public struct ClaimVerdict: Hashable, Sendable {
    /// How it stands with a claim.
    public enum Standing: String, Hashable, Sendable, Codable {
        /// Every difference lies where it is claimed to lie.
        case holds
        /// One lies elsewhere.
        case fails = "does not hold"
        /// Chance explains either.
        case open = "cannot be told"
        /// Its models were not run, or with fewer than ten seeds.
        case unmeasured = "not measured"
    }

    /// The claim.
    public let claim: Claim
    /// What was measured for each condition.
    public let findings: [ConditionFinding]
    /// The probability of figures that speak so well for the claim, or better, where it is wrong; `nil` where a condition
    /// was not measured. Figures must speak for all conditions, so that it is the largest of theirs.
    public let probabilityWhereWrong: Double?
    /// The probability of figures that speak so clearly against the claim, or more so, where it is right; `nil` where no
    /// condition was measured. Figures against one condition are enough, so that it is the least of theirs, times their number.
    public let probabilityWhereRight: Double?
    /// Whether the claim holds.
    public let standing: Standing

    /// Judges claims by results, so that all verdicts together are right with a confidence.
    ///
    /// Each claim may be found to hold or not to hold; over both sides of all claims goes S. Holm's correction ("A simple
    /// sequentially rejective multiple test procedure", 1979).
    public static func verdicts(
        on claims: [Claim], by result: ReproductionResult, confidence: Double = 0.95
    ) -> [ClaimVerdict] {
        let evidence = claims.map { claim in claim.conditions.map { ConditionFinding($0, by: result) } }
        let sides = evidence.flatMap { [wrong($0), right($0)] }
        let rejected = HolmCorrection.rejected(sides.map { $0 ?? 1 }, error: 1 - confidence)
        return claims.indices.map { index in
            let isMeasured = sides[2 * index] != nil
            let standing: Standing =
                if rejected[2 * index + 1] {
                    .fails
                } else if !isMeasured {
                    .unmeasured
                } else {
                    rejected[2 * index] ? .holds : .open
                }
            return ClaimVerdict(
                claim: claims[index], findings: evidence[index], probabilityWhereWrong: sides[2 * index],
                probabilityWhereRight: sides[2 * index + 1], standing: standing)
        }
    }

    private static func wrong(_ findings: [ConditionFinding]) -> Double? {
        let probabilities = findings.compactMap(\.probabilityWhereWrong)
        return probabilities.count == findings.count ? probabilities.max() : nil
    }

    private static func right(_ findings: [ConditionFinding]) -> Double? {
        let probabilities = findings.compactMap(\.probabilityWhereRight)
        return probabilities.min().map { min(1, $0 * Double(probabilities.count)) }
    }
}

extension ReproductionResult {
    /// The seeds from which on verdicts are given.
    public static let leastSeedsForVerdicts = 10

    /// The verdict on every claim that some of its models were run for; none with too few seeds. Formulas that a search
    /// chose are judged by test rows that it never read, or not at all.
    public var verdicts: [ClaimVerdict] {
        guard seeds.count >= Self.leastSeedsForVerdicts else { return [] }
        let claims = Claim.all.filter { claim in
            (claim.origin != .search || testsOnUnseenRows)
                && claim.conditions.contains { ConditionFinding($0, by: self).probabilityWhereRight != nil }
        }
        return ClaimVerdict.verdicts(on: claims, by: self).filter { $0.standing != .unmeasured }
    }
}
