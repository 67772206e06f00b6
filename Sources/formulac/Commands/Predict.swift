import ArgumentParser
import Datasets
import Kernels
import Networks

/// `formulac predict`: a trained network on new rows.
struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Predicts the rows of a table by a model that train --save wrote.",
        discussion: """
            Columns are found by name, in any order; others are passed over. A table without names is matched by place when
            it has exactly the model's features. For a binary model the result has the columns `probability` (of the positive
            class) and `class` (1 or 0), for several classes `class` and `probability_LABEL`, for numbers `prediction`.
            Where the table has the label's column too, the predictions are compared with it.

            Examples:
              formulac train --data spambase.data --label last --activation "x*cos(x)" --save spam.safetensors
              formulac predict --model spam.safetensors --data new.csv -o predictions.csv
            """)

    @Option(help: ArgumentHelp("The model file.", valueName: "file"))
    var model: String

    @Option(help: ArgumentHelp("The table: CSV or TSV, plain or gzip, or .npy.", valueName: "file"))
    var data: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where to write the result, .csv or .npy; standard output if left out.", valueName: "file"))
    var output: String?

    @Flag(help: "Prints a report as JSON; with -o only.")
    var json = false

    func validate() throws {
        if json, output == nil { throw ValidationError("--json wants -o FILE for the predictions") }
    }

    func run() throws {
        let model = try ModelFile(path: model)
        let table = try TableReader(path: data).readTable()
        let matching = try FeatureMatching(table, for: model.network, file: data)
        if matching.isByPosition { Console.note("note: \(data) has no column names; its columns are taken in the model's order") }
        let target = model.network.target
        let predictions = try Predictor(model.network, cache: .standard).predict(matching.features)
        guard let result = predictions.table(target) else {
            throw CommandFailure(.failure, "the predictions do not fill a table")
        }
        let labels = matching.unused.contains(target.labelName) ? table.columnNames.firstIndex(of: target.labelName) : nil
        let quality = labels.map { predictions.quality(table.column($0), of: target) }
        guard let output else {
            result.forEachLine(Console.result)
            quality.map(Self.note)
            return
        }
        try result.write(to: output)
        if json {
            try Console.json(
                Report(
                    model: self.model, data: data, output: output, rows: result.rowCount, columns: result.columnNames,
                    unusedColumns: matching.unused, quality: quality))
        } else {
            Console.note("wrote \(result.rowCount) rows to \(output)")
            quality.map(Self.note)
        }
    }

    private static func note(_ quality: PredictionQuality) {
        let figures = [("accuracy", quality.accuracy), ("AUC", quality.auc), ("RMSE", quality.rmse), ("R²", quality.r2)]
        let texts = figures.compactMap { name, value in value.map { "\(name) \($0.formatted(digits: 4))" } }
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
