import Foundation

/// How well scores tell two classes apart.
public enum BinaryMetrics {
    /// The share of labels that scores hit, a score above the threshold counting as 1.
    public static func accuracy(scores: [Float], labels: [Float], threshold: Float) -> Double {
        guard !scores.isEmpty else { return .nan }
        let hits = zip(scores, labels).reduce(into: 0) { $0 += ($1.0 > threshold) == ($1.1 == 1) ? 1 : 0 }
        return Double(hits) / Double(scores.count)
    }

    /// The area under the receiver operating characteristic: the probability that a positive example scores above a
    /// negative one, ties counting half. Exact: computed from ranks in whole numbers (H. B. Mann, D. R. Whitney, 1947).
    ///
    /// - Returns: NaN when a class is missing or a score is NaN.
    public static func areaUnderROC(scores: [Float], labels: [Float]) -> Double {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        guard !scores.contains(where: \.isNaN) else { return .nan }
        var positives = 0
        var negativesBelow = 0
        // Twice the number of pairs in the right order, so that half a pair is whole.
        var doubledPairs = 0
        var start = 0
        while start < order.count {
            var end = start
            var tiedPositives = 0
            while end < order.count, scores[order[end]] == scores[order[start]] {
                tiedPositives += labels[order[end]] == 1 ? 1 : 0
                end += 1
            }
            let tiedNegatives = end - start - tiedPositives
            doubledPairs += tiedPositives * (2 * negativesBelow + tiedNegatives)
            positives += tiedPositives
            negativesBelow += tiedNegatives
            start = end
        }
        guard positives > 0, negativesBelow > 0 else { return .nan }
        return Double(doubledPairs) / Double(2 * positives * negativesBelow)
    }

    /// The paper's E_param: area under the curve by the decimal logarithm of the number of parameters.
    public static func parameterEfficiency(areaUnderROC: Double, parameterCount: Int) -> Double {
        areaUnderROC / log10(Double(parameterCount))
    }
}
