import Foundation
import Formulas
import Lanes
import TestSupport
import Testing

@testable import Kernels

@Suite("Shared libraries through libffi")
struct ForeignLibraryTests {
    private static func export(_ text: String) throws -> FormulaExport {
        var options = ParsingOptions()
        options.parameters = [Parameter(name: "a", value: 0.75)]
        options.names = .declared(["y"])
        var wanted = FormulaExport.Options(name: "sample", version: "test")
        wanted.variants = ExportVariant.allCases
        wanted.differentiatesParameters = true
        return try FormulaExport(try Formula(parsing: text, options: options), options: wanted)
    }

    private static func write(_ export: FormulaExport, to folder: URL) throws -> String {
        var module = KernelModule()
        try module.add(export)
        let path = folder.appendingPathComponent("libsample.so").path
        try Data(try module.emit(.shared)).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test("Functions of one element and of arrays give the interpreter's bits")
    func bits() throws {
        let folder = try TemporaryFolder()
        let export = try Self.export("y*cos(a*x) + exp(x)")
        let library = try ForeignLibrary(path: try Self.write(export, to: folder.url))
        for routine in export.routines {
            switch routine.program.precision {
            case .float: try Self.check(routine, library, [1.5, -2, 0, 1e20, .infinity, 0.25, -0.0] as [Float])
            case .double: try Self.check(routine, library, [1.5, -2, 0, 1e200, .infinity, 0.25, -0.0] as [Double])
            }
        }
    }

    private static func check<Value: LaneFloat>(
        _ routine: ExportRoutine, _ library: ForeignLibrary, _ points: [Value]
    ) throws {
        let (inputs, results) = (routine.inputs.count, routine.results.count)
        // Each input takes the points in another order.
        let columns = (0..<inputs).map { shift in points.indices.map { points[($0 + shift) % points.count] } }
        let wanted = try LaneInterpreter<Value>(routine.program).run(columns: columns, uniforms: [0.75])
        let arrays = try ForeignFunction<Value>(
            routine.arraySymbol(in: "sample"), in: library,
            signature: .arrays(inputs: inputs, parameters: 1, outputs: results))
        let element = try ForeignFunction<Value>(
            routine.symbol(in: "sample"), in: library,
            signature: results == 1 ? .returning(arguments: inputs + 1) : .writing(arguments: inputs + 1, results: results))
        let found = try arrays(columns, parameters: [0.75])
        for index in points.indices {
            let single = try element(columns.map { $0[index] } + [0.75])
            for result in 0..<results {
                for value in [found[result][index], single[result]] where !(value.isNaN && wanted[result][index].isNaN) {
                    #expect(value.laneBits == wanted[result][index].laneBits, "\(routine.variant) at \(points[index])")
                }
            }
        }
    }

    @Test("What is missing or does not fit is an error")
    func errors() throws {
        #expect(throws: ForeignError.self) { try ForeignLibrary(path: "/nonexistent/lib.so") }
        let folder = try TemporaryFolder()
        let library = try ForeignLibrary(path: try Self.write(try Self.export("x*a"), to: folder.url))
        #expect(throws: ForeignError.symbolMissing("no_such_function", path: library.path)) {
            try ForeignFunction<Float>("no_such_function", in: library, signature: .returning(arguments: 1))
        }
        let function = try ForeignFunction<Float>("sample_forward_f32", in: library, signature: .returning(arguments: 2))
        #expect(throws: ForeignError.wrongArgumentCount(symbol: "sample_forward_f32", expected: 2, given: 1)) {
            try function([1])
        }
    }

    @Test("Kernels and exports compute the same programs", arguments: ["x*tanh(a*x)", "where(x > a, log(1 + exp(x)), x/a)"])
    func samePrograms(_ text: String) throws {
        var declared = ParsingOptions()
        declared.parameters = [Parameter(name: "a", value: 0.75)]
        let formula = try Formula(parsing: text, options: declared)
        for hasParameters in [false, true] {
            var wanted = FormulaExport.Options(name: "sample", version: "test")
            wanted.differentiatesParameters = hasParameters
            let routines = try FormulaExport(formula, options: wanted).routines
            let float = Kernel<Float>.programs(
                formula, variants: Set(KernelVariant.allCases), gradientsOfParameters: hasParameters)
            let double = Kernel<Double>.programs(
                formula, variants: Set(KernelVariant.allCases), gradientsOfParameters: hasParameters)
            #expect(routines.map(\.program) == (float + double).map(\.program))
            #expect(routines.map(\.variant) == (float + double).map(\.variant.symbolSuffix))
        }
    }
}
