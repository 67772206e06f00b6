/// How well scores tell several classes apart. Scores stand row after row, one for each class; targets are classes' indices.
public enum MulticlassMetrics {
    /// The share of rows whose own class has the largest score, the first of equal ones counting.
    public static func accuracy(scores: [Float], classCount: Int, targets: [Float]) -> Double {
        guard !targets.isEmpty else { return .nan }
        var hits = 0
        for (row, target) in targets.enumerated() {
            var largest = row * classCount
            for index in row * classCount..<(row + 1) * classCount where scores[index] > scores[largest] { largest = index }
            hits += largest - row * classCount == Int(target) ? 1 : 0
        }
        return Double(hits) / Double(targets.count)
    }

    /// The mean over the classes of the area under the receiver operating characteristic of each class against the rest
    /// (scikit-learn's `multi_class="ovr"`, `average="macro"`, of the classes that occur).
    ///
    /// - Returns: NaN when no class is there beside others.
    public static func areaUnderROC(scores: [Float], classCount: Int, targets: [Float]) -> Double {
        let areas = (0..<classCount).map { index in
            BinaryMetrics.areaUnderROC(
                scores: targets.indices.map { scores[$0 * classCount + index] },
                labels: targets.map { Int($0) == index ? 1 : 0 })
        }
        let known = areas.filter { !$0.isNaN }
        return known.reduce(0, +) / Double(known.count)
    }
}
