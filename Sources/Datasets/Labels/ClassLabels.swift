/// Labels of any number of classes.
public struct ClassLabels: Sendable, Equatable {
    /// The classes as the file gives them, ascending.
    public let classes: [Int]
    /// Each row's class as an index into `classes`; one a row.
    public let indices: [Int]
    /// How many rows each class has, in the order of `classes`.
    public let counts: [Int]
}

extension Dataset {
    /// The labels as classes: whole numbers of any value, negative ones too.
    ///
    /// - Parameter limit: how many classes there may be. Regression targets that happen to be whole numbers are told
    ///   from classes by it.
    /// - Throws: `DatasetError` when a label is no whole number, or there are more classes than allowed or only one.
    public func classLabels(limit: Int = 1_000) throws(DatasetError) -> ClassLabels {
        var counts: [Float: Int] = [:]
        for (row, label) in labels.enumerated() {
            // Above 2^24 not every whole number is a Float: two classes could be read as one.
            guard label == label.rounded(), abs(label) <= 0x1p24 else {
                throw DatasetError(file: source, problem: .labelNotWhole(value: label, row: row + 1))
            }
            counts[label, default: 0] += 1
            guard counts.count <= limit else { throw DatasetError(file: source, problem: .tooManyClasses(limit: limit)) }
        }
        let values = counts.keys.sorted()
        guard values.count > 1 else {
            throw DatasetError(file: source, problem: .oneClass(label: values.first ?? 0, rows: rowCount))
        }
        let places = Dictionary(uniqueKeysWithValues: zip(values, values.indices))
        return ClassLabels(
            classes: values.map { Int($0) }, indices: labels.compactMap { places[$0] }, counts: values.compactMap { counts[$0] })
    }
}
