import ArgumentParser
import Formulas

/// The names of commands, checked before the rest is read: the argument parser takes an unknown one for a value too many,
/// and asked for help on it gives that on everything.
enum CommandName {
    /// Refuses arguments that begin with a name that no command has.
    static func check(_ arguments: [String]) throws {
        var command: any ParsableCommand.Type = Formulac.self
        var path = Formulac._commandName
        for name in arguments.prefix(while: { !$0.hasPrefix("-") }).drop(while: { $0 == "help" }) {
            let commands = command.configuration.subcommands
            if commands.isEmpty { return }
            guard let next = commands.first(where: { $0._commandName == name }) else {
                let advice =
                    closestName(to: name, among: commands.map { $0._commandName }).map { "did you mean '\($0)'?" }
                    ?? "`\(path) --help` lists those there are"
                throw CommandFailure(.usage, "\(path) has no command '\(name)': \(advice)")
            }
            command = next
            path += " \(name)"
        }
    }
}
