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
            Inputs are uniform on [-8, 8]. Each figure is the least and the median over many samples. Beside forward stands \
            the time of the same formula by calls of the C library's scalar functions (libm). \
            With --json each line is a record: peer, formula, dtype, op, n, ns_min, ns_median, samples, ready_s, where \
            ready_s is the time from text to callable kernel. \
            With --break-even it measures instead how many rows a formula must be evaluated for before compiling it pays: \
            the time to compile over what a row costs less than in the interpreter. With --products it \
            measures the matrix products that training dense layers of these sizes consists of (records have units, not a \
            formula, dtype and ready_s).

            Examples:
              formulac bench "x*cos(x)" "mish(x)"
              formulac bench "x*sin(y)" --variables y --size 1024 --size 4194304 --type double
              formulac bench --file formulas.json --json > formulac.jsonl
              formulac bench "x*cos(x)" --size 4194304 --threads 2
              formulac bench "x*cos(x)" --break-even
              formulac bench --products 28,200,100,1 --size 1024
            """)

    @OptionGroup var list: FormulaList

    @OptionGroup var options: FormulaOptions

    @Option(
        name: .customLong("size"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("How many elements a call has; may be repeated. Default: 65536.", valueName: "n"),
        transform: Number.size)
    var sizes: [Int] = [65_536]

    @Option(name: .customLong("variant"), help: "A variant to measure; may be repeated.")
    var variants: [KernelVariant] = KernelVariant.allCases

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How long to measure each figure; 0.1 if left out.", valueName: "seconds"),
        transform: Number.positive)
    var budget = 0.1

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Threads that share each call; 1 if left out.", valueName: "n"),
        transform: Number.threads)
    var threads = 1

    @Flag(help: "Measures from how many rows on compiling a formula pays.")
    var breakEven = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Measures matrix products instead, of rows of so many features with layers of these units, --size rows a batch.",
            valueName: "features,units,…"), transform: Number.layers)
    var products: [Int]?

    @Flag(help: "Prints one JSON record a line.")
    var json = false

    func validate() throws {
        if products != nil {
            try IdleOption.refuse(
                [
                    ("a formula", !list.isEmpty), ("--break-even", breakEven), ("--threads", threads != 1),
                    ("--variant", variants != KernelVariant.allCases), ("--type", options.type != .float),
                ], "does not go with --products")
        }
        if products?.count == 1 { throw ValidationError("--products wants features and units, such as 28,200,100,1") }
    }

    func run() throws {
        Interruption.watch()
        if let products { return try runProducts(products) }
        switch options.type {
        case .float: try breakEven ? runBreakEven(as: Float.self) : run(as: Float.self)
        case .double: try breakEven ? runBreakEven(as: Double.self) : run(as: Double.self)
        }
    }

    private func run<Value: LibmFloat>(as type: Value.Type) throws {
        var table = TextTable(header: ["formula", "variant", "n", "ns", "median", "libm ns", "ready ms"])
        for (name, text) in try list.entries(options) {
            let clock = ContinuousClock()
            for variant in KernelVariant.allCases where variants.contains(variant) {
                let start = clock.now
                let formula = try options.parse(text)
                let kernel = try Kernel<Value>(formula, variants: [variant], options: options.kernel)
                let ready = (clock.now - start).milliseconds
                for size in sizes {
                    guard !Interruption.isRequested, let function = kernel.function(variant) else {
                        throw CommandFailure(.interrupted, "interrupted")
                    }
                    let timing = try KernelTiming(
                        function, parameters: formula.parameters.map { Value($0.value) }, count: size, budget: budget,
                        threads: threads)
                    if json {
                        let record = BenchRecord(
                            peer: threads == 1 ? "formulac" : "formulac_\(threads)_threads", formula: name,
                            dtype: Value.precision == .float ? "float32" : "float64",
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
    let peer: String
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
