/// Numbers in rows and named columns, as one row-major array.
public struct Table<Scalar: TableScalar>: Sendable, Equatable {
    /// The columns' names, from the file's header or `x0`, `x1`, ….
    public let columnNames: [String]
    /// How many rows there are.
    public let rowCount: Int
    /// Row after row: the value in row `r` and column `c` stands at `r * columnCount + c`.
    public private(set) var values: [Scalar]
    /// What was done about missing values when the table was read.
    public let repairs: MissingValueRepairs
    /// The names that the file gave to several columns.
    public let repeatedNames: RepeatedNames

    /// How many columns there are.
    public var columnCount: Int { columnNames.count }

    /// Makes a table.
    ///
    /// - Returns: `nil` when the number of values is not a multiple of the number of columns, or there is no column.
    public init?(columnNames: [String], values: [Scalar]) {
        guard !columnNames.isEmpty, values.count.isMultiple(of: columnNames.count) else { return nil }
        self.init(uncheckedColumnNames: columnNames, values: values)
    }

    init(
        uncheckedColumnNames columnNames: [String], values: [Scalar], repairs: MissingValueRepairs = MissingValueRepairs(),
        repeatedNames: RepeatedNames = RepeatedNames()
    ) {
        self.repeatedNames = repeatedNames
        self.columnNames = columnNames
        self.rowCount = values.count / columnNames.count
        self.values = values
        self.repairs = repairs
    }

    /// One value.
    public subscript(row: Int, column: Int) -> Scalar { values[row * columnCount + column] }

    /// The values of one row, in the order of the columns.
    public func row(_ index: Int) -> ArraySlice<Scalar> { values[index * columnCount..<(index + 1) * columnCount] }

    /// The values of one column, from the first row to the last.
    public func column(_ index: Int) -> [Scalar] {
        stride(from: index, to: values.count, by: columnCount).map { values[$0] }
    }

    /// The place of the column with a name; `nil` where there is none.
    ///
    /// - Throws: where the file gave the name to several columns.
    public func index(ofColumn name: String, file: String) throws(DatasetError) -> Int? {
        try repeatedNames.requireOne(name, file: file)
        return columnNames.firstIndex(of: name)
    }

    /// Names for columns that have none in their file: `x0`, `x1`, ….
    public static func defaultColumnNames(count: Int) -> [String] { (0..<count).map { "x\($0)" } }
}
