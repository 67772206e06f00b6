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
        do {
            var command = try parseAsRoot(LeadingMinus.protect(Array(CommandLine.arguments.dropFirst())))
            try command.run()
            for note in ObjectStore.standard.takeNotes() { Console.note("note: \(note)") }
        } catch let failure as CommandFailure {
            failure.report()
            Foundation.exit(failure.status.rawValue)
        } catch {
            if let failure = CommandFailure(error) {
                failure.report()
                Foundation.exit(failure.status.rawValue)
            }
            // Wrong usage, --help and --version are the argument parser's to answer.
            exit(withError: error)
        }
    }
}
