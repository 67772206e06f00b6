import ArgumentParser
import Datasets

/// Where a command finds the table that it is given by name: a file, or with `--data-dir` a known set.
struct DataFolder: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder with the public files, for \(DataFolder.presetNames) in place of the table's name.", valueName: "folder"))
    var dataDir: String?

    static let presetNames = DataPreset.all.map(\.name).joined(separator: "|")

    /// The file of a table.
    func path(of name: String) throws -> String {
        let preset = DataPreset.named(name)
        if let dataDir {
            guard let preset else {
                throw ValidationError("--data-dir goes with \(Self.presetNames); '\(name)' is none of these")
            }
            return try preset.path(in: dataDir)
        }
        if let preset, !Files.exist(name) {
            throw ValidationError("\(name) also wants --data-dir FOLDER, which holds \(preset.download.fileName)")
        }
        return name
    }
}
