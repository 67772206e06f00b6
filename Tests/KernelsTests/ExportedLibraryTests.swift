import Accuracy
import Foundation
import Formulas
import Lanes
import TestSupport
import Testing

@testable import Kernels

@Suite("Exported libraries against the interpreter")
struct ExportedLibraryTests {
    private static func export(_ formula: Formula, name: String = "sample", parameters: Bool = true) throws -> FormulaExport {
        var wanted = FormulaExport.Options(name: name, version: "test")
        wanted.variants = ExportVariant.allCases
        wanted.differentiatesParameters = parameters
        return try FormulaExport(formula, options: wanted)
    }

    private static func parametric(_ text: String) throws -> Formula {
        var options = ParsingOptions()
        options.parameters = [Parameter(name: "a", value: 0.75), Parameter(name: "b", value: .infinity)]
        options.names = .declared(["y", "x10"])
        return try Formula(parsing: text, options: options)
    }

    private static func write(_ export: FormulaExport, in folder: TemporaryFolder, to name: String = "any.so") throws -> String {
        var module = KernelModule()
        try module.add(export)
        try Data(try module.emit(.shared)).write(to: URL(fileURLWithPath: folder.path(name)))
        return folder.path(name)
    }

    @Test(
        "Every function of a library gives the interpreter's bits",
        arguments: [
            "y*cos(a*x) + exp(x) + 0*min(b, 1)", "where(x < a, pow(x, x2), x10/b)", "log(1 + exp(x)) - sigmoid(x)",
            "erf(x)*atan2(y, x)", "3",
        ])
    func rightLibraries(_ text: String) throws {
        let folder = try TemporaryFolder()
        let export = try Self.export(try Self.parametric(text))
        let library = try ExportedLibrary(path: try Self.write(export, in: folder))
        #expect(library.manifest == export.manifest)
        let checks = try library.check(points: 600)
        #expect(checks.count == 2 * ExportVariant.allCases.count)
        for check in checks {
            #expect(check.isRight, "\(check.firstDifference?.description ?? "")")
            // Without an input that varies there is but one point.
            let hasInputs = export.routines.contains { $0.variant == check.variant && !$0.inputs.isEmpty }
            #expect(check.points >= (hasInputs ? 600 : 1))
        }
    }

    @Test("Random formulas survive the way through a library's manifest")
    func randomFormulas() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        let folder = try TemporaryFolder()
        let source = RandomFormula(operations: RandomFormula.smoothOperations)
        for index in 0..<4 {
            // As read: without the variables that the expression does not use.
            let formula = try Formula(
                parsing: source.formula(operations: 8, using: &random).text, options: ParsingOptions(names: .any))
            let path = try Self.write(try Self.export(formula), in: folder, to: "random\(index).so")
            for check in try ExportedLibrary(path: path).check(points: 300, seed: seed) {
                #expect(check.isRight, "seed \(seed), \(formula.text): \(check.firstDifference?.description ?? "")")
            }
        }
    }

    @Test("A library that computes something else is found out, with place and values")
    func wrongLibrary() throws {
        let folder = try TemporaryFolder()
        let claimed = try Self.export(try Formula(parsing: "x*cos(x)"))
        // It computes x·cos(x), but for x above 100.
        let actual = try Self.export(try Formula(parsing: "where(x > 100, x, x*cos(x))"))
        try claimed.manifest.json(pretty: true).write(toFile: folder.path("claim.json"), atomically: true, encoding: .utf8)
        let path = try Self.write(actual, in: folder)
        #expect(try ExportedLibrary(path: path).check(points: 300).filter { !$0.isRight } == [])
        let checks = try ExportedLibrary(path: path, manifest: folder.path("claim.json")).check(points: 300)
        #expect(checks.allSatisfy { !$0.isRight })
        let difference = try #require(checks.first?.firstDifference)
        let x = try #require(difference.inputs["x"].flatMap(Float.init))
        #expect(x > 100)
        #expect(difference.found == "\(x)")
        #expect(difference.symbol.hasPrefix("sample_forward_f32"))
    }

    @Test("A function that writes past its arrays' end is an error", .enabled(if: CCompiler.path != nil, "needs a C compiler"))
    func overrun() throws {
        let folder = try TemporaryFolder()
        let export = try Self.export(try Formula(parsing: "x"))
        let source = try export.cSource()
        // The loops do one element too many.
        let code = source.source.replacingOccurrences(of: "i < count", with: "i <= count")
        #expect(code != source.source)
        let path = try CCompiler.library(code, header: source.header, name: "sample", in: folder)
        try export.manifest.json(pretty: true).write(toFile: folder.path("sample.json"), atomically: true, encoding: .utf8)
        #expect {
            try ExportedLibrary(path: path).check(points: 300)
        } throws: {
            guard case .foreign(.wroteBeyondEnd) = $0 as? ExportedLibraryError else { return false }
            return true
        }
    }

    @Test(
        "Exported C made a library is checked by the manifest beside it",
        .enabled(if: CCompiler.path != nil, "needs a C compiler"))
    func compiledC() throws {
        let folder = try TemporaryFolder()
        let export = try Self.export(try Self.parametric("tanh(a*x)*y"))
        let source = try export.cSource()
        let path = try CCompiler.library(source.source, header: source.header, name: "sample", in: folder)
        #expect {
            try ExportedLibrary(path: path)
        } throws: {
            guard case .manifestMissing(_, let tried) = $0 as? ExportedLibraryError else { return false }
            return tried == folder.path("sample.json")
        }
        try export.manifest.json(pretty: true).write(toFile: folder.path("sample.json"), atomically: true, encoding: .utf8)
        for check in try ExportedLibrary(path: path).check(points: 600) {
            #expect(check.isRight, "\(check.firstDifference?.description ?? "")")
        }
    }

    @Test("Manifests that do not fit are refused")
    func manifests() throws {
        let folder = try TemporaryFolder()
        let export = try Self.export(try Formula(parsing: "x*y", options: ParsingOptions(names: .declared(["y"]))))
        let path = try Self.write(export, in: folder)
        func error(_ change: (inout ExportManifest) -> Void) throws -> ExportedLibraryError? {
            var manifest = export.manifest
            change(&manifest)
            try manifest.json(pretty: false).write(toFile: folder.path("m.json"), atomically: true, encoding: .utf8)
            return #expect(throws: ExportedLibraryError.self) {
                try ExportedLibrary(path: path, manifest: folder.path("m.json")).check(points: 1)
            }
        }
        #expect("\(try #require(try error { $0.functions.removeLast() }))".contains("sample_double_backward_f64"))
        #expect("\(try #require(try error { $0.functions[0].inputs = ["x"] }))".contains("sample_forward_f32"))
        #expect("\(try #require(try error { $0.variables = ["x"] }))".contains("y"))
        #expect("\(try #require(try error { $0.formula = "x*" }))".contains("formula"))
        #expect("\(try #require(try error { $0.name = "no name" }))".contains("no name"))
        #expect("\(try #require(try error { $0.variables = ["y", "x"] }))".contains("variables"))
        // Another library's manifest.
        let other = try Self.export(try Formula(parsing: "x"), name: "other")
        #expect("\(try #require(try error { $0 = other.manifest }))".contains("other_forward_f32"))
        for text in ["", "{}", "[1]", "{\"name\": 3}"] {
            try text.write(toFile: folder.path("m.json"), atomically: true, encoding: .utf8)
            #expect(throws: ExportedLibraryError.self) { try ExportedLibrary(path: path, manifest: folder.path("m.json")) }
        }
        #expect(throws: ExportedLibraryError.self) { try ExportedLibrary(path: path, manifest: folder.path("absent.json")) }
        #expect(throws: ExportedLibraryError.self) { try ExportedLibrary(path: folder.path("absent.so")) }
    }

    @Test("A module holds one manifest, and its symbol is taken")
    func oneManifest() throws {
        var module = KernelModule()
        try module.add(try Self.export(try Formula(parsing: "x"), name: "first"))
        let second = try Self.export(try Formula(parsing: "x"), name: "second")
        #expect(throws: KernelError.unusableName("formulac_manifest")) { try module.add(second) }
        #expect(throws: KernelError.unusableName("formulac_manifest")) {
            try module.add(second.routines[0].program, name: "formulac_manifest")
        }
    }
}

/// The system's C compiler.
enum CCompiler {
    static let path: String? = ["cc", "gcc", "clang"].lazy.flatMap { name in
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":").map { "\($0)/\(name)" }
    }.first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Makes a shared library of exported C.
    static func library(_ source: String, header: String, name: String, in folder: TemporaryFolder) throws -> String {
        try source.write(toFile: folder.path("\(name).c"), atomically: true, encoding: .utf8)
        try header.write(toFile: folder.path("\(name).h"), atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = ["-O1", "-march=native", "-fPIC", "-shared", "-o", "lib\(name).so", "\(name).c", "-lm"]
        process.currentDirectoryURL = folder.url
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return folder.path("lib\(name).so")
    }
}
