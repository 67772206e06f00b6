import ArgumentParser
import Datasets
import Foundation

/// Several formulas, from the command line and from a file.
struct FormulaList: ParsableArguments {
    @Argument(help: "Formulas, or - for standard input.", transform: LeadingMinus.trimmed)
    var formulas: [String] = []

    @Option(help: ArgumentHelp("A JSON file of objects with `name` and `text`.", valueName: "file"))
    var file: String?

    /// The largest `--file` that is read, in bytes.
    private static let fileLimit = 64 << 20

    /// Whether nothing was given.
    var isEmpty: Bool { formulas.isEmpty && file == nil }

    /// The formulas' texts, all of which can be read; those of the command line are their own names.
    func entries(_ options: FormulaOptions) throws -> [(name: String, text: String)] {
        guard !isEmpty else { throw ValidationError("give a formula, or --file FILE") }
        var entries = try formulas.map(options.text).map {
            (name: $0.trimmingCharacters(in: .whitespacesAndNewlines), text: $0)
        }
        if let file {
            struct Entry: Decodable {
                let name: String
                let text: String
            }
            let bytes = try WholeFile.json(file, limit: Self.fileLimit)
            do {
                entries += try JSONDecoder().decode([Entry].self, from: Foundation.Data(bytes)).map { ($0.name, $0.text) }
            } catch {
                throw CommandFailure(
                    .badInput,
                    "\(file): is no JSON list of objects with `name` and `text`, such as [{\"name\": \"wave\", \"text\": \"x*cos(x)\"}]"
                )
            }
        }
        guard !entries.isEmpty else { throw CommandFailure(.badInput, "\(file ?? "the list"): holds no formula") }
        try options.requireNames(in: entries.map { try options.parse($0.text) })
        return entries
    }
}
