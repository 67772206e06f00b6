import ArgumentParser
import Datasets

/// `formulac data generate`: a table made by rule and seed.
struct DataGenerate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Writes a table made by rule and seed.",
        discussion: """
            Sets:
              \(SyntheticData.allCases.map { "\($0.rawValue): \($0.summary)" }.joined(separator: "\n  "))

            Examples:
              formulac data generate physics -o physics.csv
              formulac data generate ecology --rows 100000 --seed 7 -o ecology.csv.gz
            """)

    @Argument(help: "Which set.")
    var set: SyntheticData

    @Option(parsing: .unconditional, help: "How many rows; 10000 if left out.", transform: Number.generatedRows)
    var rows = 10_000

    @Option(parsing: .unconditional, help: "The seed, 42 if left out; the same seed gives the same rows.", transform: Number.seed)
    var seed: UInt64 = 42

    @Option(name: .shortAndLong, help: ArgumentHelp("The file: .csv, .csv.gz, .npy or .npy.gz.", valueName: "file"))
    var output: String

    func validate() throws { try OutputName.checkTable(output) }

    func run() throws {
        Interruption.watch()
        let table = set.table(rowCount: rows, seed: seed, isCancelled: { Interruption.isRequested })
        try table.write(to: output, isCancelled: { Interruption.isRequested })
        Console.note("wrote \(rows.counted("row")) to \(output)")
    }
}

extension SyntheticData: ExpressibleByArgument {}
