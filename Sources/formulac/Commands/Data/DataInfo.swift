import ArgumentParser
import Datasets

/// `formulac data info`: what is in a table.
struct DataInfo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Shows rows, columns, ranges, values and missing values of a table.",
        discussion: """
            A column with few different values, such as a label, shows how many rows have each. The table is looked at \
            as it is read: memory does not grow with it.

            Examples:
              formulac data info spambase.data
              formulac data info HIGGS.csv.gz --rows 100000 --json
              formulac data info spambase --data-dir data
            """)

    @Argument(
        help: "The table: CSV, TSV, .npy or .npz, plain or gzip; a set's name with --data-dir.", transform: LeadingMinus.file)
    var file: String

    @OptionGroup var folder: DataFolder

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Looks at the first rows only.", valueName: "count"), transform: Number.count)
    var rows: Int?

    @Flag(help: "Prints JSON.")
    var json = false

    func run() throws {
        let progress = ReadingDisplay()
        var reader = TableReader(path: try folder.path(of: file), rows: rows.map(RowSelection.first) ?? .all)
        progress.watch(&reader)
        let summary = try reader.summary()
        progress.end()
        RowShortage.tell(rows, found: summary.rowCount, in: file)
        if json { return try Console.json(Report(file: file, summary)) }
        Console.result("\(summary.rowCount.counted("row")), \(summary.columns.count.counted("column"))")
        let (missing, incomplete) = (summary.missingCount, summary.incompleteRowCount)
        if missing > 0 {
            Console.result(
                "\(missing.counted("value")) missing, in \(incomplete.counted("row"))")
        }
        var text = TextTable(header: ["column", "least", "mean", "largest", "missing", "values: rows"])
        for column in summary.columns {
            let hasValues = column.missingCount < summary.rowCount
            text.append([
                column.name, hasValues ? column.least.shortestText : "-", hasValues ? column.mean.formatted(digits: 4) : "-",
                hasValues ? column.largest.shortestText : "-", "\(column.missingCount)", column.variety,
            ])
        }
        text.lines.forEach(Console.result)
    }

    private struct Report: Encodable {
        let file: String
        let rows: Int
        let incompleteRows: Int
        let columns: [Column]

        init(file: String, _ summary: TableSummary) {
            self.file = file
            rows = summary.rowCount
            incompleteRows = summary.incompleteRowCount
            columns = summary.columns.map(Column.init)
        }
    }

    private struct Column: Encodable {
        let name: String
        let missing: Int
        let least: Float
        let mean: Double
        let largest: Float
        /// The different values and the rows of each, where they are few.
        let values: [Value]?

        struct Value: Encodable {
            let value: Float
            let rows: Int
        }

        init(_ column: ColumnSummary) {
            name = column.name
            missing = column.missingCount
            least = column.least
            mean = column.mean
            largest = column.largest
            values = column.valueCounts.map { $0.map { Value(value: $0.value, rows: $0.count) } }
        }
    }
}

extension ColumnSummary {
    /// The different values with their rows, or how many there are.
    fileprivate var variety: String {
        guard let counts = valueCounts else { return "more than \(Self.largestVariety) different" }
        guard counts.count <= 10 else { return "\(counts.count) different" }
        return counts.map { "\($0.value.shortestText): \($0.count)" }.joined(separator: ", ")
    }
}
