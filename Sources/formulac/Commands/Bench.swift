import ArgumentParser
import Experiments
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac bench`: how fast a formula's kernels run and how soon they are ready.
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures nanoseconds per element of each kernel variant.",
        discussion: """
            Inputs are uniform on [-8, 8]. Each figure is the least and the median over many samples of one thread. Beside
            forward stands the time of the same formula by calls of the C library's scalar functions (libm).
            With --json each line is a record: peer, formula, dtype, op, n, ns_min, ns_median, samples, ready_s, where
            ready_s is the time from text to callable kernel.

            Examples:
              formulac bench "x*cos(x)" "mish(x)"
              formulac bench "x*sin(y)" --variables y --size 1024 --size 4194304 --type double
              formulac bench --file formulas.json --json > formulac.jsonl
            """)

    @OptionGroup var list: FormulaList

    @OptionGroup var options: FormulaOptions

    @Option(name: .customLong("size"), help: ArgumentHelp("How many elements a call has; may be repeated.", valueName: "n"))
    var sizes: [Int] = [65_536]

    @Option(name: .customLong("variant"), help: "A variant to measure; may be repeated. Default: all.")
    var variants: [KernelVariant] = KernelVariant.allCases

    @Option(help: ArgumentHelp("How long to measure each figure.", valueName: "seconds"))
    var budget = 0.1

    @Flag(help: "Prints one JSON record a line.")
    var json = false

    func validate() throws {
        if sizes.contains(where: { $0 < 1 }) { throw ValidationError("--size must be at least 1") }
        if !(budget > 0) { throw ValidationError("--budget must be more than 0 seconds") }
    }

    func run() throws {
        Interruption.watch()
        switch options.type {
        case .float: try run(as: Float.self)
        case .double: try run(as: Double.self)
        }
    }

    private func run<Value: LibmFloat>(as type: Value.Type) throws {
        var table = TextTable(header: ["formula", "variant", "n", "ns", "median", "libm ns", "ready ms"])
        for (name, text) in try list.entries() {
            let clock = ContinuousClock()
            for variant in KernelVariant.allCases where variants.contains(variant) {
                let start = clock.now
                let formula = try options.formula(text)
                let kernel = try Kernel<Value>(formula, variants: [variant], options: options.kernel)
                let ready = (clock.now - start).milliseconds
                for size in sizes {
                    guard !Interruption.isRequested, let function = kernel.function(variant) else {
                        throw CommandFailure(.interrupted, "interrupted")
                    }
                    let timing = try KernelTiming(
                        function, parameters: formula.parameters.map { Value($0.value) }, count: size, budget: budget)
                    if json {
                        let record = BenchRecord(
                            formula: name, dtype: Value.precision == .float ? "float32" : "float64",
                            op: variant.benchmarkName, n: size, ns_min: timing.least, ns_median: timing.median,
                            samples: timing.samples, ready_s: ready / 1000)
                        try Console.json(record, pretty: false)
                    } else {
                        let libm = variant == .forward ? LibmTiming<Value>(formula, count: size, budget: budget).least : nil
                        table.append([
                            name, variant.rawValue, "\(size)", timing.least.formatted(digits: 3),
                            timing.median.formatted(digits: 3), libm?.formatted(digits: 3) ?? "", ready.formatted(digits: 2),
                        ])
                    }
                }
            }
        }
        if !json { table.lines.forEach(Console.result) }
    }
}

/// One line of `bench --json`, in the form that the peers' records have.
private struct BenchRecord: Encodable {
    var peer = "formulac"
    let formula: String
    let dtype: String
    let op: String
    let n: Int
    let ns_min: Double
    let ns_median: Double
    let samples: Int
    let ready_s: Double
}

extension KernelVariant {
    /// The name in benchmark records.
    fileprivate var benchmarkName: String {
        switch self {
        case .forward: "forward"
        case .gradient: "grad"
        case .backward: "backward"
        case .valueAndGradient: "value_and_grad"
        }
    }
}
