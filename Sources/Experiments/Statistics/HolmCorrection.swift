/// Which of many hypotheses are rejected so that the probability of rejecting any true one stays below a bound, whatever
/// they have to do with each other (S. Holm, "A simple sequentially rejective multiple test procedure", 1979).
public enum HolmCorrection {
    /// Decides by p-values, the least first, until one is too large.
    ///
    /// - Parameter error: the probability of rejecting a true hypothesis that may not be exceeded.
    /// - Returns: for each p-value whether its hypothesis is rejected.
    public static func rejected(_ probabilities: [Double], error: Double) -> [Bool] {
        var rejected = [Bool](repeating: false, count: probabilities.count)
        let order = probabilities.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
        for (rank, index) in order.enumerated() {
            guard probabilities[index] <= error / Double(probabilities.count - rank) else { break }
            rejected[index] = true
        }
        return rejected
    }
}
