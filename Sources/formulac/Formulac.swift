import ArgumentParser
import Formulas
import Foundation
import Kernels

/// The command line: `formulac SUBCOMMAND …`.
@main
struct Formulac: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formulac",
        abstract: "Compiles formulas into native kernels with gradients, and trains networks with them.",
        discussion: """
            A formula is text such as "x*cos(x)" or "snake(x, 2)"; `-` reads it from standard input. \
            Results go to standard output, progress and notes to standard error.

            Exit status: 0 done, 64 wrong usage, 65 bad formula or data, 130 interrupted, 1 anything else, such as a result \
            that cannot be written.

            Examples:
              formulac eval "x*cos(x)" --at x=1.5
              formulac diff "gelu(x)" --latex
              formulac bench "x*cos(x)" "mish(x)"
              formulac verify tanh --exhaustive
              formulac train --data spambase.data --label last --activation "x*cos(x)"
            """,
        version: version,
        subcommands: [
            Evaluate.self, Simplify.self, Differentiate.self, Compile.self, Export.self, Bench.self, Latency.self, Verify.self,
            Functions.self, Train.self, Predict.self, Discover.self, Reproduce.self, DataCommand.self, Plot.self,
            CacheCommand.self, Soak.self,
        ])

    /// The version of the package.
    static let version = Release.version

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            try CommandName.check(arguments)
            var command = try parseAsRoot(LeadingMinus.protect(arguments))
            try command.run()
            for note in ObjectStore.standard.takeNotes() { Console.note("note: \(note)") }
        } catch {
            if let failure = error as? CommandFailure ?? CommandFailure(error) {
                failure.report()
                Foundation.exit(failure.status.rawValue)
            }
            answer(error, arguments)
        }
    }

    /// Ends with what the argument parser says of wrong usage, or with the help or version that it was asked for.
    private static func answer(_ error: any Error, _ arguments: [String]) -> Never {
        let text = LeadingMinus.unprotect(fullMessage(for: error, columns: helpWidth), arguments)
        let status = exitCode(for: error)
        status.isSuccess ? Console.result(text) : Console.note(text)
        Foundation.exit(status.rawValue)
    }

    /// How wide help is where no terminal says it: as its examples are, which are there to be copied.
    private static var helpWidth: Int? {
        let isTold = isatty(STDOUT_FILENO) == 1 || ProcessInfo.processInfo.environment["COLUMNS"] != nil
        return isTold ? nil : 132
    }
}
