import Foundation
import Formulas
import Lanes

/// A shared library of exported functions together with its manifest, to be held against the interpreter.
///
/// It may be one that formulac wrote, which holds its manifest, or exported C that any compiler made a library of.
public struct ExportedLibrary: Sendable {
    /// The open library.
    public let library: ForeignLibrary
    /// What the library says that it holds.
    public let manifest: ExportManifest
    /// What it must hold, derived anew from the manifest's formula.
    private let export: FormulaExport
    /// The manifest's formula.
    public let formula: Formula

    /// Opens a library and reads its manifest. The library's initialisers run: open only what may run code here.
    ///
    /// - Parameters:
    ///   - path: the library.
    ///   - manifest: a JSON file. If left out, the manifest inside the library is taken; if there is none, the file that
    ///     stands beside it under the library's name with `.json`, without `lib` in front.
    ///   - limits: how large a formula may be.
    public init(
        path: String, manifest: String? = nil, limits: ParsingLimits = ParsingLimits()
    ) throws(ExportedLibraryError) {
        do throws(ForeignError) {
            library = try ForeignLibrary(path: path)
        } catch {
            throw .foreign(error)
        }
        let text = try Self.manifestText(library, named: manifest)
        do {
            self.manifest = try ExportManifest(json: text)
        } catch {
            throw .manifestMalformed(path: path, reason: Self.reason(error))
        }
        (formula, export) = try Self.export(self.manifest, path: path, limits: limits)
    }

    /// Compares every function with the interpreter, bit for bit.
    ///
    /// - Parameters:
    ///   - points: how many points for each function, at least; some hundreds of hard ones are always among them.
    ///   - seed: of the random points.
    ///   - progress: told how many of the functions are done, and how many there are.
    public func check(
        points: Int = 4096, seed: UInt64 = 1, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(ExportedLibraryError) -> [ExportCheck] {
        var checks: [ExportCheck] = []
        for (index, routine) in export.routines.enumerated() {
            progress(index, export.routines.count)
            switch routine.program.precision {
            case .float: checks.append(try check(routine, points, seed, as: Float.self))
            case .double: checks.append(try check(routine, points, seed, as: Double.self))
            }
        }
        progress(export.routines.count, export.routines.count)
        return checks
    }

    private func check<Value: LaneFloat>(
        _ routine: ExportRoutine, _ points: Int, _ seed: UInt64, as type: Value.Type
    ) throws(ExportedLibraryError) -> ExportCheck {
        var check = try RoutineCheck<Value>(routine, name: manifest.name, in: library)
        var source = CheckPoints<Value>(seed: seed)
        // The parameters' own values, and then others.
        var settings = [manifest.parameters.map { Value($0.value) }]
        if !manifest.parameters.isEmpty { settings += (0..<3).map { _ in manifest.parameters.map { _ in source.number() } } }
        do throws(ForeignError) {
            for parameters in settings {
                let columns = source.columns(routine.inputs.count, count: points / settings.count)
                try check.compare(columns, parameters: parameters)
            }
        } catch {
            throw .foreign(error)
        }
        return check.result
    }

    /// The manifest's text: from the file named, from inside the library, or from beside it.
    private static func manifestText(_ library: ForeignLibrary, named: String?) throws(ExportedLibraryError) -> String {
        if named == nil, let text = library.text(of: ExportManifest.symbol) { return text }
        let url = URL(fileURLWithPath: library.path)
        var name = url.deletingPathExtension().lastPathComponent
        if name.hasPrefix("lib") { name.removeFirst(3) }
        let beside = url.deletingLastPathComponent().appendingPathComponent("\(name).json").path
        guard let data = FileManager.default.contents(atPath: named ?? beside) else {
            throw .manifestMissing(path: library.path, tried: named ?? beside)
        }
        return String(decoding: data, as: UTF8.self)
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "it lacks `\(key.stringValue)`"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "`\(context.codingPath.map(\.stringValue).joined(separator: "."))` is not what it should be"
        default: "it is no JSON text"
        }
    }

    /// Derives the functions anew and sees that they are those of the manifest.
    private static func export(
        _ manifest: ExportManifest, path: String, limits: ParsingLimits
    ) throws(ExportedLibraryError) -> (Formula, FormulaExport) {
        var parsing = ParsingOptions()
        parsing.parameters = manifest.parameters.map { Parameter(name: $0.name, value: $0.value) }
        parsing.names = .declared(manifest.variables)
        parsing.limits = limits
        let formula: Formula
        do throws(FormulaError) {
            formula = try Formula(parsing: manifest.formula, options: parsing)
        } catch {
            throw .formula(error)
        }
        var options = FormulaExport.Options(name: manifest.name, version: manifest.formulac)
        options.relaxed = manifest.accuracy.relaxed
        guard let math = MathMode(rawValue: manifest.accuracy.mode) else {
            throw .manifestInconsistent(path: path, reason: "its accuracy mode `\(manifest.accuracy.mode)` is unknown here")
        }
        options.math = math
        options.differentiatesParameters = manifest.differentiatesParameters
        options.variants = ExportVariant.allCases.filter { variant in
            manifest.functions.contains { $0.variant == variant.rawValue }
        }
        let export: FormulaExport
        do throws(CSourceError) {
            export = try FormulaExport(formula, options: options)
        } catch {
            throw .manifestInconsistent(path: path, reason: error.description)
        }
        guard export.manifest.variables == manifest.variables else {
            throw .manifestInconsistent(
                path: path, reason: "the formula's variables are \(export.manifest.variables), not \(manifest.variables)")
        }
        let (listed, derived) = (Set(manifest.functions), Set(export.manifest.functions))
        if let function = listed.subtracting(derived).map(\.symbol).min() {
            throw .manifestInconsistent(path: path, reason: "the formula does not give its function `\(function)`")
        }
        if let function = derived.subtracting(listed).map(\.symbol).min() {
            throw .manifestInconsistent(path: path, reason: "the function `\(function)` is missing from it")
        }
        return (formula, export)
    }
}
