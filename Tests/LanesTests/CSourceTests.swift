import Foundation
import Formulas
import Testing

@testable import Lanes

@Suite("Exported C", .enabled(if: !CSourceCompiler.all.isEmpty, "needs gcc or clang"))
struct CSourceTests {
    private static let seed = UInt64.random(in: 0...UInt64.max)
    /// Half of it always the same, half of it new with every run.
    private static let sample = Result { try CSourceSample(seeds: [1, seed], programs: 6, length: 60) }

    /// The settings that every export is held under. The GNU dialect is where gcc fuses by default.
    private static let settings: [[String]] = [
        ["-std=c99", "-O0"], ["-std=c99", "-O1"], ["-std=gnu11", "-O2", "-march=native"], ["-std=c99", "-O3", "-march=native"],
    ]

    @Test(
        "Same bits as the interpreter under every compiler and optimisation level, without a warning",
        arguments: CSourceCompiler.all.flatMap { compiler in settings.map { (compiler, $0) } })
    func sameBits(_ compiler: CSourceCompiler, _ flags: [String]) throws {
        let sample = try Self.sample.get()
        let differences = try sample.check(compiler, flags).differences
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
        // Without the instruction there is nothing to fuse into.
        guard CSourceCompiler.gccFuses else { return }
        let library = try folder.load(["sample.c", "driver.c"], with: gcc, flags)
        #expect(try !sample.differences(library).isEmpty)
    }

    @Test("gcc vectorises every array function")
    func vectorised() throws {
        let gcc = try #require(CSourceCompiler.gcc)
        // A fixed seed: a program that happens to be constant would be right and yet have no loop.
        let export = try CSourceSample(seeds: [1], programs: 10, length: 60).export
        let folder = try CSourceFolder(export)
        let flags = ["-std=c99", "-O3", "-march=native", "-fno-ipa-icf", CSourceVectorisation.flag]
        let messages = try gcc.run(flags + ["-c", "sample.c"], in: folder.url).messages
        if CSourceCompiler.gccFuses { #expect(CSourceVectorisation.missed(export, messages: messages) == []) }
    }

    @Test("The files are C++ as well, of every standard since C++11", arguments: CSourceCompiler.all)
    func cplusplus(_ compiler: CSourceCompiler) throws {
        let folder = try CSourceFolder(try Self.sample.get().export)
        let flags = CSourceCompiler.warnings + ["-x", "c++", "-fsyntax-only"]
        for standard in ["11", "14", "17"] {
            let source = try compiler.run(flags + ["-std=c++\(standard)", "sample.c"], in: folder.url)
            #expect(source.status == 0, "\(source.messages)")
        }
        try folder.write("#include <math.h>\n#include <complex.h>\n#include \"sample.h\"\n", to: "user.cpp")
        let header = try compiler.run(flags + ["-std=c++98", "user.cpp"], in: folder.url)
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
        let result = try compiler.run(["-std=c99", "-fsyntax-only", "tiny.c", flag], in: folder.url)
        #if arch(x86_64)
            #expect(result.status != 0)
            #expect(result.messages.contains("#error") || result.messages.contains("is not supported"))
        #endif
    }

    @Test("gcc's -fsingle-precision-constant is refused, and -fassociative-math undone")
    func constantsAndAssociativity() throws {
        let gcc = try #require(CSourceCompiler.gcc)
        let sample = try Self.sample.get()
        let folder = try CSourceFolder(sample.export)
        let single = try gcc.run(["-std=c99", "-fsyntax-only", "-fsingle-precision-constant", "sample.c"], in: folder.url)
        #expect(single.status != 0)
        #expect(single.messages.contains("formulac_constants_are_double"), "\(single.messages)")
        // gcc says that the flag by itself has no effect; the file's own settings would give it one.
        try folder.write(sample.driver, to: "driver.c")
        let library = try folder.load(["sample.c", "driver.c"], with: gcc, ["-std=c99", "-O3", "-fassociative-math"])
        #expect(try sample.differences(library).isEmpty)
        let settings = sample.export.source.replacingOccurrences(of: ", \"no-associative-math\"", with: "")
        #expect(settings != sample.export.source)
    }

    @Test("Names that would break the files are refused or replaced")
    func names() throws {
        for name in ["", "1x", "a b", "_x", "é", "a-b"] {
            #expect(throws: CSourceError.invalidName(name)) { try CSource(name: name, routines: [], banner: []) }
        }
        for name in ["int", "class", "double"] {
            #expect(throws: CSourceError.reservedName(name)) { try CSource(name: name, routines: [], banner: []) }
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
