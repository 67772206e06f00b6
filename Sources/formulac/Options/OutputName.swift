import ArgumentParser
import Datasets
import Foundation

/// Checks of the files to write, before any work: that their names end as the format wants, so that a misspelled ending does
/// not decide it, and that none is lost.
enum OutputName {
    private static let table = [".csv", ".csv.gz", ".npy", ".npy.gz"]
    private static let picture = [".svg", ".svg.gz"]

    /// Refuses a name that is not a table's.
    static func checkTable(_ path: String) throws { try check(path, endings: table) }

    /// Refuses a name that is not an SVG picture's.
    static func checkPicture(_ path: String) throws { try check(path, endings: picture) }

    /// Refuses a name that is not that of a text table.
    static func checkText(_ path: String) throws { try check(path, endings: Array(table.prefix(2))) }

    /// Refuses a name that is not a model's: of `train --save`, safetensors.
    static func checkModel(_ path: String) throws { try check(path, endings: [".safetensors"]) }

    /// Refuses a name that is not a shared library's, by which `verify` tells it from a formula.
    static func checkLibrary(_ path: String) throws { try check(path, endings: [".so", ".dylib"]) }

    /// Refuses a name that is not an ONNX model's.
    static func checkONNX(_ path: String) throws { try check(path, endings: [".onnx"]) }

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

    /// Refuses what cannot be written, before the work whose result it is to take. Dropped at once, the files leave nothing.
    /// Pipes are not opened beforehand: their readers would take it for the end.
    static func checkWritable(_ paths: [String?]) throws {
        for path in paths.compactMap(\.self) where !Files.areSpecial(path) { _ = try AtomicFile(path: path) }
    }

    /// Devices and pipes, such as `/dev/stdout`, have whatever names they have.
    private static func check(_ path: String, endings: [String]) throws {
        guard !Files.areSpecial(path), !endings.contains(where: path.hasSuffix) else { return }
        let list = [endings.dropLast().joined(separator: ", "), endings.last ?? ""].filter { !$0.isEmpty }
            .joined(separator: " or ")
        throw ValidationError("'\(path)': the name of the output must end in \(list)")
    }
}
