import ArgumentParser
import Foundation
import Formulas

/// Names separated by commas.
enum NameList {
    /// The names: none of them empty, each there once.
    @Sendable
    static func parse(_ text: String) throws -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        guard !names.contains("") else { throw ValidationError("a name is empty; names between commas are wanted, such as a,b") }
        if let twice = names.firstRepeated { throw ValidationError("'\(twice)' is named twice; name it once") }
        return names
    }

    /// Whether the language reads a text as the variable of this name, once it is declared, without backticks around it.
    static func isPlain(_ name: String) -> Bool {
        (try? Formula(parsing: name, options: ParsingOptions(names: .declared([name]))))?.variables == [name]
    }
}
