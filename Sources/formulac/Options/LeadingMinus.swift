import Foundation

/// Formulas such as `-x^2` on the command line, where a minus usually begins an option.
enum LeadingMinus {
    /// Puts a space before what begins with a minus and is no option, so that the argument parser takes it for a value: all
    /// options are spelled `--name`, but for `-o` and `-h`.
    static func protect(_ arguments: [String]) -> [String] {
        zip([""] + arguments, arguments).map { previous, argument in
            let isOption = argument.hasPrefix("--") || ["-", "-o", "-h"].contains(argument) || argument.hasPrefix("-o=")
            // What follows -o is a file's name, and numbers after an option are its value.
            let isNumber = previous.hasPrefix("--") && argument.dropFirst().first?.isNumber == true
            let isValue = previous == "-o" || isNumber
            return argument.hasPrefix("-") && !isOption && !isValue ? " \(argument)" : argument
        }
    }

    /// A formula's text without the space.
    @Sendable
    static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespaces) }
}
