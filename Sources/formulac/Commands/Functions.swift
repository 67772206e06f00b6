import ArgumentParser
import Formulas

/// `formulac functions`: what the language knows by name.
struct Functions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the functions of the language: primitives with their derivatives, and those defined by them.",
        discussion: """
            Examples:
              formulac functions
              formulac functions gelu
              formulac functions --dialect pysr
              formulac functions --markdown
            """)

    @Argument(help: "Only the functions whose names contain this.")
    var name = ""

    @Option(help: "The dialect whose functions are listed.")
    var dialect = Dialect.formulac

    @Flag(help: "Prints JSON.")
    var json = false

    @Flag(help: "Prints a page in Markdown.")
    var markdown = false

    func validate() throws {
        if json, markdown { throw ValidationError("give --json or --markdown, not both") }
    }

    func run() throws {
        let entries = try allEntries().filter { name.isEmpty || $0.name.contains(name) }
        guard !entries.isEmpty else { throw CommandFailure(.badInput, "no function is named like '\(name)'") }
        if json { return try Console.json(entries) }
        if markdown { return Console.result(Self.page(entries)) }
        for entry in entries {
            Console.result(entry.definition.map { "\(entry.signature) = \($0)" } ?? entry.signature)
            Console.result("    \(entry.documentation)")
            if !entry.derivatives.isEmpty { Console.result("    derivative: \(entry.derivatives.joined(separator: ", "))") }
        }
    }

    private func allEntries() throws -> [Entry] {
        let primitives = PrimitiveDescription.all.map {
            Entry(
                name: $0.operation.rawValue, signature: $0.signature, definition: nil, derivatives: $0.derivatives,
                documentation: $0.documentation)
        }
        let defined = try FunctionLibrary.library(of: dialect).functions.map {
            Entry(
                name: $0.name, signature: $0.signature, definition: $0.definition, derivatives: [],
                documentation: $0.documentation)
        }
        return primitives + defined
    }

    private static func page(_ entries: [Entry]) -> String {
        func cell(_ text: String) -> String { "`" + text + "`" }
        var lines = [
            "# The functions of the language", "",
            "Written by `formulac functions --markdown` from `Grammar/Functions.formula`.", "",
            "## Primitives", "", "| function | | derivatives by its operands |", "|---|---|---|",
        ]
        for entry in entries where entry.definition == nil {
            lines.append(
                "| \(cell(entry.signature)) | \(entry.documentation) | \(entry.derivatives.map(cell).joined(separator: ", ")) |")
        }
        lines += ["", "## Defined by them", "", "| function | | definition |", "|---|---|---|"]
        for entry in entries {
            guard let definition = entry.definition else { continue }
            lines.append("| \(cell(entry.signature)) | \(entry.documentation) | \(cell(definition)) |")
        }
        return lines.joined(separator: "\n")
    }

    private struct Entry: Encodable {
        let name: String
        let signature: String
        let definition: String?
        let derivatives: [String]
        let documentation: String
    }
}
