import ArgumentParser
import Formulas
import Kernels
import Lanes

/// `formulac soak`: shows that compiling and releasing kernels leaves memory flat.
struct Soak: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compiles and releases kernels over and over and reports resident memory.",
        discussion: """
            Examples:
              formulac soak --cycles 100000
            """)

    @Option(
        parsing: .unconditional, help: "How many kernels to compile and release; 100000 if left out.", transform: Number.count)
    var cycles = 100_000

    @Flag(help: "Prints JSON.")
    var json = false

    func run() throws {
        Interruption.watch()
        let programs = try Self.formulas.map { text in
            let formula = try Formula(parsing: text).simplified()
            return LaneProgram(expanding: formula, precision: .float)
        }
        let report = try CompilationSoak.run(
            programs, as: Float.self, cycles: cycles,
            progress: { sample in
                Console.note("\(sample.cycles) of \(cycles) cycles, \(sample.residentBytes >> 10) KiB resident")
            }, isCancelled: { Interruption.isRequested })
        if json {
            try Console.json(
                Report(cycles: report.samples.last?.cycles ?? 0, growthBytes: report.growth, bytesPerCycle: report.bytesPerCycle))
        } else {
            Console.result(
                "growth  \(report.growth >> 10) KiB over \(report.samples.last?.cycles ?? 0) cycles, \(report.bytesPerCycle.formatted(digits: 2)) bytes each"
            )
        }
        if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted: that is what was done until then") }
    }

    /// Formulas of different sizes, so that code of different sizes comes and goes.
    private static let formulas = ["x*cos(x)", "max(x, 0)", "gelu(x)", "x*sin(x0) + tanh(x1)"]

    private struct Report: Encodable {
        let cycles: Int
        let growthBytes: Int
        let bytesPerCycle: Double
    }
}
