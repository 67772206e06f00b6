import Testing

@testable import Lanes

/// Errors over more Floats than `ExponentialTests` visits, and results that must be exact.
@Suite struct LogarithmTests {
    struct Logarithm: Sendable, CustomTestStringConvertible {
        let function: MeasuredFunction
        /// The largest error allowed, in ULP.
        let bound: Double
        var testDescription: String { function.name }
    }

    private static let base2 = MeasuredFunction("log2", "log2(x)") { $0.logarithmBase2 }
    private static let base10 = MeasuredFunction("log10", "log10(x)") { $0.logarithmBase10 }

    static let logarithms: [Logarithm] = [
        Logarithm(function: MeasuredFunction("log", "log(x)") { $0.logarithm }, bound: 1.15),
        Logarithm(function: MeasuredFunction("log1p", "log1p(x)") { $0.logarithmOnePlus }, bound: 1.7),
        Logarithm(function: base2, bound: 1.25),
        Logarithm(function: base10, bound: 1.2),
    ]

    @Test(arguments: logarithms) func floatErrorsStayWithinTheBound(_ logarithm: Logarithm) throws {
        let points =
            SweepPoints.floats(count: 100_000) + SweepPoints.even(-1...3, count: 50_000, as: Float.self)
            + SweepPoints.around([1, 0.70710677, 1.4142135, 0.41421354, -0.29289323, 0x1p-126, 0x1p-149, 0x1p-24], steps: 50)
        let worst = try logarithm.function.worstError(at: points)
        #expect(worst.ulps <= logarithm.bound, "\(worst)")
    }

    @Test func logarithmsOfPowersOfTheBaseAreExact() throws {
        try check(Self.base2, exponents: -149...127) { Float(sign: .plus, exponent: $0, significand: 1) }
        try check(Self.base2, exponents: -1074...1023) { Double(sign: .plus, exponent: $0, significand: 1) }
        try check(Self.base10, exponents: 0...10) { (0..<$0).reduce(Float(1)) { power, _ in power * 10 } }
        try check(Self.base10, exponents: 0...22) { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
    }

    private func check<Value: LaneFloat>(
        _ logarithm: MeasuredFunction, exponents: ClosedRange<Int>, _ power: (Int) -> Value
    ) throws {
        let interpreter = try LaneInterpreter<Value>(logarithm.program(Value.precision))
        for exponent in exponents {
            let value = interpreter.run(streams: [power(exponent)])[0]
            #expect(value == Value(exponent), "\(logarithm.name)(\(power(exponent))) is \(value)")
        }
    }
}
