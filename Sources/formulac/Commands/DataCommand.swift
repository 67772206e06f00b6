import ArgumentParser
import Datasets

/// `formulac data`: tables for training.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Makes and looks at tables of data.",
        subcommands: [Generate.self, Info.self])

    /// `formulac data generate`: a table made by rule and seed.
    struct Generate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a table made by rule and seed.",
            discussion: """
                Sets:
                  \(SyntheticData.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n  "))

                Examples:
                  formulac data generate physics -o physics.csv
                  formulac data generate ecology --rows 100000 --seed 7 -o ecology.csv.gz
                """)

        @Argument(help: "Which set.")
        var set: SyntheticData

        @Option(help: "How many rows.")
        var rows = 10_000

        @Option(help: "The seed; the same seed gives the same rows.")
        var seed: UInt64 = 42

        @Option(name: .shortAndLong, help: ArgumentHelp("The file: .csv, .csv.gz or .npy.", valueName: "file"))
        var output: String

        func validate() throws {
            if rows < 1 { throw ValidationError("--rows must be at least 1") }
        }

        func run() throws {
            try set.table(rowCount: rows, seed: seed).write(to: output)
            Console.note("wrote \(rows) rows to \(output)")
        }
    }

    /// `formulac data info`: what is in a table.
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows rows, columns and ranges of a table.",
            discussion: """
                Examples:
                  formulac data info spambase.data
                """)

        @Argument(help: "The table: CSV or TSV, plain or gzip, or .npy.")
        var file: String

        @Flag(help: "Prints JSON.")
        var json = false

        func run() throws {
            let table = try TableReader(path: file).readTable()
            let columns = (0..<table.columnCount).map { ColumnSummary(name: table.columnNames[$0], table.column($0)) }
            if json {
                return try Console.json(Report(file: file, rows: table.rowCount, columns: columns))
            }
            Console.result("\(table.rowCount) rows, \(table.columnCount) columns")
            var text = TextTable(header: ["column", "least", "mean", "largest", "distinct"])
            for column in columns {
                text.append([
                    column.name, column.least.shortestText, column.mean.formatted(digits: 4), column.largest.shortestText,
                    column.distinct,
                ])
            }
            text.lines.forEach(Console.result)
        }
    }

    private struct Report: Encodable {
        let file: String
        let rows: Int
        let columns: [ColumnSummary]
    }
}

extension SyntheticData: ExpressibleByArgument {}

/// Range, mean and variety of one column.
private struct ColumnSummary: Encodable {
    let name: String
    let least: Float
    let mean: Double
    let largest: Float
    /// The number of distinct values, "many" past a hundred.
    let distinct: String

    init(name: String, _ values: [Float]) {
        self.name = name
        least = values.min() ?? .nan
        largest = values.max() ?? .nan
        mean = values.reduce(0) { $0 + Double($1) } / Double(max(values.count, 1))
        var seen: Set<Float> = []
        for value in values where seen.count <= 100 { seen.insert(value) }
        distinct = seen.count > 100 ? "many" : "\(seen.count)"
    }
}
