/// A batch's rows, targets and weights, next to each other. Not thread-safe.
final class BatchMemory {
    /// The most rows of a batch.
    let capacity: Int
    /// The rows' features, without gaps.
    let rows: FloatBuffer
    private let targets: FloatBuffer
    private let weights: FloatBuffer
    private let featureCount: Int
    private let classWeights: [Float]?

    /// Takes memory.
    ///
    /// - Parameter classWeights: how much rows of each class count; `nil` where all count 1.
    init(capacity: Int, featureCount: Int, classWeights: [Float]?) {
        self.capacity = capacity
        self.featureCount = featureCount
        self.classWeights = classWeights
        rows = FloatBuffer(count: capacity * featureCount)
        targets = FloatBuffer(count: capacity)
        weights = FloatBuffer(count: capacity)
        weights.start.update(repeating: 1, count: capacity)
    }

    /// Copies some rows of a part: at most `capacity`, all of the part.
    func gather(_ indices: ArraySlice<Int>, of part: PreparedData.Part) -> BatchTargets {
        let width = featureCount
        part.rows.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            for (position, row) in indices.enumerated() {
                (rows.start + position * width).update(from: base + row * width, count: width)
                targets.start[position] = part.targets[row]
            }
        }
        return weigh(targets.start, count: indices.count)
    }

    /// The targets of consecutive rows of a part, which must be there, at most `capacity` of them.
    func targets(_ range: Range<Int>, of part: PreparedData.Part) -> BatchTargets {
        for (position, row) in range.enumerated() { targets.start[position] = part.targets[row] }
        return weigh(targets.start, count: range.count)
    }

    private func weigh(_ targets: UnsafePointer<Float>, count: Int) -> BatchTargets {
        var weight = Double(count)
        if let classWeights {
            weight = 0
            for row in 0..<count {
                weights.start[row] = classWeights[Int(targets[row])]
                weight += Double(weights.start[row])
            }
        }
        return BatchTargets(values: targets, weights: weights.start, weight: weight, count: count)
    }
}
