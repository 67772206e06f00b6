import Accuracy
import Foundation
import Testing

@testable import Lanes

@Suite struct PowerTests {
    private static let power = MeasuredFunction("pow", "x^y") { $0.power }

    @Test func floatErrorsStayWithinTheBound() throws {
        let points = Self.points(count: 60_000, largestExponent: 152, digits: 24).map { $0.map(Float.init) }
        let worst = try Self.power.worstError(at: points)
        #expect(worst.ulps <= 1.15, "\(worst)")
    }

    @Test func doubleErrorsStayWithinTheBound() throws {
        let worst = try Self.power.worstError(at: Self.points(count: 60_000, largestExponent: 1080, digits: 53))
        #expect(worst.ulps <= 1.2, "\(worst)")
    }

    /// Bases of every kind with exponents that bring the result anywhere from underflow to overflow, and pairs of small
    /// numbers as formulas have them.
    private static func points(count: Int, largestExponent: Double, digits: Int) -> [[Double]] {
        var generator = SplitMix64(seed: 7)
        let scale = 1 << (digits - 2)
        return (0..<count).map { index in
            let resultExponent = Double.random(in: -largestExponent...largestExponent, using: &generator)
            let base: Double =
                switch index % 5 {
                case 0: .random(in: 0.8...1.25, using: &generator)
                case 1: .random(in: 0.5...2.5, using: &generator)
                case 2: 1 + Double(Int.random(in: -1000...1000, using: &generator)) / Double(scale)
                case 3: abs(SweepPoints.double(digits == 24 ? -149...127 : -1074...1023, &generator))
                default: .random(in: 0...10, using: &generator)
                }
            // The base may round to 1 in Float, whose logarithm is no divisor.
            let logarithm = base > 0 ? log2(base) : 0
            let isEveryday = index % 5 == 4 || logarithm == 0
            return [base, isEveryday ? .random(in: -20...20, using: &generator) : resultExponent / logarithm]
        }
    }

    struct Special: Sendable, CustomTestStringConvertible {
        let x: Double
        let y: Double
        let value: Double
        var testDescription: String { "\(x)^\(y)" }

        init(_ x: Double, _ y: Double, _ value: Double) {
            self.x = x
            self.y = y
            self.value = value
        }
    }

    /// C99, Annex F.9.4.4, in its order.
    static let specials: [Special] = [
        Special(0, -3, .infinity), Special(-0.0, -3, -.infinity), Special(0, -1, .infinity), Special(-0.0, -1, -.infinity),
        Special(0, -2, .infinity), Special(-0.0, -2, .infinity), Special(0, -0.5, .infinity), Special(-0.0, -0.5, .infinity),
        Special(0, -.infinity, .infinity), Special(-0.0, -.infinity, .infinity),
        Special(0, 3, 0), Special(-0.0, 3, -0.0), Special(0, 2, 0), Special(-0.0, 2, 0), Special(-0.0, 0.5, 0),
        Special(0, .infinity, 0), Special(-0.0, .infinity, 0),
        Special(-1, .infinity, 1), Special(-1, -.infinity, 1),
        Special(1, 5, 1), Special(1, .infinity, 1), Special(1, -.infinity, 1), Special(1, .nan, 1), Special(-1, .nan, .nan),
        Special(2, 0, 1), Special(-2, -0.0, 1), Special(0, 0, 1), Special(-0.0, -0.0, 1), Special(.infinity, 0, 1),
        Special(-.infinity, -0.0, 1), Special(.nan, 0, 1), Special(.nan, -0.0, 1),
        Special(-2, 0.5, .nan), Special(-0.5, -1.5, .nan), Special(-1, 0.5, .nan), Special(-1e30, 1e-3, .nan),
        Special(-1, 3, -1), Special(-1, 4, 1), Special(-2, 3, -8), Special(-2, -3, -0.125), Special(-2, 4, 16),
        Special(0.5, -.infinity, .infinity), Special(-0.5, -.infinity, .infinity),
        Special(1.5, -.infinity, 0), Special(-1.5, -.infinity, 0),
        Special(0.5, .infinity, 0), Special(-0.5, .infinity, 0),
        Special(1.5, .infinity, .infinity), Special(-1.5, .infinity, .infinity),
        Special(-.infinity, -3, -0.0), Special(-.infinity, -2, 0), Special(-.infinity, -0.5, 0),
        Special(-.infinity, -.infinity, 0),
        Special(-.infinity, 3, -.infinity), Special(-.infinity, 2, .infinity), Special(-.infinity, 0.5, .infinity),
        Special(-.infinity, .infinity, .infinity),
        Special(.infinity, -3, 0), Special(.infinity, -0.5, 0), Special(.infinity, -.infinity, 0),
        Special(.infinity, 3, .infinity), Special(.infinity, 0.5, .infinity), Special(.infinity, .infinity, .infinity),
        Special(.nan, 1, .nan), Special(.nan, -2.5, .nan), Special(.nan, .infinity, .nan), Special(.nan, .nan, .nan),
        Special(2, .nan, .nan), Special(-2, .nan, .nan), Special(0, .nan, .nan), Special(.infinity, .nan, .nan),
        // Large exponents are whole; those past the last odd number are even.
        Special(-1, 0x1.fffffep23, -1), Special(-1, 0x1p24, 1), Special(-1, 0x1p60, 1), Special(-2, 0x1p100, .infinity),
        Special(-2, -0x1p100, 0), Special(-2, -1075, -0.0), Special(-2, -1076, 0), Special(-2, 1025, -.infinity),
    ]

    @Test(arguments: specials) func specialCasesFollowC99(_ special: Special) throws {
        try check(special, as: Float.self)
        try check(special, as: Double.self)
    }

    private func check<Value: LaneFloat>(_ special: Special, as type: Value.Type) throws {
        let interpreter = try LaneInterpreter<Value>(Self.power.program(Value.precision))
        let general = interpreter.run(streams: [Value(special.x), Value(special.y)])[0]
        #expect(same(general, Value(special.value)), "\(special.x)^\(special.y) is \(general) in \(Value.precision)")
        let literal = try Self.powerOfStream(to: special.y, as: Value.self).run(streams: [Value(special.x)])[0]
        #expect(same(literal, Value(special.value)), "\(special.x)^(literal \(special.y)) is \(literal) in \(Value.precision)")
    }

    /// Equal, signs of zeros included, or both NaN.
    private func same<Value: LaneFloat>(_ a: Value, _ b: Value) -> Bool { a.isNaN ? b.isNaN : a.laneBits == b.laneBits }

    private static func powerOfStream<Value: LaneFloat>(
        to exponent: Double, as type: Value.Type
    ) throws -> LaneInterpreter<Value> {
        let builder = LaneBuilder(precision: Value.precision, streamCount: 1, uniformCount: 0)
        let power = builder.power(builder.stream(0), builder.number(exponent))
        return try LaneInterpreter(builder.program(outputs: [power.id]))
    }

    @Test(arguments: [2.5, -0.5, 0.1, 1.0 / 3, 65, 66, -65, 1, 2, 1e10])
    func aLiteralExponentChangesNoBit(_ exponent: Double) throws {
        let general = try LaneInterpreter<Float>(Self.power.program(.float))
        let literal = try Self.powerOfStream(to: exponent, as: Float.self)
        for point in SweepPoints.floats(count: 4096) {
            let wanted = general.run(streams: [point[0], Float(exponent)])[0]
            let value = literal.run(streams: point)[0]
            #expect(same(value, wanted), "\(point[0])^\(exponent) is \(value), not \(wanted)")
        }
    }

    @Test func exactPowersAreExact() throws {
        let interpreter = try LaneInterpreter<Double>(Self.power.program(.double))
        for (base, largest) in [(2.0, 1023), (3, 33), (5, 22), (7, 18), (10, 22), (1.5, 33)] {
            var exact = 1.0
            for exponent in 0...largest {
                #expect(interpreter.run(streams: [base, Double(exponent)])[0] == exact, "\(base)^\(exponent)")
                exact *= base
            }
        }
        #expect(interpreter.run(streams: [2, -1074])[0] == .leastNonzeroMagnitude)
    }
}
