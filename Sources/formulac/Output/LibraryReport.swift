import Formulas
import Kernels

/// What verifying a library found.
struct LibraryReport: Encodable {
    let library: String
    let formula: String
    /// The version of formulac that wrote the library.
    let formulac: String
    let seed: UInt64
    let checks: [ExportCheck]

    /// Checks a library; the functions done are shown on a terminal.
    init(path: String, manifest: String?, points: Int?, seed: UInt64, limits: ParsingLimits) throws {
        let exported = try ExportedLibrary(path: path, manifest: manifest, limits: limits)
        library = path
        formula = exported.manifest.written
        formulac = exported.manifest.formulac
        self.seed = seed
        checks = try exported.check(points: points ?? 4096, seed: seed) { done, total in
            Console.progress("\(done) of \(total) computations")
        }
        Console.endProgress()
    }

    private var wrong: [ExportCheck] { checks.filter { !$0.isRight } }

    private var lines: [String] {
        var table = TextTable(header: ["function", "points", "differences"])
        for check in checks { table.append([check.symbols[0], "\(check.points)", "\(check.differences)"]) }
        let short = formula.count <= 200 ? formula : "\(formula.prefix(200))…"
        return ["\(short), written by formulac \(formulac)"] + table.lines + wrong.compactMap(\.firstDifference?.description)
    }

    /// Prints the report.
    ///
    /// - Throws: where some function does not give the interpreter's bits.
    func conclude(json: Bool) throws {
        if json { try Console.json(self) } else { lines.forEach(Console.result) }
        guard !wrong.isEmpty else { return }
        let version = formulac == Formulac.version ? "" : "; this is formulac \(Formulac.version), which may compute otherwise"
        throw CommandFailure(
            .failure, "\(wrong.count) of \(checks.count) computations do not give the interpreter's bits\(version)")
    }
}
