import ArgumentParser
import Datasets

/// `formulac data fetch`: a public data set.
struct DataFetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Downloads a public data set and checks its SHA-256.",
        discussion: """
            Sets:
              \(DataPreset.all.map { "\($0.name): \($0.title)" }.joined(separator: "\n  "))

            The file appears once it is whole and its digest is right. What has arrived before an interruption stands \
            in FILE.part, and the next fetch goes on from there where the server can.

            Examples:
              formulac data fetch spambase --data-dir data
              formulac data fetch higgs --data-dir data --from https://mirror.example/HIGGS.csv.gz
            """)

    @Argument(help: ArgumentHelp("Which set: \(DataPreset.all.map(\.name).joined(separator: ", ")).", valueName: "name"))
    var set: DataPreset

    @Option(help: ArgumentHelp("The folder to put the file in; it is made if need be.", valueName: "folder"))
    var dataDir = "."

    @Option(help: ArgumentHelp("Another address of the same file.", valueName: "url"))
    var from: String?

    func validate() throws {
        if let from, !from.hasPrefix("http://"), !from.hasPrefix("https://") {
            throw ValidationError("--from wants an address that begins with https:// or http://")
        }
    }

    func run() throws {
        let display = ReadingDisplay(verb: "fetched")
        Interruption.watch()
        let fetched = try set.fetch(
            into: dataDir, from: from, progress: { display.show(bytes: $0.received, of: $0.total) },
            isCancelled: { Interruption.isRequested })
        display.end()
        Console.note(fetched.wasPresent ? "\(fetched.path) is there already, and whole" : "fetched \(fetched.path)")
        Console.result(fetched.path)
    }
}

extension DataPreset: ExpressibleByArgument {
    public init?(argument: String) {
        guard let preset = DataPreset.named(argument) else { return nil }
        self = preset
    }
}
