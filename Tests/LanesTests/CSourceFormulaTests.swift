import Formulas
import Testing

@testable import Lanes

@Suite("Exported C of formulas", .enabled(if: !CSourceCompiler.all.isEmpty, "needs gcc or clang"))
struct CSourceFormulaTests {
    /// Parameters in conditions and powers: what does not vary is computed apart.
    private static let parametric = [
        ("snake_parameter", "x + sin(a*x)^2/a"), ("power_parameter", "pow(x, b) + pow(x, a)"),
        ("where_parameter", "where(a > b, exp(a*x), where(x < b and a < 2, x^3, y))"), ("varying_last", "sin(a) + 2*x"),
    ]

    private static let sample = Result {
        var options = ParsingOptions()
        options.parameters = [Parameter(name: "a", value: 1.7), Parameter(name: "b", value: -3)]
        options.names = .declared(["y", "z"])
        var routines: [ExportRoutine] = []
        for (name, text) in CSourceFormulas.all + parametric {
            var wanted = FormulaExport.Options(name: "sample", version: "test")
            wanted.differentiatesParameters = true
            // Compiling takes the time of this suite: the largest formula's derivatives would double it.
            switch name {
            case "gp_100_nodes": wanted.variants = [.forward]
            case "snake_parameter": wanted.variants = ExportVariant.allCases
            default: wanted.variants = [.forward, .valueAndGradient]
            }
            let export = try FormulaExport(try Formula(parsing: text, options: options), options: wanted)
            routines += export.routines.map {
                ExportRoutine(
                    variant: "\(name)_\($0.variant)", program: $0.program, inputs: $0.inputs, parameters: $0.parameters,
                    results: $0.results)
            }
        }
        return try CSourceSample(routines, seed: 2)
    }

    @Test(
        "Formulas without variables are clean C and C++ too",
        arguments: CSourceCompiler.all.flatMap { compiler in ["3", "a*3", "sqrt(2)", "x*0"].map { (compiler, $0) } })
    func constants(_ compiler: CSourceCompiler, _ text: String) throws {
        var options = ParsingOptions()
        options.parameters = [Parameter(name: "a", value: 1)]
        var wanted = FormulaExport.Options(name: "constant", version: "test")
        wanted.variants = ExportVariant.allCases
        wanted.relaxed = true
        let export = try FormulaExport(try Formula(parsing: text, options: options), options: wanted).cSource()
        let folder = try CSourceFolder(export)
        try folder.write(export.singleFile, to: "single.c")
        for flags in [["-std=c99"], ["-x", "c++", "-std=c++11"]] {
            for file in ["constant.c", "single.c"] {
                let result = try compiler.run(CSourceCompiler.warnings + flags + ["-fsyntax-only", file], in: folder.url)
                #expect(result.status == 0, "\(result.messages)")
            }
        }
    }

    @Test("Same bits as the interpreter by gcc, which vectorises the loops")
    func gcc() throws {
        let gcc = try #require(CSourceCompiler.gcc)
        let sample = try Self.sample.get()
        // Equal functions are not to become one: gcc would speak of one of them only.
        let flags = ["-std=c99", "-O3", "-march=native", "-fno-ipa-icf", CSourceVectorisation.flag]
        let result = try sample.check(gcc, flags)
        #expect(result.differences.isEmpty, "\(result.differences.prefix(5))")
        guard CSourceCompiler.gccFuses else { return }
        #expect(CSourceVectorisation.missed(sample.export, messages: result.messages) == [])
    }

    @Test("Same bits as the interpreter by clang", .enabled(if: CSourceCompiler.clang != nil, "needs clang"))
    func clang() throws {
        let clang = try #require(CSourceCompiler.clang)
        let differences = try Self.sample.get().check(clang, ["-std=c99", "-O1", "-march=native"]).differences
        #expect(differences.isEmpty, "\(differences.prefix(5))")
    }
}
