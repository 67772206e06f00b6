import Formulas
import Testing

@testable import Lanes

@Suite("Exported C of formulas", .enabled(if: !CSourceCompiler.all.isEmpty, "needs gcc or clang"))
struct CSourceFormulaTests {
    /// Parameters in conditions and powers: what does not vary is computed apart.
    private static let parametric = [
        ("snake_parameter", "x + sin(a*x)^2/a"), ("power_parameter", "pow(x, b) + pow(x, a)"),
        ("where_parameter", "where(a > b, exp(a*x), where(x < b and a < 2, x^3, y))"), ("constant", "sin(a) + 2"),
    ]

    private static let sample = Result {
        var options = ParsingOptions()
        options.parameters = [Parameter(name: "a", value: 1.7), Parameter(name: "b", value: -3)]
        options.names = .declared(["y", "z"])
        var routines: [ExportRoutine] = []
        for (name, text) in CSourceFormulas.all + parametric {
            var wanted = FormulaExport.Options(name: "sample", version: "test")
            wanted.differentiatesParameters = true
            let export = try FormulaExport(try Formula(parsing: text, options: options), options: wanted)
            routines += export.routines.map {
                ExportRoutine(
                    variant: "\(name)_\($0.variant)", program: $0.program, inputs: $0.inputs, parameters: $0.parameters,
                    results: $0.results)
            }
        }
        return try CSourceSample(routines, seed: 2)
    }

    @Test("Same bits as the interpreter, without a warning", arguments: CSourceCompiler.all)
    func sameBits(_ compiler: CSourceCompiler) throws {
        let differences = try Self.sample.get().differences(compiler, ["-std=c99", "-O3", "-march=native"])
        #expect(differences.isEmpty, "\(differences.prefix(5))")
    }

    @Test("gcc vectorises every loop")
    func vectorised() throws {
        let gcc = try #require(CSourceCompiler.gcc)
        let missed = try CSourceVectorisation.missed(try Self.sample.get().export, gcc)
        #expect(missed.filter { !$0.contains("_constant_") } == [])
    }
}
