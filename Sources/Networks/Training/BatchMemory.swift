/// Fills a network's input with examples, and keeps their targets and weights beside it. Not thread-safe.
final class BatchMemory {
    /// The most rows of a batch.
    let capacity: Int
    private let input: FeatureMatrix
    private let targets: FloatBuffer
    private let weights: FloatBuffer
    private let classWeights: [Float]?

    /// Takes memory.
    ///
    /// - Parameters:
    ///   - input: what batches are copied into; it must have room for `capacity` examples.
    ///   - classWeights: how much rows of each class count; `nil` where all count 1.
    init(_ input: FeatureMatrix, capacity: Int, classWeights: [Float]?) {
        self.input = input
        self.capacity = capacity
        self.classWeights = classWeights
        targets = FloatBuffer(count: capacity)
        weights = FloatBuffer(count: capacity)
        weights.start.update(repeating: 1, count: capacity)
    }

    /// Takes some rows of a part: at most `capacity`, all of the part.
    func take(_ indices: some RandomAccessCollection<Int>, of part: PreparedData.Part) -> BatchTargets {
        part.rows.withUnsafeBufferPointer { rows in
            if let base = rows.baseAddress { input.transpose(rows: base, indices) }
        }
        for (position, row) in indices.enumerated() { targets.start[position] = part.targets[row] }
        return weigh(targets.start, count: indices.count)
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
