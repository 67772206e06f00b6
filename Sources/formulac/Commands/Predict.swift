import ArgumentParser
import Datasets
import Kernels
import Networks

/// `formulac predict`: a trained network on new rows.
struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Predicts the rows of a table by a model that train --save wrote.",
        discussion: """
            Columns are found by name, in any order; others are passed over. A table without names is matched by place when \
            it has exactly the model's features. For a binary model the result has the columns `probability` (of the positive \
            class) and `class` (1 or 0), for several classes `class` and `probability_LABEL`, for numbers `prediction`. \
            Where the table has the label's column too, the predictions are compared with it; rows without a label are predicted \
            all the same with --missing drop or mean. A label that the model does not know is told, and not compared.

            Examples:
              formulac train --data spambase.data --label last --activation "x*cos(x)" --save spam.safetensors
              formulac predict --model spam.safetensors --data new.csv -o predictions.csv
              formulac predict --model spam.safetensors --data spambase --data-dir data -o predictions.csv
            """)

    @Option(help: ArgumentHelp("The model file.", valueName: "file"))
    var model: String

    @Option(
        help: ArgumentHelp(
            "The table: CSV, TSV, .npy or .npz, plain or gzip. With --data-dir \(DataFolder.presetNames).", valueName: "file"))
    var data: String

    @OptionGroup var folder: DataFolder

    @Option(help: "What to do about missing features: error, drop (the row) or mean (of the training rows).")
    var missing = MissingValuePolicy.error

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write the result, .csv, .npy or either with .gz; standard output if left out.", valueName: "file"))
    var output: String?

    @Flag(help: "Prints a report as JSON; with -o only.")
    var json = false

    func validate() throws {
        if json, output == nil { throw ValidationError("--json wants -o FILE for the predictions") }
        if let output { try OutputName.checkTable(output) }
        try OutputName.checkDistinct(outputs: [output], inputs: [model, data])
    }

    func run() throws {
        let model = try ModelFile(path: model)
        let (table, matching) = try read(for: model.network)
        if matching.isByPosition { Console.note("note: \(data) has no column names; its columns are taken in the model's order") }
        let target = model.network.target
        let complete = try CompleteRows(matching.features, of: data, for: model.network, isFilling: missing == .mean)
        let dropped = table.rowCount - complete.rows.count
        if complete.filledCount > 0 {
            Console.note("note: \(complete.filledCount.counted("missing value")) filled with the mean of the training rows")
        }
        if dropped > 0 { Console.note("note: \(dropped.counted("row")) with missing features left out") }
        let labels = try labels(of: table, rows: complete.rows, unused: matching.unused, target)
        let predictions = try Predictor(model.network, cache: .standard).predict(complete.features)
        guard let result = predictions.table(target) else {
            throw CommandFailure(.failure, "the predictions do not fill a table")
        }
        let quality = labels.flatMap { predictions.quality($0, of: target) }
        guard let output else {
            result.forEachLine(Console.result)
            quality.map(Self.note)
            return
        }
        try result.write(to: output, isCancelled: { Interruption.isRequested })
        if json {
            try Console.json(
                Report(
                    model: self.model, data: data, output: output, rows: result.rowCount, columns: result.columnNames,
                    unusedColumns: matching.unused, quality: quality))
        } else {
            Console.note("wrote \(result.rowCount.counted("row")) to \(output)")
            quality.map(Self.note)
        }
    }

    /// The table and the columns of it that the network takes.
    private func read(for network: TrainedNetwork) throws -> (Table<Float>, FeatureMatching) {
        let path = try folder.path(of: data)
        let progress = ReadingDisplay()
        defer { progress.end() }
        var reader = TableReader(path: path)
        progress.watch(&reader)
        let table = missing == .error ? try reader.readTable() : try reader.readTableWithGaps()
        return (table, try FeatureMatching(table, for: network, file: path))
    }

    /// The labels that rows have, NaN where there is none or none that the model knows; `nil` for a table without them.
    ///
    /// - Throws: where the model knows no label: figures would say nothing.
    private func labels(of table: Table<Float>, rows: [Int], unused: [String], _ target: TargetEncoding) throws -> [Float]? {
        let name = target.labelName
        guard unused.contains(name), let column = try table.index(ofColumn: name, file: data) else { return nil }
        let labels = rows.map { table[$0, column] }
        let there = labels.indices.filter { !labels[$0].isNaN }
        switch target.kind {
        case .binary(let positive) where !there.isEmpty && !labels.contains(positive):
            Console.note("note: no label in the column \(name) is \(positive.shortestText), the model's positive class")
        case .classes(let classes):
            let unknown = there.filter { !target.knows(labels[$0]) }
            guard let first = unknown.first else { break }
            let known = classes.prefix(8).map(\.shortestText).joined(separator: ", ") + (classes.count > 8 ? ", …" : "")
            let (label, row) = (labels[first].shortestText, rows[first] + 1)
            let fault = "the label \(label) in row \(row) is none that the model knows (\(known))"
            guard unknown.count < there.count else {
                throw CommandFailure(
                    .badInput, "\(data): \(fault), nor is any other. Correct the column \(name), or leave it out")
            }
            Console.note("note: \(fault); \(unknown.count.counted("row")) with such labels left out of the comparison")
            return labels.map { target.knows($0) ? $0 : .nan }
        case .binary, .number: break
        }
        return labels
    }

    private static func note(_ quality: PredictionQuality) {
        let figures = [("accuracy", quality.accuracy), ("AUC", quality.auc), ("RMSE", quality.rmse), ("R²", quality.r2)]
        let texts = figures.compactMap { name, value in
            value.map { $0.isNaN ? "\(name) not defined (one class only)" : "\(name) \($0.formatted(digits: 4))" }
        }
        Console.note("compared with the column \(quality.label): \(texts.joined(separator: ", "))")
    }

    private struct Report: Encodable {
        let model: String
        let data: String
        let output: String
        let rows: Int
        let columns: [String]
        let unusedColumns: [String]
        let quality: PredictionQuality?
    }
}
