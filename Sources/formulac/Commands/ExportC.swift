import ArgumentParser
import Formulas
import Lanes

/// `formulac export c`: header, C99 source and manifest.
struct ExportC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "c",
        abstract: "Writes a formula as a C99 header and source with a JSON manifest.",
        discussion: """
            NAME.h, NAME.c and NAME.json hold value, gradient, backward and value-and-gradient functions for float and
            double, of one element and of arrays. They need no library but C's fma, compile as C++ too, and give the same
            bits as formulac itself at every optimisation level. For vectors: cc -O3 -march=native -c NAME.c

            Example:
              formulac export c "x*cos(x)" -o exported --name x_cos_x
            """)

    @OptionGroup var options: ExportOptions

    @Flag(help: "Derivatives by the parameters follow those by the variables.")
    var parameterGradients = false

    func run() throws {
        let export = try options.export { $0.differentiatesParameters = parameterGradients }
        let source = try export.cSource()
        try options.write(
            [
                ExportFile(name: "\(source.name).h", text: source.header),
                ExportFile(name: "\(source.name).c", text: source.source),
            ], export.manifest)
    }
}
