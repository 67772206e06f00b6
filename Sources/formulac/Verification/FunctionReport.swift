import Accuracy
import Formulas
import Kernels
import Lanes

/// The types that `verify` measures and prints.
typealias VerifiableValue = MeasuredFloat & Codable

/// Which points a function is verified at.
enum FunctionPoints: Hashable {
    /// Every nth Float.
    case sweep(stride: Int)
    /// Points that crowd around what is hard.
    case crowded(count: Int, seed: UInt64)
}

/// What came of verifying one function in one type.
struct FunctionReport<Value: VerifiableValue>: Codable {
    /// A value that is off, as JSON has it.
    struct Finding: Codable {
        let at: [Value]
        let computed: Value
        let correct: Value
        let ulps: Double

        init(_ finding: ErrorTally<Value>.Finding) {
            at = finding.point
            computed = finding.computed
            correct = finding.correct
            ulps = finding.ulps
        }
    }

    let function: String
    let type: String
    let math: MathMode
    /// What chose the points: "every float", "every 4099th float" or "hard and random points".
    let pointsAre: String
    let points: Int
    /// Whether all points that were asked for were looked at.
    let complete: Bool
    let worstUlps: Double
    let worst: Finding?
    let wrongSpecials: Int
    let wrongSpecialExamples: [Finding]
    let seconds: Double

    /// Whether every value looked at is within what is promised.
    var keepsPromise: Bool { worstUlps <= math.promisedUlps && wrongSpecials == 0 }

    /// Compiles and verifies a function.
    init(_ function: ElementaryFunction, points: FunctionPoints, options: KernelOptions, threads: Int) throws {
        let verification = try FunctionVerification<Value>(function, options: options)
        let label = "\(function.name) in \(Value.precision.rawValue)"
        let clock = ContinuousClock()
        let start = clock.now
        func run(_ source: some PointSource<Value>) throws -> (tally: ErrorTally<Value>, isComplete: Bool) {
            let progress = VerificationProgress(label: label, total: source.count)
            let tally = try verification.run(
                source, threads: threads, shouldStop: { Interruption.isRequested }, progress: { progress.add($0) })
            Console.endProgress()
            return (tally, tally.points == source.count)
        }
        let (tally, isComplete): (ErrorTally<Value>, Bool)
        switch points {
        case .sweep(let stride):
            guard let sweep = FloatSweep(stride: stride) as? any PointSource<Value> else {
                throw CommandFailure(.usage, "only floats can be walked through; doubles are sampled with --points")
            }
            (tally, isComplete) = try run(sweep)
            pointsAre = stride == 1 ? "every float" : "every \(stride)th float"
        case .crowded(let count, let seed):
            (tally, isComplete) = try run(CrowdedPoints<Value>(function, count: count, seed: seed))
            pointsAre = "hard and random points"
        }
        self.function = function.name
        type = Value.precision.rawValue
        math = options.math
        self.points = tally.points
        complete = isComplete
        worstUlps = tally.worstUlps
        worst = tally.worst.map(Finding.init)
        wrongSpecials = tally.wrongSpecials
        wrongSpecialExamples = tally.examples.map(Finding.init)
        seconds = (clock.now - start).milliseconds / 1000
    }

    /// The result as lines of text.
    var lines: [String] {
        var lines = [
            "\(function) in \(type)\(math == .fast ? ", fast" : ""): \(points.points) (\(pointsAre)), \(seconds.formatted(digits: 1)) s"
        ]
        if let worst {
            lines.append(
                "largest error   \(worstUlps.formatted(digits: 4)) ULP at \(Self.call(worst.at)): "
                    + "\(worst.computed), nearest is \(worst.correct)")
        } else {
            lines.append("largest error   0 ULP")
        }
        lines.append("wrong specials  \(wrongSpecials.grouped)")
        for example in wrongSpecialExamples {
            lines.append("  at \(Self.call(example.at)): \(example.computed), correct is \(example.correct)")
        }
        return lines
    }

    /// A point as text: `1.5`, or `(1.5, 2)`.
    static func call(_ point: [Value]) -> String {
        point.count == 1 ? "\(point[0])" : "(\(point.map { "\($0)" }.joined(separator: ", ")))"
    }
}
