import ArgumentParser
import Datasets

/// Which data a command works on: a file, a known set in a folder, or generated rows.
struct DataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The table: CSV, TSV, .npy or .npz, plain or gzip. With --data-dir \(DataOptions.presetNames).", valueName: "file"))
    var data: String?

    @Option(help: ArgumentHelp("The folder with the public files of --data \(DataOptions.presetNames).", valueName: "folder"))
    var dataDir: String?

    @Option(help: "Takes a generated set instead of a file.")
    var generate: SyntheticData?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Uses the first rows only, or sets how many are generated, \(DataOptions.generatedRows) if left out.",
            valueName: "count"),
        transform: Number.count)
    var rows: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Uses so many rows, drawn without replacement by the first seed.", valueName: "count"),
        transform: Number.count)
    var sample: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The label's column: first, last, an index from 0, or a name; last if left out.", valueName: "column"))
    var label: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The label of the positive class; the larger of two if left out.", valueName: "value"),
        transform: Number.float)
    var positive: Float?

    @Option(help: "What to do about missing values: error, drop (the row) or mean (of the column).")
    var missing = MissingValuePolicy.error

    private static let generatedRows = 20_000
    private static let presetNames = DataFolder.presetNames

    func validate() throws {
        if (data == nil) == (generate == nil) {
            throw ValidationError(
                "give either --data FILE or --generate \(SyntheticData.allCases.map(\.rawValue).joined(separator: "|"))")
        }
        if rows != nil, sample != nil { throw ValidationError("give --rows or --sample, not both") }
        if generate != nil, let count = rows ?? sample, count > Number.largestGenerated {
            throw ValidationError("\(count) rows are more than are generated: at most \(Number.largestGenerated)")
        }
        if dataDir != nil {
            if let data, DataPreset.named(data) == nil {
                throw ValidationError("--data-dir goes with --data \(Self.presetNames); '\(data)' is none of these")
            }
            if generate != nil { throw ValidationError("--data-dir does not go with --generate") }
            if label != nil { throw ValidationError("--label does not go with --data-dir: the set's own column is taken") }
        } else if let data, let preset = DataPreset.named(data), !Files.exist(data) {
            throw ValidationError("--data \(preset.name) also wants --data-dir FOLDER, which holds \(preset.download.fileName)")
        }
    }

    /// The label of the positive class, as told or as the set has it; `nil` where it is to be found among the labels.
    var positiveLabel: Float? { positive ?? generate?.positiveValue ?? preset?.positive }

    /// The known set that is asked for.
    var preset: DataPreset? { dataDir == nil ? nil : data.flatMap(DataPreset.named) }

    /// Reads or makes the data.
    ///
    /// - Parameter seed: determines which rows are drawn or made.
    func dataset(seed: UInt64) throws -> Dataset {
        let dataset = try read(seed: seed)
        if generate == nil { RowShortage.tell(rows ?? sample, found: dataset.rowCount, in: dataset.source) }
        if let repairs = dataset.features.repairs.summary { Console.note("note: \(repairs)") }
        return dataset
    }

    private func read(seed: UInt64) throws -> Dataset {
        if let generate {
            if label != nil { Console.note("note: --label does not apply to generated data") }
            return generate.dataset(rowCount: rows ?? sample ?? Self.generatedRows, seed: seed)
        }
        let selection: RowSelection? =
            if let rows { .first(rows) } else if let sample { .sample(sample, seed: seed) } else { nil }
        let progress = ReadingDisplay()
        defer { progress.end() }
        if let dataDir, let preset {
            return try preset.load(
                from: dataDir, seed: seed, rows: selection, missing: missing, configure: progress.watch)
        }
        let column = LabelColumn(LeadingMinus.trimmed(label ?? "last"))
        if label == nil { Console.note("note: the last column is taken for the label (--label changes that)") }
        var reader = TableReader(path: data ?? "", rows: selection ?? .all, missing: missing)
        progress.watch(&reader)
        return try reader.readDataset(label: column)
    }
}

/// Fewer rows than were asked for.
enum RowShortage {
    /// Tells of it; there may be a reason that the user does not expect.
    static func tell(_ wanted: Int?, found: Int, in source: String) {
        guard let wanted, found < wanted else { return }
        Console.note("note: \(source) gives \(found.counted("row")), fewer than the \(wanted) asked for")
    }
}

extension MissingValuePolicy: ExpressibleByArgument {}
