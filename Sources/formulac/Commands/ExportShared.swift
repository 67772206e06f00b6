import ArgumentParser
import Formulas
import Kernels
import Lanes

/// `formulac export shared`: shared library, header and manifest.
struct ExportShared: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shared",
        abstract: "Writes a formula as a shared library with a C header and a JSON manifest.",
        discussion: """
            libNAME.so is compiled for this machine and has the functions of `export c`, which NAME.h declares. It holds its \
            manifest as well, as the C string formulac_manifest.

            Example:
              formulac export shared "x*cos(x)" -o exported --name x_cos_x
            """)

    @OptionGroup var options: ExportOptions

    @Flag(help: "Derivatives by the parameters follow those by the variables.")
    var parameterGradients = false

    func run() throws {
        let export = try options.export { $0.differentiatesParameters = parameterGradients }
        var module = KernelModule(options: options.formulaOptions.kernel)
        try module.add(export)
        try options.write(
            [
                ExportFile(name: "lib\(export.manifest.name).so", bytes: try module.emit(.shared)),
                ExportFile(name: "\(export.manifest.name).h", text: try export.cSource().header),
            ], export.manifest)
    }
}
