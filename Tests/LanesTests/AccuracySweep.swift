import Accuracy
import Formulas
import Testing

@testable import Lanes

/// A function as it is expanded into a lane program, beside what it should be.
struct MeasuredFunction: Sendable, CustomTestStringConvertible {
    let name: String
    /// The formula as text.
    private let exact: String
    let operandCount: Int
    private let expand: @Sendable (LaneBuilder) -> LaneNumber

    var testDescription: String { name }

    /// A function of one number.
    ///
    /// - Parameter exact: the same function as a formula of x, which MPFR evaluates.
    init(_ name: String, _ exact: String, _ expand: @escaping @Sendable (LaneBuilder) -> (LaneNumber) -> LaneNumber) {
        self.name = name
        self.exact = exact
        operandCount = 1
        self.expand = { expand($0)($0.stream(0)) }
    }

    /// A function of two numbers.
    ///
    /// - Parameter exact: the same function as a formula of x and y, in this order.
    init(
        _ name: String, _ exact: String,
        _ expand: @escaping @Sendable (LaneBuilder) -> (LaneNumber, LaneNumber) -> LaneNumber
    ) {
        self.name = name
        self.exact = exact
        operandCount = 2
        self.expand = { expand($0)($0.stream(0), $0.stream(1)) }
    }

    /// The expansion on its own.
    func program(_ precision: Precision) -> LaneProgram {
        let builder = LaneBuilder(precision: precision, streamCount: operandCount, uniformCount: 0)
        return builder.program(outputs: [expand(builder).id])
    }

    /// The largest error over some points, and where it is.
    func worstError<Value: MeasuredFloat>(at points: [[Value]]) throws -> WorstError {
        let interpreter = try LaneInterpreter<Value>(program(Value.precision))
        let reference = MPFRReference(try Formula(parsing: exact, options: ParsingOptions(names: .declared(["x", "y"]))))
        var worst = WorstError()
        let columns = (0..<operandCount).map { column in points.map { $0[column] } }
        for (point, computed) in zip(points, interpreter.run(columns: columns)[0]) {
            // Each of these functions is one operation or two, far from cancelling so many bits.
            let deviation = Deviation(of: computed, from: reference.values(point.map { Double($0) }, bits: 240)[0])
            worst.record(deviation.isWrongSpecial ? .infinity : deviation.ulps, "\(name)\(point) = \(computed)")
        }
        return worst
    }
}

/// The largest of many errors.
struct WorstError: CustomStringConvertible {
    private(set) var ulps = 0.0
    private(set) var place = ""

    var description: String { "\(ulps) ULP: \(place)" }

    mutating func record(_ error: Double, _ place: @autoclosure () -> String) {
        guard error > ulps else { return }
        ulps = error
        self.place = place()
    }
}

/// Points that sweeps visit.
enum SweepPoints {
    /// Floats of both signs at equal distances in the order of their bits, subnormals and infinities among them.
    static func floats(count: Int) -> [[Float]] {
        let stride = (1 << 32) / count
        return (0..<count).map { [Float(bitPattern: UInt32($0 * stride))] }
    }

    /// Doubles of both signs: exponents and digits are drawn alike, all binades within the exponents given.
    static func doubles(count: Int, exponents: ClosedRange<Int> = -1074...1023, seed: UInt64 = 1) -> [[Double]] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in [double(exponents, &generator)] }
    }

    /// Numbers drawn evenly from an interval.
    static func even<Value: LaneFloat>(
        _ range: ClosedRange<Double>, count: Int, seed: UInt64 = 1, as type: Value.Type
    ) -> [[Value]] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in [Value(Double.random(in: range, using: &generator))] }
    }

    static func double(_ exponents: ClosedRange<Int>, _ generator: inout SplitMix64) -> Double {
        let significand = Double.random(in: 1..<2, using: &generator)
        let sign: FloatingPointSign = Bool.random(using: &generator) ? .plus : .minus
        return Double(
            sign: sign, exponent: Int.random(in: exponents, using: &generator), significand: significand)
    }

    /// Each number with its neighbours a few steps away on both sides.
    static func around<Value: LaneFloat>(_ numbers: [Value], steps: Int = 4) -> [[Value]] {
        numbers.flatMap { number in
            var points = [[number]]
            var (up, down) = (number, number)
            for _ in 0..<steps {
                (up, down) = (up.nextUp, down.nextDown)
                points += [[up], [down]]
            }
            return points
        }
    }
}
