import ArgumentParser
import Formulas

/// `formulac functions`: what the language knows by name.
struct Functions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the functions of the language with their definitions.",
        discussion: """
            Examples:
              formulac functions
              formulac functions gelu
            """)

    @Argument(help: "Only the functions whose names contain this.")
    var name = ""

    @Flag(help: "Prints JSON.")
    var json = false

    func run() throws {
        let found = FunctionLibrary.prelude.functions.filter { name.isEmpty || $0.name.contains(name) }
        guard !found.isEmpty else { throw CommandFailure(.badInput, "no function is named like '\(name)'") }
        let entries = found.map {
            Entry(name: $0.name, parameters: $0.parameters, definition: $0.definition, documentation: $0.documentation)
        }
        if json { return try Console.json(entries) }
        for entry in entries {
            Console.result("\(entry.name)(\(entry.parameters.joined(separator: ", "))) = \(entry.definition)")
            if !entry.documentation.isEmpty { Console.result("    \(entry.documentation)") }
        }
    }

    private struct Entry: Encodable {
        let name: String
        let parameters: [String]
        let definition: String
        let documentation: String
    }
}
