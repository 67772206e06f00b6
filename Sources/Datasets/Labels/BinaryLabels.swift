extension Dataset {
    /// The labels as 1 for the positive class and 0 for the rest.
    ///
    /// - Parameter positive: the positive class's value. Without it, labels must have two values, of which the larger
    ///   is the positive one.
    /// - Throws: `DatasetError` when the positive class is unclear or there is only one class.
    public func binaryLabels(positive: Float? = nil) throws(DatasetError) -> BinaryLabels {
        let value: Float
        if let positive {
            value = positive
        } else {
            let distinct = labels.distinctValues(limit: 10)
            if distinct.values.count == 1 {
                throw DatasetError(file: source, problem: .oneClass(label: distinct.values[0], rows: rowCount))
            }
            guard distinct.values.count == 2, let largest = distinct.values.last else {
                throw DatasetError(
                    file: source, problem: .unclearPositiveClass(values: distinct.values, isComplete: distinct.isComplete))
            }
            value = largest
        }
        let mapped: [Float] = labels.map { $0 == value ? 1 : 0 }
        let count = mapped.reduce(into: 0) { $0 += $1 == 1 ? 1 : 0 }
        guard count > 0 else { throw DatasetError(file: source, problem: .noPositiveRow(positive: value, rows: rowCount)) }
        guard count < rowCount else { throw DatasetError(file: source, problem: .oneClass(label: value, rows: rowCount)) }
        return BinaryLabels(values: mapped, positiveValue: value, positiveCount: count)
    }
}

/// Labels of two classes.
public struct BinaryLabels: Sendable, Equatable {
    /// 1 for the positive class, else 0; one a row.
    public let values: [Float]
    /// The positive class's value in the file.
    public let positiveValue: Float
    /// How many rows are of the positive class.
    public let positiveCount: Int
}

extension [Float] {
    /// The different values, ascending, or as many as a limit allows.
    func distinctValues(limit: Int) -> (values: [Float], isComplete: Bool) {
        var found: Set<Float> = []
        for value in self where found.insert(value).inserted && found.count > limit {
            return (found.sorted().dropLast(), false)
        }
        return (found.sorted(), true)
    }
}
