import Accuracy
import Formulas
import Testing

@testable import Lanes

/// A trigonometric function with the largest error found in it, in ULP, by Float's sweeps and by Double's.
private struct TrigonometricCase: Sendable, CustomTestStringConvertible {
    let function: MeasuredFunction
    let floatLimit: Double
    let doubleLimit: Double

    var testDescription: String { function.testDescription }

    static let all = [
        TrigonometricCase(
            function: MeasuredFunction("sin", "sin(x)") { $0.sine }, floatLimit: 1.8, doubleLimit: 1.9),
        TrigonometricCase(
            function: MeasuredFunction("cos", "cos(x)") { $0.cosine }, floatLimit: 1.8, doubleLimit: 1.9),
        TrigonometricCase(
            function: MeasuredFunction("sin with cos", "sin(x)") { builder in
                { builder.sineAndCosine($0).sine }
            }, floatLimit: 1.55, doubleLimit: 1.5),
        TrigonometricCase(
            function: MeasuredFunction("cos with sin", "cos(x)") { builder in
                { builder.sineAndCosine($0).cosine }
            }, floatLimit: 1.55, doubleLimit: 1.5),
        TrigonometricCase(
            function: MeasuredFunction("tan", "tan(x)") { $0.tangent }, floatLimit: 1.9, doubleLimit: 1.9),
    ]
}

@Suite struct TrigonometryTests {
    @Test(arguments: TrigonometricCase.all)
    private func floatsAllOver(_ it: TrigonometricCase) throws {
        let points = SweepPoints.floats(count: 50_000) + SweepPoints.even(-20...20, count: 25_000, as: Float.self)
        let worst = try it.function.worstError(at: points)
        #expect(worst.ulps <= it.floatLimit, "\(worst)")
    }

    @Test(arguments: TrigonometricCase.all)
    private func doublesAllOver(_ it: TrigonometricCase) throws {
        let points =
            SweepPoints.doubles(count: 10_000) + SweepPoints.even(-20...20, count: 20_000, as: Double.self)
            + SweepPoints.doubles(count: 10_000, exponents: -8...40)
        let worst = try it.function.worstError(at: points)
        #expect(worst.ulps <= it.doubleLimit, "\(worst)")
    }

    @Test(arguments: TrigonometricCase.all)
    private func nearMultiplesOfAQuarterTurn(_ it: TrigonometricCase) throws {
        var multiples: [Double] = []
        for shift in 0..<40 {
            for odd in [1, 3, 5, 7] { multiples.append(Double(odd << shift) * (Double.pi / 2)) }
        }
        let floats: [[Float]] = SweepPoints.around(
            HardPoints.nearQuarterTurnsInFloat.map { Float($0) } + multiples.map { Float($0) })
        let worstFloat = try it.function.worstError(at: floats)
        #expect(worstFloat.ulps <= it.floatLimit, "\(worstFloat)")
        let worstDouble = try it.function.worstError(at: SweepPoints.around(HardPoints.nearQuarterTurnsInDouble + multiples))
        #expect(worstDouble.ulps <= it.doubleLimit, "\(worstDouble)")
    }

    /// Both sides of the thresholds between the reductions, and every exponent past them.
    @Test(arguments: TrigonometricCase.all)
    private func theColdPath(_ it: TrigonometricCase) throws {
        let floats = (15...127).flatMap { exponent in
            [1, 1.234_567, 1.999_999].map { [Float(sign: .plus, exponent: exponent, significand: $0)] }
        }
        let worstFloat = try it.function.worstError(at: floats + SweepPoints.around([0x1p17, -0x1p17], steps: 100))
        #expect(worstFloat.ulps <= it.floatLimit, "\(worstFloat)")
        let doubles = (28...1023).flatMap { exponent in
            [1, 1.234_567_890_123, 1.999_999_999_999].map { [Double(sign: .minus, exponent: exponent, significand: $0)] }
        }
        let worstDouble = try it.function.worstError(at: doubles + SweepPoints.around([0x1p30, -0x1p30], steps: 100))
        #expect(worstDouble.ulps <= it.doubleLimit, "\(worstDouble)")
    }

    /// Alone, the cold function reduces small numbers as well: correctly rounded but for a hundredth of a unit.
    @Test func theColdFunctionTakesAnyArgument() throws {
        let angle = MeasuredFunction(
            "angle",
            "asin(sin(abs(x)))"
        ) { _ in
            { x in
                (x.magnitude > -1).cold(
                    .trigonometricReduction, x, result: TrigonometricReductionResult.sineAngle.rawValue, otherwise: x)
            }
        }
        let float = try angle.worstError(
            at: SweepPoints.floats(count: 9973) + SweepPoints.around(HardPoints.nearQuarterTurnsInFloat.map { Float($0) }))
        #expect(float.ulps <= 0.51, "\(float)")
        let double = try angle.worstError(
            at: SweepPoints.doubles(count: 5000) + SweepPoints.around(HardPoints.nearQuarterTurnsInDouble))
        #expect(double.ulps <= 0.51, "\(double)")
        try ColdFunction.trigonometricReduction.program(.float).verify(allowsScalarOnly: true)
        try ColdFunction.trigonometricReduction.program(.double).verify(allowsScalarOnly: true)
    }

    @Test(arguments: TrigonometricCase.all)
    private func specialValues(_ it: TrigonometricCase) throws {
        let points: [Double] = [
            .nan, .infinity, -.infinity, 0, -0.0, 0x1p-149, -0x1p-149, 0x1.fffffcp-127, -0x1p-126, 0x1p-60, -0x1p-60,
        ]
        let float = try it.function.worstError(at: points.map { [Float($0)] })
        #expect(float.ulps < 1e-9, "\(float)")
        let double = try it.function.worstError(at: (points + [0x1p-1074, -0x1p-1022]).map { [$0] })
        #expect(double.ulps < 1e-9, "\(double)")
    }

    @Test func sineAndCosineNeverPassOne() throws {
        for it in TrigonometricCase.all.prefix(4) {
            let float = try LaneInterpreter<Float>(it.function.program(.float))
            let double = try LaneInterpreter<Double>(it.function.program(.double))
            for step in -2_000...2_000 {
                for multiple in 0..<4 {
                    let x = Double(multiple) * (.pi / 2)
                    let one = float.run(streams: [Float(x) + Float(step) * 0x1p-23])[0]
                    #expect(one.magnitude <= 1, "\(it.function.name) \(x) \(step)")
                    let other = double.run(streams: [x + Double(step) * 0x1p-38])[0]
                    #expect(other.magnitude <= 1, "\(it.function.name) \(x) \(step)")
                }
            }
        }
    }
}
