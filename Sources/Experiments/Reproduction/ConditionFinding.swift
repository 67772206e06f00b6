/// What was measured for one condition of a claim.
public struct ConditionFinding: Hashable, Sendable {
    /// What is claimed.
    public let condition: Claim.Condition
    /// The models' difference; `nil` where one of them is missing.
    public let comparison: PairedComparison?
    /// The probability of a mean so far inside the range, or further, where the true one lies outside; `nil` where it was
    /// not measured with enough seeds.
    public let probabilityWhereWrong: Double?
    /// The probability of a mean so far outside of the range, or further, where the true one lies inside.
    public let probabilityWhereRight: Double?

    /// Looks for a condition's figures among results. Runs that were interrupted or diverged do not count among the seeds
    /// that a verdict needs.
    init(_ condition: Claim.Condition, by result: ReproductionResult) {
        self.condition = condition
        let comparison = result.model(condition.model, on: condition.set).flatMap { model in
            result.model(condition.other, on: condition.set).flatMap {
                model.compared(with: $0, condition.figure, isRelative: condition.isRelative)
            }
        }
        self.comparison = comparison
        guard let comparison, comparison.summary.count >= ReproductionResult.leastSeedsForVerdicts,
            comparison.summary.mean.isFinite, comparison.summary.sampleDeviation.isFinite
        else {
            (probabilityWhereWrong, probabilityWhereRight) = (nil, nil)
            return
        }
        // Above a lower bound is inside, above an upper one outside.
        var (wrong, right): ([Double], [Double]) = ([], [])
        if condition.range.lowerBound.isFinite {
            wrong.append(comparison.probability(above: condition.range.lowerBound))
            right.append(comparison.probability(below: condition.range.lowerBound))
        }
        if condition.range.upperBound.isFinite {
            wrong.append(comparison.probability(below: condition.range.upperBound))
            right.append(comparison.probability(above: condition.range.upperBound))
        }
        probabilityWhereWrong = wrong.max()
        probabilityWhereRight = right.min().map { min(1, $0 * Double(right.count)) }
    }
}
