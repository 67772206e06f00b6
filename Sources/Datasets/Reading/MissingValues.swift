/// What to do about values that are not there: empty fields, words such as `NA` and `?`, and NaN.
public enum MissingValuePolicy: String, CaseIterable, Sendable {
    /// Each is an error that names its place.
    case error
    /// Rows with one are left out.
    case drop
    /// Each becomes the mean of its column over the rows that were taken. A label without a value stays an error.
    case mean

    /// How the readers meet such fields.
    var fields: MissingFields {
        switch self {
        case .error: .refused
        case .drop: .dropping
        case .mean: .marked(alsoLabels: false)
        }
    }
}

/// How readers meet fields without a value.
enum MissingFields: Equatable, Sendable {
    /// They are errors.
    case refused
    /// Their rows are passed over.
    case dropping
    /// They are read as NaN, which no other field is.
    case marked(alsoLabels: Bool)

    /// Whether a feature, or a label, may be without a value.
    func accepts(label isLabel: Bool) -> Bool {
        switch self {
        case .refused: false
        case .dropping: true
        case .marked(let alsoLabels): alsoLabels || !isLabel
        }
    }
}

/// What was done about values that are not there.
public struct MissingValueRepairs: Hashable, Sendable {
    /// How many rows were left out.
    public var droppedRows = 0
    /// How many values became their column's mean.
    public var filledValues = 0

    /// The repairs in words, or `nil` where there were none.
    public var summary: String? {
        if droppedRows > 0 { return "\(droppedRows.counted("row")) with missing values left out" }
        if filledValues > 0 {
            return "\(filledValues.counted("missing value")) filled with the column's mean"
        }
        return nil
    }
}

/// Puts each column's mean, taken in Double and rounded once, where its values are NaN.
///
/// - Parameters:
///   - values: row after row.
///   - names: the columns' names.
/// - Returns: how many values were filled.
/// - Throws: where a column has no value at all.
func fillMissing<Scalar: TableScalar>(
    _ values: inout [Scalar], names: [String], file: String
) throws(DatasetError) -> Int {
    let width = names.count
    var sums = [Double](repeating: 0, count: width)
    var counts = [Int](repeating: 0, count: width)
    var column = 0
    for value in values {
        if !value.isNaN {
            sums[column] += Double(value)
            counts[column] += 1
        }
        column = column + 1 == width ? 0 : column + 1
    }
    if let empty = counts.firstIndex(of: 0) {
        throw DatasetError(file: file, problem: .noValues(column: names[empty]))
    }
    let means = zip(sums, counts).map { Scalar($0 / Double($1)) }
    var filled = 0
    column = 0
    for index in values.indices {
        if values[index].isNaN {
            values[index] = means[column]
            filled += 1
        }
        column = column + 1 == width ? 0 : column + 1
    }
    return filled
}
