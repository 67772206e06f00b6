import Accuracy
import ArgumentParser
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac verify`: how far kernels are from the truth.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures how accurate a function's or a formula's kernels are.",
        discussion: """
            A function is named alone: exp, tanh, pow. Its kernel is held against correctly rounded values: in float at every \
            4099th of the 2^32 floats (--stride N, or all of them with --exhaustive), in double and for functions of two \
            numbers at points that crowd around what is hard (--points N). Reported are the largest error in units in the \
            last place, where it is, and how many NaN, infinities and zeros are wrong.

            A formula's kernel, value and derivatives, is held against MPFR's evaluation of the formula as written. Where the \
            formula's own steps magnify rounding errors, it is reported as ill-conditioned, with its condition number, which \
            is beyond bounds where a rounding decides everything: the sign of a difference, or which turn an angle is in.

            A library (FILE.so) that `formulac export` wrote, or that a C compiler made of exported C, is called through \
            libffi and held bit for bit against the interpreter: all its functions, at --points and in arrays of many lengths.

            The exit status is 1 if a function is off by more than 2 ULP (8 with --math fast), a special value is wrong, an \
            error of a formula is larger than its conditioning explains, or a library gives other bits.

            Examples:
              formulac verify tanh --type float --exhaustive
              formulac verify exp --type double --points 100000000
              formulac verify "cos(x) - cos(cos(x))"
              formulac verify exported/libwave.so
              formulac verify --all --json
              formulac verify --all --exhaustive --points 100000000 --write Documentation/Accuracy.md
            """)

    @Argument(help: "A function's name, a formula, - for standard input, or a library.", transform: LeadingMinus.trimmed)
    var subject: String?

    @OptionGroup var options: FormulaOptions

    @Flag(help: "Verifies every elementary function, in float and in double.")
    var all = false

    @Flag(help: "Looks at all 2^32 floats.")
    var exhaustive = false

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Looks at every nth float; 4099 if left out.", valueName: "n"),
        transform: Number.count)
    var stride: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many points, where floats are not walked through: of a function 1000000 if left out, of a formula 20000, of a "
                + "library 4096.", valueName: "count"),
        transform: Number.count)
    var points: Int?

    @Option(parsing: .unconditional, help: "Other seeds give other random points; 1 if left out.", transform: Number.seed)
    var seed: UInt64 = 1

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many threads share the work. Default: one for each core.", valueName: "count"),
        transform: Number.threads)
    var threads: Int?

    @Option(help: ArgumentHelp("With --all, also writes the table as a page of documentation.", valueName: "file"))
    var write: String?

    @Option(
        help: ArgumentHelp(
            "With --all, keeps finished rows in this file and measures only what is not in it.", valueName: "file"))
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "A library's manifest. Default: the one inside it, else NAME.json beside libNAME.so.", valueName: "file"))
    var manifest: String?

    @Flag(help: "Prints JSON.")
    var json = false

    /// A stride that is prime, so that every bit of the floats changes.
    private static let defaultStride = 4099
    private static let defaultFunctionPoints = 1_000_000
    private static let defaultFormulaPoints = 20_000

    func validate() throws {
        if all == (subject != nil) { throw ValidationError("give a function, a formula, or --all") }
        if exhaustive, stride != nil { throw ValidationError("--exhaustive looks at every float: leave out --stride") }
        if isLibrary, walksFloats { throw ValidationError("give a library --points instead of --exhaustive or --stride") }
        if !isLibrary, manifest != nil { throw ValidationError("--manifest is a library's") }
        if write != nil, !all { throw ValidationError("--write wants --all") }
        if resume != nil, !all { throw ValidationError("--resume wants --all") }
        if all, options.type == .double { throw ValidationError("--all verifies floats and doubles: leave out --type") }
        if !all, walksFloats {
            try IdleOption.refuse([("--points", points != nil)], "does not go with --exhaustive or --stride: give one of them")
        }
        if !all, options.type == .double, walksFloats {
            throw ValidationError("doubles are too many to walk through: use --points instead of --exhaustive or --stride")
        }
    }

    private var walksFloats: Bool { exhaustive || stride != nil }
    private var sweepStride: Int { exhaustive ? 1 : stride ?? Self.defaultStride }
    private var functionPoints: Int { points ?? Self.defaultFunctionPoints }
    private var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    /// Libraries are told by the ends of their names, which no formula has.
    private var isLibrary: Bool { subject.map { $0.hasSuffix(".so") || $0.hasSuffix(".dylib") } ?? false }

    func run() throws {
        if let subject, isLibrary {
            try options.requireNames(in: [])
            return try LibraryReport(path: subject, manifest: manifest, points: points, seed: seed, limits: options.limits)
                .conclude(json: json)
        }
        Interruption.watch()
        guard let subject else {
            try options.requireNames(in: [])
            return try verifyAll()
        }
        if let function = ElementaryFunction(named: subject) {
            switch options.type {
            case .float: try verify(function, as: Float.self)
            case .double: try verify(function, as: Double.self)
            }
        } else {
            switch options.type {
            case .float: try verifyFormula(subject, as: Float.self)
            case .double: try verifyFormula(subject, as: Double.self)
            }
        }
    }

    private func verify<Value: VerifiableValue>(_ function: ElementaryFunction, as type: Value.Type) throws {
        try options.requireNames(in: [])
        let isPair = function.operandCount == 2
        if isPair, walksFloats {
            throw ValidationError("\(function.name) takes two numbers: use --points instead of --exhaustive or --stride")
        }
        let isSwept = Value.precision == .float && !isPair && points == nil
        let report = try FunctionReport<Value>(
            function, points: isSwept ? .sweep(stride: sweepStride) : .crowded(count: functionPoints, seed: seed),
            options: options.kernel, threads: threadCount)
        if json { try Console.json(report) } else { report.lines.forEach(Console.result) }
        try checkCompletion(report.complete)
        if !report.keepsPromise {
            throw CommandFailure(
                .failure,
                "\(function.name) is not within \(Int(options.math.promisedUlps)) ULP with every special value right")
        }
    }

    private func verifyFormula<Value: VerifiableValue>(_ text: String, as type: Value.Type) throws {
        if walksFloats {
            throw ValidationError("--exhaustive and --stride are for functions such as exp; give a formula --points")
        }
        let call = FunctionLibrary.prelude.functions.contains { $0.name == text } ? "\(text)(x)" : text
        let formula = try options.formula(call)
        let report = try FormulaAccuracyReport<Value>(
            formula, text: text == "-" ? formula.text : call, points: points ?? Self.defaultFormulaPoints, seed: seed,
            options: options.kernel, threads: threadCount)
        if json { try Console.json(report) } else { report.lines.forEach(Console.result) }
        try checkCompletion(report.complete)
        if !report.isExplained {
            throw CommandFailure(.failure, "the kernel has errors that the formula's conditioning does not explain")
        }
    }

    private func verifyAll() throws {
        let table = try AccuracyTable(
            stride: sweepStride, points: functionPoints, seed: seed, options: options.kernel, threads: threadCount,
            record: try resume.map(VerificationRecord.init))
        if json { try Console.json(table) } else { table.lines.forEach(Console.result) }
        try checkCompletion(table.isComplete)
        if let write { try table.write(to: write, command: command(writing: write)) }
        if !table.broken.isEmpty {
            throw CommandFailure(.failure, "not as accurate as promised: \(table.broken.joined(separator: ", "))")
        }
    }

    private func command(writing path: String) -> String {
        var parts = [
            "formulac verify --all", exhaustive ? "--exhaustive" : "--stride \(sweepStride)", "--points \(functionPoints)",
        ]
        if seed != 1 { parts.append("--seed \(seed)") }
        if options.math != .accurate { parts.append("--math \(options.math.rawValue)") }
        return (parts + ["--write \(path)"]).joined(separator: " ")
    }

    private func checkCompletion(_ isComplete: Bool) throws {
        if !isComplete { throw CommandFailure(.interrupted, "interrupted: what is printed is of the points done until then") }
    }
}
