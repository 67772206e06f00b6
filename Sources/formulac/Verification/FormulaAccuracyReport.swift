import Accuracy
import Foundation
import Formulas
import Kernels
import Lanes

/// What came of verifying a formula and its derivatives.
struct FormulaAccuracyReport<Value: VerifiableValue>: Encodable {
    struct Finding: Encodable {
        let at: [Value]
        let computed: Value
        let correct: Value
        let ulps: Double
        let condition: Double?

        init(_ finding: FormulaTally<Value>.Finding) {
            at = finding.point
            computed = finding.computed
            correct = finding.correct
            ulps = finding.ulps
            condition = finding.condition
        }
    }

    struct Output: Encodable {
        let output: String
        let worst: Finding?
        let illConditioned: Finding?
        let illConditionedPoints: Int
        let unexplained: Int
        let wrongSpecials: Int
        let examples: [Finding]
        let wrongSpecialExamples: [Finding]
    }

    let formula: String
    let type: String
    let math: MathMode
    let points: Int
    let complete: Bool
    let outputs: [Output]
    let seconds: Double

    /// Whether the formula's conditioning explains every error.
    var isExplained: Bool { outputs.allSatisfy { $0.unexplained == 0 && $0.wrongSpecials == 0 } }

    /// Compiles and verifies a formula.
    init(_ formula: Formula, text: String, points: Int, seed: UInt64, options: KernelOptions, threads: Int) throws {
        let verification = try FormulaVerification<Value>(formula, options: options)
        let source = FormulaPoints<Value>(formula, count: points, seed: seed)
        let progress = VerificationProgress(label: text.abbreviated(to: 40), total: source.count)
        let clock = ContinuousClock()
        let start = clock.now
        let tallies = try verification.run(
            source, threads: threads, shouldStop: { Interruption.isRequested }, progress: { progress.add($0) })
        Console.endProgress()
        self.formula = text
        type = Value.precision.rawValue
        math = options.math
        self.points = tallies[0].points
        complete = tallies[0].points == source.count
        outputs = zip(verification.outputNames, tallies).map { name, tally in
            Output(
                output: name, worst: tally.worst.map(Finding.init), illConditioned: tally.illConditioned.map(Finding.init),
                illConditionedPoints: tally.illConditionedPoints, unexplained: tally.unexplained,
                wrongSpecials: tally.wrongSpecials, examples: tally.examples.map(Finding.init),
                wrongSpecialExamples: tally.wrongSpecialExamples.map(Finding.init))
        }
        seconds = (clock.now - start).milliseconds / 1000
    }

    /// The result as lines of text.
    var lines: [String] {
        var lines = [
            "\(formula) in \(type)\(math == .fast ? ", fast" : ""): \(points.points), \(seconds.formatted(digits: 1)) s"
        ]
        for output in outputs {
            if let worst = output.worst {
                lines.append(
                    "\(output.output): largest error \(worst.ulps.formatted(digits: 2)) ULP at \(FunctionReport.call(worst.at)): "
                        + "\(worst.computed), nearest is \(worst.correct)")
            } else {
                lines.append("\(output.output): every value is exact")
            }
            if let ill = output.illConditioned {
                lines.append(
                    "  ill-conditioned at \(output.illConditionedPoints.grouped) points, as near \(FunctionReport.call(ill.at)) "
                        + "(condition number \(Self.rounded(ill.condition ?? 0))): off by \(Self.rounded(ill.ulps)) ULP there")
            }
            if output.unexplained > 0 {
                lines.append("  errors that conditioning does not explain: \(output.unexplained.grouped)")
                lines += output.examples.map(Self.line)
            }
            if output.wrongSpecials > 0 {
                lines.append("  wrong NaN, infinity or zero: \(output.wrongSpecials.grouped)")
                lines += output.wrongSpecialExamples.map(Self.line)
            }
        }
        return lines
    }

    private static func line(_ example: Finding) -> String {
        "    at \(FunctionReport.call(example.at)): \(example.computed), nearest is \(example.correct)"
    }

    /// Two digits are all that an estimate has.
    private static func rounded(_ value: Double) -> String {
        value.isFinite ? Double(String(format: "%.1e", value)).map { "\($0)" } ?? "\(value)" : "beyond bounds"
    }
}
