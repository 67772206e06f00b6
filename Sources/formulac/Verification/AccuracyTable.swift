import Accuracy
import Datasets
import Formulas
import Kernels
import Lanes

/// The measured accuracy of every elementary function in both types, as a page of documentation.
struct AccuracyTable: Encodable {
    let math: MathMode
    let floats: [FunctionReport<Float>]
    let doubles: [FunctionReport<Double>]

    /// Verifies every function.
    ///
    /// - Parameters:
    ///   - stride: which Floats functions of one number are verified at.
    ///   - points: how many points the others are, and Doubles.
    ///   - record: where finished rows are kept and found.
    init(
        stride: Int, points: Int, seed: UInt64, options: KernelOptions, threads: Int, record: VerificationRecord?
    ) throws {
        var record = record
        var floats: [FunctionReport<Float>] = []
        var doubles: [FunctionReport<Double>] = []
        let crowded = FunctionPoints.crowded(count: points, seed: seed)
        for function in ElementaryFunction.all {
            guard !Interruption.isRequested else { break }
            let chosen = function.operandCount == 1 ? FunctionPoints.sweep(stride: stride) : crowded
            let measure = { try FunctionReport<Float>(function, points: chosen, options: options, threads: threads) }
            let key = Self.key(function, Float.self, chosen, options)
            let better = Self.key(function, Float.self, .sweep(stride: 1), options)
            floats.append(try record?.float(key, orBetter: better, measuring: measure) ?? measure())
        }
        for function in ElementaryFunction.all {
            guard !Interruption.isRequested else { break }
            let measure = { try FunctionReport<Double>(function, points: crowded, options: options, threads: threads) }
            let key = Self.key(function, Double.self, crowded, options)
            doubles.append(try record?.double(key, measuring: measure) ?? measure())
        }
        math = options.math
        self.floats = floats
        self.doubles = doubles
    }

    /// All that decides what a row says: the function's program, and the points.
    private static func key<Value: LaneFloat>(
        _ function: ElementaryFunction, _ type: Value.Type, _ points: FunctionPoints, _ options: KernelOptions
    ) -> String {
        let programs = Kernel<Value>.programs(function.formula, variants: [.forward], options: options)
        let digests = programs.map(\.program.digest).joined()
        return "\(function.name) \(options.math.rawValue) \(points) \(digests)"
    }

    /// Whether nothing was left out.
    var isComplete: Bool {
        doubles.count == ElementaryFunction.all.count && floats.allSatisfy(\.complete) && doubles.allSatisfy(\.complete)
    }

    /// Names of functions that are not as accurate as promised.
    var broken: [String] {
        floats.filter { !$0.keepsPromise }.map { "\($0.function) in float" }
            + doubles.filter { !$0.keepsPromise }.map { "\($0.function) in double" }
    }

    /// The table for a terminal.
    var lines: [String] {
        var table = TextTable(header: ["function", "type", "points", "ULP", "at", "wrong specials"])
        for (float, double) in zip(floats, doubles) {
            table.append(row(float))
            table.append(row(double))
        }
        return table.lines
    }

    private func row<Value>(_ report: FunctionReport<Value>) -> [String] {
        [
            report.function, report.type, report.points.grouped, report.worstUlps.formatted(digits: 3),
            report.worst.map { FunctionReport.call($0.at) } ?? "", report.wrongSpecials.grouped,
        ]
    }

    /// The page, whose command measures everything again.
    func page(command: String) -> String {
        """
        # Accuracy\(math == .fast ? " in the fast mode" : ""), measured

        This page was written by

        ```sh
        \(command)
        ```

        An error is the distance of the compiled kernel's result from the true value, in units in the last place of the type at
        the true value; a correctly rounded result is off by 0.5 at most. A wrong special is a NaN, an infinity or a zero that
        is missing, out of place or of the wrong sign. What is promised is at most \(Int(math.promisedUlps)) ULP
        and no wrong special, subnormal numbers included. The largest error and every suspected wrong special were measured
        by MPFR; a row is measured alone by `formulac verify FUNCTION --type float --exhaustive`, or `--type double --points N`.

        ## Float

        Functions of one number at \(pointsAre), functions of two at random and special pairs.

        \(rows(floats))

        ## Double

        At points that crowd around range reductions, poles, zeros, overflow, underflow, subnormal numbers and known hard
        cases, and at random bits.

        \(rows(doubles))

        """
    }

    /// Which Floats functions of one number were verified at. A record may have held better rows than were asked for.
    private var pointsAre: String {
        let sweeps = floats.map(\.pointsAre).filter { $0 != "hard and random points" }
        let strided = sweeps.first { $0 != "every float" }
        guard let strided, sweeps.contains("every float") else { return sweeps.first ?? "" }
        return "every float where there are 4,294,967,296 points and \(strided) elsewhere"
    }

    private func rows<Value>(_ reports: [FunctionReport<Value>]) -> String {
        let header = "| function | points | largest error, ULP | at | wrong specials |\n|---|---:|---:|---|---:|\n"
        return header
            + reports.map { "| " + row($0).enumerated().filter { $0.offset != 1 }.map(\.element).joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    /// Writes the page, whole or not at all.
    func write(to path: String, command: String) throws {
        let file = try AtomicFile(path: path, compressed: false)
        try file.write(Array(page(command: command).utf8))
        try file.commit()
    }
}
