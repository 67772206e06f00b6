import ArgumentParser
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac export python`: a module for NumPy, PyTorch and JAX over a shared library.
struct ExportPython: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "python",
        abstract: "Writes a formula as a Python module for NumPy, PyTorch and JAX.",
        discussion: """
            NAME.py finds libNAME.so, which is compiled for this machine, in its own folder. The module's functions take \
            NumPy arrays; torch_forward and jax_forward are differentiable, twice too, by variables and parameters.

            Example:
              formulac export python "x*sigmoid(beta*x)" --param beta=1 -o exported --name swish
              PYTHONPATH=exported python3 -c "import swish; print(swish.forward([0.5, 1.5], beta=2))"
            """)

    @OptionGroup var options: ExportOptions

    func validate() throws {
        if PythonNames.isTaken(options.name) {
            throw ValidationError("--name \(options.name) is a word or module of Python's own; choose another")
        }
    }

    func run() throws {
        let export = try options.export {
            $0.variants = ExportVariant.allCases
            $0.differentiatesParameters = true
        }
        var module = KernelModule(options: options.formulaOptions.kernel)
        try module.add(export)
        let library = "lib\(export.manifest.name).so"
        try options.write(
            [
                ExportFile(name: library, bytes: try module.emit(.shared)),
                ExportFile(name: "\(export.manifest.name).py", text: try Self.text(export.manifest, library: library)),
            ], export.manifest)
    }

    /// The module's text: the template with its blanks filled in.
    private static func text(_ manifest: ExportManifest, library: String) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // A JSON text once more as a JSON string: Python reads JSON strings as its own.
        let literal = String(decoding: try encoder.encode(try manifest.json(pretty: false)), as: UTF8.self)
        let summary = manifest.written.count <= 400 ? manifest.written : "\(manifest.written.prefix(400))…"
        // Nothing in the formula may end the docstring or stand for another character in it.
        let harmless = summary.map { $0.isNewline ? " " : $0 == "\"" ? "'" : $0 == "\\" ? "/" : $0 }
        let blanks = [
            "@LIBRARY@": library, "@VERSION@": manifest.formulac, "@MANIFEST@": literal,
            "@SUMMARY@": "\(manifest.name): \(String(harmless))",
        ]
        var text = ""
        for line in String(decoding: PackageResources.Module_py, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        {
            // One blank at most a line, so that what is filled in is not searched for blanks.
            let blank = blanks.first { line.contains($0.key) }
            text += blank.map { line.replacingOccurrences(of: $0.key, with: $0.value) } ?? String(line)
            text += "\n"
        }
        return text
    }
}
