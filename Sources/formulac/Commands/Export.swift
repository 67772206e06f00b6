import ArgumentParser
import Datasets
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac export`: a formula's functions for other programs.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a formula's functions as C, as a shared library, as a Python module or as an ONNX model.",
        discussion: """
            Examples:
              formulac export c "x*cos(x)" -o exported --name x_cos_x
              formulac export shared "silu(x)" -o exported --name silu
              formulac export python "silu(x)" -o exported --name silu
              formulac export onnx --model spam.safetensors -o spam.onnx
              formulac export c --model spam.safetensors -o exported --name spam
            """,
        subcommands: [ExportC.self, ExportShared.self, ExportPython.self, ExportONNX.self])
}

/// The options that all exports have.
struct ExportOptions: ParsableArguments {
    @Argument(help: "The formula, or - for standard input.", transform: LeadingMinus.trimmed)
    var formula: String?

    @OptionGroup var formulaOptions: FormulaOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write to; made if it is missing.", valueName: "folder"))
    var output: String

    @Option(help: "What the names of functions and files begin with.")
    var name = "formula"

    @Flag(help: "Prints the manifest as JSON.")
    var json = false

    func validate() throws {
        if output.isEmpty { throw ValidationError("-o wants a folder; . is the current one") }
    }

    /// The formula derived and expanded, in both types whatever `--type` says.
    func export(_ configure: (inout FormulaExport.Options) -> Void) throws -> FormulaExport {
        guard let formula else { throw ValidationError("give a formula, such as \"x*cos(x)\"") }
        var options = FormulaExport.Options(name: name, version: Formulac.version)
        options.relaxed = formulaOptions.relaxed
        options.math = formulaOptions.math
        options.text = formula == "-" ? nil : formula
        configure(&options)
        return try FormulaExport(try formulaOptions.formula(formula), options: options)
    }

    /// Writes an export's files and its manifest, and reports them.
    func write(_ files: [ExportFile], _ manifest: ExportManifest) throws {
        let text = try manifest.json(pretty: true)
        let paths = try ExportFile.write(files + [ExportFile(name: "\(manifest.name).json", text: text)], to: output)
        if json {
            Console.result(String(text.dropLast()))
        } else {
            for path in paths { Console.result(path) }
        }
    }
}

/// A file of an export.
struct ExportFile {
    let name: String
    let bytes: [UInt8]

    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

    /// Writes files to a folder: all, or none when one cannot be written. The folder is made if it is missing.
    ///
    /// - Returns: the paths.
    static func write(_ files: [ExportFile], to folder: String) throws -> [String] {
        let made = try makeFolder(folder)
        let paths = files.map { (folder as NSString).appendingPathComponent($0.name) }
        do {
            let pending = try zip(files, paths).map { file, path in
                let pending = try AtomicFile(path: path, compressed: false)
                try pending.write(file.bytes)
                // On the disk before the first of them takes its place.
                try pending.complete()
                return pending
            }
            for file in pending { try file.commit() }
        } catch {
            // The unfinished files went with `pending`; only empty folders can be removed this way.
            for folder in made { rmdir(folder) }
            throw error
        }
        return paths
    }

    /// Makes a folder and those above it.
    ///
    /// - Returns: those that were missing, the deepest first.
    private static func makeFolder(_ folder: String) throws -> [String] {
        let manager = FileManager.default
        var missing: [String] = []
        var path = URL(fileURLWithPath: folder).standardizedFileURL.path
        while path != "/", !manager.fileExists(atPath: path) {
            missing.append(path)
            path = (path as NSString).deletingLastPathComponent
        }
        var made: [String] = []
        for folder in missing.reversed() {
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                let reason = String(cString: strerror(errno))
                for folder in made { rmdir(folder) }
                throw CommandFailure(.failure, "cannot make the folder \(folder): \(reason)")
            }
            made.insert(folder, at: 0)
        }
        return made
    }
}
