import ArgumentParser
import Datasets
import Foundation

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

/// What the names of files to write must end in, so that a misspelled ending does not decide the format.
enum OutputName {
    private static let table = [".csv", ".csv.gz", ".npy", ".npy.gz"]
    private static let picture = [".svg", ".svg.gz"]

    /// Refuses a name that is not a table's.
    static func checkTable(_ path: String) throws { try check(path, endings: table) }

    /// Refuses a name that is not an SVG picture's.
    static func checkPicture(_ path: String) throws { try check(path, endings: picture) }

    /// Refuses a name that is not that of a text table.
    static func checkText(_ path: String) throws { try check(path, endings: Array(table.prefix(2))) }

    /// Refuses a file that a command would both read and write, or write twice: one of the two would be lost.
    static func checkDistinct(outputs: [String?], inputs: [String?]) throws {
        func key(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path }
        let read = Set(inputs.compactMap(\.self).map(key))
        var written: Set<String> = []
        for path in outputs.compactMap(\.self) where !Files.areSpecial(path) {
            if read.contains(key(path)) { throw ValidationError("'\(path)' is read: name another file for the output") }
            guard written.insert(key(path)).inserted else {
                throw ValidationError("'\(path)' is named for two outputs: give each its own file")
            }
        }
    }

    /// Devices and pipes, such as `/dev/stdout`, have whatever names they have.
    private static func check(_ path: String, endings: [String]) throws {
        guard !Files.areSpecial(path), !endings.contains(where: path.hasSuffix) else { return }
        let list = endings.dropLast().joined(separator: ", ") + " or " + (endings.last ?? "")
        throw ValidationError("'\(path)': the name of the output must end in \(list)")
    }
}
