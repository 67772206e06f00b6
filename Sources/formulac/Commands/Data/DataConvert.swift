import ArgumentParser
import Datasets
import Formulas

/// `formulac data convert`: a table in another format.
struct DataConvert: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Writes a table in another format.",
        discussion: """
            The output's name says which: .csv or .npy, either with .gz behind it. Numbers are kept as float32 unless \
            --type says otherwise. An array has no column names.

            Examples:
              formulac data convert HIGGS.csv.gz HIGGS.npy
              formulac data convert higgs --data-dir data HIGGS.npy
              formulac data convert arrays.npz table.csv --missing drop
            """)

    @Argument(
        help: "The table: CSV, TSV, .npy or .npz, plain or gzip; a set's name with --data-dir.", transform: LeadingMinus.file)
    var input: String

    @Argument(help: "The file to write: .csv, .csv.gz, .npy or .npy.gz.", transform: LeadingMinus.file)
    var output: String

    @OptionGroup var folder: DataFolder

    @Option(help: "The type of the numbers.")
    var type: Precision = .float

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Takes the first rows only.", valueName: "count"), transform: Number.count)
    var rows: Int?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Takes so many rows, drawn without replacement.", valueName: "count"),
        transform: Number.count)
    var sample: Int?

    @Option(parsing: .unconditional, help: "The seed that rows are drawn by; 42 if left out.", transform: Number.seed)
    var seed: UInt64 = 42

    @Option(help: "What to do about missing values: error, drop (the row) or mean (of the column).")
    var missing = MissingValuePolicy.error

    func validate() throws {
        if rows != nil, sample != nil { throw ValidationError("give --rows or --sample, not both") }
        try OutputName.checkTable(output)
        try OutputName.checkDistinct(outputs: [output], inputs: [input])
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
        var reader = TableReader(path: try folder.path(of: input), rows: selection, missing: missing)
        progress.watch(&reader)
        let clock = ContinuousClock()
        let start = clock.now
        let table = try Value.table(reader)
        let read = clock.now
        progress.end()
        if let repairs = table.repairs.summary { Console.note("note: \(repairs)") }
        RowShortage.tell(rows ?? sample, found: table.rowCount, in: input)
        try table.write(to: output, isCancelled: { Interruption.isRequested })
        let written = clock.now
        Console.note(
            "read \(table.rowCount.counted("row")) of \(table.columnCount.counted("column")) in \(Self.seconds(read - start)), "
                + "wrote \(output) in \(Self.seconds(written - read))")
    }

    private static func seconds(_ duration: Duration) -> String {
        "\((duration.milliseconds / 1000).formatted(digits: 3)) s"
    }
}
