/// What is in a table, column by column.
public struct TableSummary: Sendable {
    /// How many rows there are.
    public internal(set) var rowCount = 0
    /// How many rows lack at least one value.
    public internal(set) var incompleteRowCount = 0
    /// The columns in their order.
    public internal(set) var columns: [ColumnSummary]

    /// How many values are missing in all columns.
    public var missingCount: Int { columns.reduce(0) { $0 + $1.missingCount } }
}

/// What is in a column.
public struct ColumnSummary: Sendable {
    /// The column's name.
    public let name: String
    /// How many values are missing.
    public internal(set) var missingCount = 0
    /// The smallest value; infinite where there is none.
    public internal(set) var least = Float.infinity
    /// The largest value; infinite where there is none.
    public internal(set) var largest = -Float.infinity
    /// How many rows have each value, ascending by value, or `nil` where there are more than `largestVariety` values.
    public var valueCounts: [(value: Float, count: Int)]? {
        distinct.isComplete ? zip(distinct.values, distinct.counts).sorted { $0.0 < $1.0 } : nil
    }
    /// The mean of the values; NaN where there is none.
    public var mean: Double { count > 0 ? sum / Double(count) : .nan }

    /// How many different values are counted one by one.
    public static let largestVariety = 100

    private var sum = 0.0
    private var count = 0
    private var distinct = DistinctValues()

    init(name: String) { self.name = name }

    /// Takes a value into account; NaN is a missing one.
    @inline(__always)
    mutating func add(_ value: Float) {
        guard !value.isNaN else {
            missingCount += 1
            return
        }
        least = min(least, value)
        largest = max(largest, value)
        sum += Double(value)
        count += 1
        if distinct.isComplete { distinct.add(value, limit: Self.largestVariety) }
    }
}

/// The different values of a column with their counts, given up once there are many.
private struct DistinctValues {
    private(set) var values: [Float] = []
    private(set) var counts: [Int] = []
    private(set) var isComplete = true
    /// The place of the value that came last, which often comes again.
    private var latest = 0

    mutating func add(_ value: Float, limit: Int) {
        if latest < values.count, values[latest] == value {
            counts[latest] += 1
        } else if let place = values.firstIndex(of: value) {
            counts[place] += 1
            latest = place
        } else if values.count < limit {
            latest = values.count
            values.append(value)
            counts.append(1)
        } else {
            isComplete = false
            (values, counts) = ([], [])
        }
    }
}

/// Summarises rows as they are read.
struct TableSummarizer: RowConsumer {
    private(set) var summary: TableSummary
    private let limit: Int

    /// - Parameter selection: a sample is drawn from all rows, so that all are looked at.
    init(selection: RowSelection, columnNames: [String]) {
        summary = TableSummary(columns: columnNames.map(ColumnSummary.init))
        if case .first(let count) = selection { limit = count } else { limit = .max }
    }

    var isSatisfied: Bool { summary.rowCount >= limit }

    mutating func append(_ block: ParsedBlock<Float>) {
        let rows = min(block.rowCount, limit - summary.rowCount)
        let width = summary.columns.count
        summary.rowCount += rows
        for column in 0..<width {
            Self.add(block, rows: rows, column: column, width: width, to: &summary.columns[column])
        }
        guard summary.columns.contains(where: { $0.missingCount > 0 }) else { return }
        for row in 0..<rows where block.features[row * width..<(row + 1) * width].contains(where: \.isNaN) {
            summary.incompleteRowCount += 1
        }
    }

    private static func add(
        _ block: ParsedBlock<Float>, rows: Int, column: Int, width: Int, to summary: inout ColumnSummary
    ) {
        let values = block.features.span
        for row in 0..<rows { summary.add(values[row * width + column]) }
    }
}
