import ArgumentParser
import Foundation

/// Several formulas, from the command line and from a file.
struct FormulaList: ParsableArguments {
    @Argument(help: "Formulas, or - for standard input.")
    var formulas: [String] = []

    @Option(help: ArgumentHelp("A JSON file of objects with `name` and `text`.", valueName: "file"))
    var file: String?

    /// Whether nothing was given.
    var isEmpty: Bool { formulas.isEmpty && file == nil }

    /// The formulas' texts; those of the command line are their own names.
    func entries() throws -> [(name: String, text: String)] {
        guard !isEmpty else { throw ValidationError("give a formula, or --file FILE") }
        var entries = formulas.map { (name: $0, text: $0) }
        if let file {
            struct Entry: Decodable {
                let name: String
                let text: String
            }
            do {
                let data = try Foundation.Data(contentsOf: URL(fileURLWithPath: file))
                entries += try JSONDecoder().decode([Entry].self, from: data).map { ($0.name, $0.text) }
            } catch {
                throw CommandFailure(.badInput, "\(file): not a readable JSON list of objects with `name` and `text`")
            }
        }
        guard !entries.isEmpty else { throw CommandFailure(.badInput, "\(file ?? "the list") holds no formula") }
        return entries
    }
}
