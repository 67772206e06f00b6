import Foundation
import Formulas
import TestSupport
import Testing

@testable import Lanes

/// Random programs as one export, with what the interpreter makes of them.
private struct Sample {
    let export: CSource
    let seed: UInt64
    /// Calls every function of one element for each element of arrays, under the signature of array functions.
    let driver: String
    let floatExpectations: [Expectation<Float>]
    let doubleExpectations: [Expectation<Double>]

    struct Expectation<Value: LaneFloat>: Sendable {
        let routine: ExportRoutine
        let inputs: [[Value]]
        let parameters: [Value]
        let results: [[Value]]
    }

    /// The number of elements computed: more than two blocks and a rest.
    static let count = 301

    init(seed: UInt64, programs: Int, length: Int, cold: Bool) throws {
        var random = SplitMix64(seed: seed)
        var routines: [ExportRoutine] = []
        for index in 0..<programs {
            for precision in Precision.allCases {
                let program = CSourcePrograms.program(
                    precision, length: length, cold: cold && index % 2 == 0, using: &random)
                routines.append(
                    ExportRoutine(
                        variant: "program\(index)", program: program, inputs: ["x", "int", "results"],
                        parameters: ["a", "a"], results: program.outputs.indices.map { "result \($0)" }))
            }
        }
        self.seed = seed
        export = try CSource(name: "sample", routines: routines, banner: ["Random programs, seed \(seed) */ /*", "\\"])
        driver = Self.driver(routines)
        floatExpectations = try Self.expectations(routines, &random)
        doubleExpectations = try Self.expectations(routines, &random)
    }

    private static func expectations<Value: LaneFloat>(
        _ routines: [ExportRoutine], _ random: inout SplitMix64
    ) throws -> [Expectation<Value>] {
        let special: [Value] = [
            0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
            -.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, Value(laneBits: 1 << 22 - 1),
        ]
        func number() -> Value {
            switch random.next() % 4 {
            case 0: special[Int(random.next() % UInt64(special.count))]
            case 1: Value(laneBits: Value.Bits(truncatingIfNeeded: random.next()))
            default: Value(Double.random(in: -10...10, using: &random))
            }
        }
        return try routines.filter { $0.program.precision == Value.precision }.map { routine in
            let interpreter = try LaneInterpreter<Value>(routine.program)
            let inputs = routine.inputs.map { _ in (0..<count).map { _ in number() } }
            let parameters = routine.parameters.map { _ in number() }
            let results = interpreter.run(columns: inputs, uniforms: parameters)
            return Expectation(routine: routine, inputs: inputs, parameters: parameters, results: results)
        }
    }

    private static func driver(_ routines: [ExportRoutine]) -> String {
        var text = "#include \"sample.h\"\n"
        for routine in routines {
            let number = routine.program.precision == .float ? "float" : "double"
            let symbol = routine.symbol(in: "sample")
            var arguments = routine.inputs.indices.map { "inputs[\($0)][i]" }
            arguments += routine.parameters.indices.map { "parameters[\($0)]" }
            text += "void each_\(symbol)(size_t count, const \(number) *const *inputs, const \(number) *parameters, "
            text += "\(number) *const *outputs)\n{\n    for (size_t i = 0; i < count; i++) {\n"
            if routine.results.count == 1 {
                text += "        outputs[0][i] = \(symbol)(\(arguments.joined(separator: ", ")));\n"
            } else {
                text += "        \(number) r[\(routine.results.count)];\n"
                text += "        \(symbol)(\((arguments + ["r"]).joined(separator: ", ")));\n"
                for result in routine.results.indices { text += "        outputs[\(result)][i] = r[\(result)];\n" }
            }
            text += "    }\n}\n"
        }
        return text
    }

    /// How many results of a library differ from the interpreter's.
    func differences(_ library: CSourceLibrary) throws -> [String] {
        try Self.differences(library, floatExpectations) + Self.differences(library, doubleExpectations)
    }

    private static func differences<Value: LaneFloat>(
        _ library: CSourceLibrary, _ expectations: [Expectation<Value>]
    ) throws -> [String] {
        var differences: [String] = []
        for expectation in expectations {
            let symbol = expectation.routine.symbol(in: "sample")
            func check(_ symbol: String, _ count: Int, inPlace: Bool) throws {
                let results = try library.call(
                    symbol, expectation.inputs, count: count, parameters: expectation.parameters,
                    results: expectation.results.count, inPlace: inPlace)
                for (result, (found, wanted)) in zip(results, expectation.results).enumerated() {
                    for (element, (a, b)) in zip(found, wanted).enumerated()
                    where a.laneBits != b.laneBits && !(a.isNaN && b.isNaN) {
                        let inputs = expectation.inputs.map { "\($0[element])" }.joined(separator: " ")
                        differences.append(
                            "\(symbol), n \(count): result \(result) at \(inputs) is \(a), not \(b)")
                        break
                    }
                }
            }
            for count in [0, 1, 7, 8, 9, 127, 128, 129, Self.count] {
                try check("\(symbol)_array", count, inPlace: false)
            }
            try check("\(symbol)_array", Self.count, inPlace: true)
            try check("each_\(symbol)", Self.count, inPlace: false)
        }
        return differences
    }
}

@Suite("Exported C", .enabled(if: !CSourceCompiler.all.isEmpty, "needs gcc or clang"))
struct CSourceTests {
    private static let warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
    private static let seed = UInt64.random(in: 0...UInt64.max)
    private static let sample = Result { try Sample(seed: seed, programs: 20, length: 60, cold: true) }

    /// The settings that every export is held under. The GNU dialect is where gcc fuses by default.
    private static let settings: [[String]] = [
        ["-std=c99", "-O0"], ["-std=c99", "-O1"], ["-std=gnu11", "-O2", "-march=native"],
        ["-std=c99", "-O3", "-march=native"],
    ]

    @Test(
        "Same bits as the interpreter under every compiler and optimisation level, without a warning",
        arguments: CSourceCompiler.all.flatMap { compiler in settings.map { (compiler, $0) } })
    func sameBits(_ compiler: CSourceCompiler, _ flags: [String]) throws {
        let sample = try Self.sample.get()
        let folder = try CSourceFolder(sample.export)
        // The driver lacks prototypes, so it is compiled without warnings, and without optimisation.
        try folder.write(sample.driver, to: "driver.c")
        let object = try compiler.run(flags + Self.warnings + ["-fPIC", "-c", "sample.c"], in: folder.url)
        #expect(object.status == 0, "\(object.messages)")
        let library = try folder.load(["sample.o", "driver.c"], with: compiler, ["-std=c99"])
        let differences = try sample.differences(library)
        #expect(differences.isEmpty, "seed \(sample.seed), \(compiler.name) \(flags): \(differences.prefix(5))")
    }

    @Test("Every operation stands in the sample")
    func coverage() throws {
        var operations: Set<LaneOperation> = []
        for routine in try Self.sample.get().export.routines {
            operations.formUnion(routine.program.instructions.map(\.operation))
        }
        for precision in Precision.allCases {
            for function in ColdFunction.allCases {
                operations.formUnion(function.program(precision).instructions.map(\.operation))
            }
        }
        #expect(Set(LaneOperation.allCases).subtracting(operations) == [])
    }

    @Test("Without its guard, gcc would fuse: the sample can tell")
    func contractionIsSeen() throws {
        let gcc = try #require(CSourceCompiler.gcc)
        let sample = try Self.sample.get()
        let folder = try CSourceFolder(sample.export)
        try folder.write(sample.driver, to: "driver.c")
        let unguarded = sample.export.source.replacingOccurrences(of: "\"fp-contract=off\", ", with: "")
        #expect(unguarded != sample.export.source)
        try folder.write(unguarded, to: "sample.c")
        let flags = ["-std=gnu11", "-O2", "-march=native"]
        let macros = try gcc.run(flags + ["-dM", "-E", "-x", "c", "/dev/null"], in: folder.url).messages
        // Without the instruction there is nothing to fuse into.
        guard macros.contains("__FP_FAST_FMA ") else { return }
        let library = try folder.load(["sample.c", "driver.c"], with: gcc, flags)
        #expect(try !sample.differences(library).isEmpty)
    }

    @Test("gcc vectorises every array function")
    func vectorised() throws {
        let gcc = try #require(CSourceCompiler.gcc)
        // A fixed seed: a program that happens to be constant would be right and yet have no loop.
        let export = try Sample(seed: 1, programs: 20, length: 60, cold: true).export
        let folder = try CSourceFolder(export)
        let flags = ["-std=c99", "-O3", "-march=native", "-fopt-info-vec-optimized", "-c", "sample.c"]
        try export.source.write(toFile: "/tmp/exports/sample.c", atomically: true, encoding: .utf8)
        try export.header.write(toFile: "/tmp/exports/sample.h", atomically: true, encoding: .utf8)
        let report = try gcc.run(flags, in: folder.url).messages
        let vectorised = Set(
            report.split(separator: "\n").filter { $0.contains("loop vectorized") }
                .compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } })
        // The first loop over elements of each array function; the second, if any, is the one with cold calls.
        var expected: [(line: Int, function: String)] = []
        var function: String?
        for (index, line) in export.source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("void sample_"), line.contains("_array(") { function = String(line.prefix(40)) }
            if line.contains("for (size_t i = 0"), let name = function {
                expected.append((index + 1, name))
                function = nil
            }
        }
        #expect(expected.count == export.routines.count)
        let missed = expected.filter { !vectorised.contains($0.line) }.map(\.function)
        #expect(missed.isEmpty, "\(missed)")
    }

    @Test("The files are C++ as well", arguments: CSourceCompiler.all)
    func cplusplus(_ compiler: CSourceCompiler) throws {
        let folder = try CSourceFolder(try Self.sample.get().export)
        let source = try compiler.run(["-x", "c++", "-std=c++17", "-O1", "-c", "sample.c"] + Self.warnings, in: folder.url)
        #expect(source.status == 0, "\(source.messages)")
        try folder.write("#include <math.h>\n#include <complex.h>\n#include \"sample.h\"\n", to: "user.cpp")
        let header = try compiler.run(["-std=c++98", "-c", "user.cpp"] + Self.warnings, in: folder.url)
        #expect(header.status == 0, "\(header.messages)")
    }

    @Test(
        "Flags that change values are refused",
        arguments: CSourceCompiler.all.flatMap { compiler in
            ["-ffast-math", "-Ofast", "-ffinite-math-only", "-mfpmath=387"].map { (compiler, $0) }
        })
    func refusals(_ compiler: CSourceCompiler, _ flag: String) throws {
        let program = LaneBuilder(precision: .float, streamCount: 1, uniformCount: 0).program(outputs: [])
        let folder = try CSourceFolder(
            CSource(
                name: "tiny",
                routines: [ExportRoutine(variant: "none", program: program, inputs: ["x"], parameters: [], results: [])],
                banner: []))
        let result = try compiler.run(["-std=c99", "-c", "tiny.c", flag], in: folder.url)
        #if arch(x86_64)
            #expect(result.status != 0)
            #expect(result.messages.contains("#error") || result.messages.contains("is not supported"))
        #endif
    }

    @Test("Names that would break the files are refused or replaced")
    func names() throws {
        for name in ["", "1x", "a b", "int", "_x", "é", "a-b"] {
            #expect(throws: CSourceError.invalidName(name)) { try CSource(name: name, routines: [], banner: []) }
        }
        #expect(CIdentifier.arguments(["x", "x", "int", "λ", "results"]) == ["x", "x_", "int_", "argument3", "results_"])
    }

    @Test("Literals are exact", arguments: [0, -0.0, 1, -3, 0.1, .pi, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    func literals(_ value: Double) throws {
        let double = try #require(CType(.double).numberLiteral(value.bitPattern))
        #expect(Double(double)?.bitPattern == value.bitPattern)
        let float = try #require(CType(.float).numberLiteral(UInt64(Float(value).isFinite ? Float(value).bitPattern : 1)))
        #expect(float.hasSuffix("f"))
        #expect(Float(float.dropLast()) == (Float(value).isFinite ? Float(value) : Float(bitPattern: 1)))
    }
}
