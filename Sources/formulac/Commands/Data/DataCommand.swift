import ArgumentParser

/// `formulac data`: tables for training.
struct DataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data",
        abstract: "Makes, looks at, converts and fetches tables of data.",
        subcommands: [DataInfo.self, DataConvert.self, DataFetch.self, DataGenerate.self])
}
