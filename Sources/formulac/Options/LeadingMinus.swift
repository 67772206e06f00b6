import Foundation

/// Formulas such as `-x^2` on the command line, where a minus usually begins an option.
enum LeadingMinus {
    /// Puts a space before what begins with a minus and is no option, so that the argument parser takes it for a value: all
    /// options are spelled `--name`, but for `-o` and `-h`.
    /// What stands behind `--` is left as it is.
    static func protect(_ arguments: [String]) -> [String] {
        let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
        let options = arguments[..<end]
        return zip([""] + options, options).map { previous, argument in
            let isOption = argument.hasPrefix("--") || ["-", "-o", "-h"].contains(argument) || argument.hasPrefix("-o=")
            // Numbers after an option are its value.
            let isNumber = previous.hasPrefix("--") && Double(argument) != nil
            let isValue = isNumber || fileOptions.contains(previous)
            return argument.hasPrefix("-") && !isOption && !isValue ? " \(argument)" : argument
        } + arguments[end...]
    }

    /// A message that quotes arguments, with them as they were given.
    static func unprotect(_ message: String, _ arguments: [String]) -> String {
        zip(protect(arguments), arguments).filter { $0 != $1 }.reduce(message) { message, argument in
            message.replacingOccurrences(of: "'\(argument.0)'", with: "'\(argument.1)'")
        }
    }

    /// Options whose values are the names of files.
    private static let fileOptions: Set = [
        "-o", "--checkpoint", "--data", "--data-dir", "--file", "--input", "--kernel", "--model", "--out", "--plot",
        "--population-out", "--resume", "--save", "--write",
    ]

    /// A file's name without the space.
    @Sendable
    static func file(_ name: String) -> String { name.hasPrefix(" -") ? String(name.dropFirst()) : name }

    /// A formula's text without the space.
    @Sendable
    static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces) }
}
