import ArgumentParser
import Datasets
import Formulas

/// `formulac data convert`: a table in another format.
struct DataConvert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes a table in another format.",
        discussion: """
            The output's name says which: .csv or .npy, either with .gz behind it. Numbers are kept as float32 unless
            --type says otherwise. An array has no column names.

            Examples:
              formulac data convert HIGGS.csv.gz HIGGS.npy
              formulac data convert arrays.npz table.csv --missing drop
            """)

    @Argument(help: "The table: CSV, TSV, .npy or .npz, plain or gzip.")
    var input: String

    @Argument(help: "The file to write: .csv, .csv.gz, .npy or .npy.gz.")
    var output: String

    @Option(help: "The type of the numbers.")
    var type: Precision = .float

    @Option(help: ArgumentHelp("Takes the first rows only.", valueName: "count"))
    var rows: Int?

    @Option(help: ArgumentHelp("Takes so many rows, drawn without replacement.", valueName: "count"))
    var sample: Int?

    @Option(help: "The seed that rows are drawn by.")
    var seed: UInt64 = 42

    @Option(help: "What to do about missing values: error, drop (the row) or mean (of the column).")
    var missing = MissingValuePolicy.error

    func validate() throws {
        if let rows, rows < 1 { throw ValidationError("--rows must be at least 1") }
        if let sample, sample < 1 { throw ValidationError("--sample must be at least 1") }
        if rows != nil, sample != nil { throw ValidationError("give --rows or --sample, not both") }
        let name = output.hasSuffix(".gz") ? String(output.dropLast(3)) : output
        guard name.hasSuffix(".csv") || name.hasSuffix(".npy") else {
            throw ValidationError("'\(output)': the name of the output must end in .csv, .csv.gz, .npy or .npy.gz")
        }
    }

    func run() throws {
        switch type {
        case .float: try convert(as: Float.self)
        case .double: try convert(as: Double.self)
        }
    }

    private func convert<Value: TableValue>(as type: Value.Type) throws {
        let selection: RowSelection =
            if let rows { .first(rows) } else if let sample { .sample(sample, seed: seed) } else { .all }
        let progress = ReadingDisplay()
        var reader = TableReader(path: input, rows: selection, missing: missing)
        progress.watch(&reader)
        let clock = ContinuousClock()
        let start = clock.now
        let table = try Value.table(reader)
        let read = clock.now
        progress.end()
        if let repairs = table.repairs.summary { Console.note("note: \(repairs)") }
        try table.write(to: output)
        let written = clock.now
        Console.note(
            "read \(table.rowCount) rows of \(table.columnCount) columns in \(Self.seconds(read - start)), "
                + "wrote \(output) in \(Self.seconds(written - read))")
    }

    private static func seconds(_ duration: Duration) -> String {
        "\((duration.milliseconds / 1000).formatted(digits: 3)) s"
    }
}
