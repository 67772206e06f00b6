import CMPFR
import Formulas
import TestSupport
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
            function: MeasuredFunction("sin", ExactFunction(mpfr_sin)) { $0.sine }, floatLimit: 1.8, doubleLimit: 1.9),
        TrigonometricCase(
            function: MeasuredFunction("cos", ExactFunction(mpfr_cos)) { $0.cosine }, floatLimit: 1.8, doubleLimit: 1.9),
        TrigonometricCase(
            function: MeasuredFunction("sin with cos", ExactFunction(mpfr_sin)) { builder in
                { builder.sineAndCosine($0).sine }
            }, floatLimit: 1.55, doubleLimit: 1.5),
        TrigonometricCase(
            function: MeasuredFunction("cos with sin", ExactFunction(mpfr_cos)) { builder in
                { builder.sineAndCosine($0).cosine }
            }, floatLimit: 1.55, doubleLimit: 1.5),
        TrigonometricCase(
            function: MeasuredFunction("tan", ExactFunction(mpfr_tan)) { $0.tangent }, floatLimit: 1.9, doubleLimit: 1.9),
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
        let floats: [[Float]] = SweepPoints.around(Self.hardestFloats + multiples.map { Float($0) })
        let worstFloat = try it.function.worstError(at: floats)
        #expect(worstFloat.ulps <= it.floatLimit, "\(worstFloat)")
        let worstDouble = try it.function.worstError(at: SweepPoints.around(Self.hardestDoubles + multiples))
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
            ExactFunction { (result: mpfr_ptr, x: mpfr_ptr, _: mpfr_ptr) in
                _ = mpfr_abs(result, x, MPFR_RNDN)
                _ = mpfr_sin(result, result, MPFR_RNDN)
                _ = mpfr_asin(result, result, MPFR_RNDN)
            }
        ) { _ in
            { x in
                (x.magnitude > -1).cold(
                    .trigonometricReduction, x, result: TrigonometricReductionResult.sineAngle.rawValue, otherwise: x)
            }
        }
        let float = try angle.worstError(at: SweepPoints.floats(count: 9973) + SweepPoints.around(Self.hardestFloats))
        #expect(float.ulps <= 0.51, "\(float)")
        let double = try angle.worstError(
            at: SweepPoints.doubles(count: 5000) + SweepPoints.around(Self.hardestDoubles))
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

    // The numbers of each type nearest to a multiple of π/2, for exponents over the whole range: best approximations by the
    // continued fraction of 2^e·2/π with significands of 24 or 53 bits.
    private static let hardestFloats: [Float] = [
        0x1.921fb6p0, 0x1.2d97c8p4, 0x1.f9cbe2p7, 0x1.f9cbe2p10, 0x1.17cc5p14, 0x1.04ccbcp18, 0x1.4ac55cp22, 0x1.4665d2p26,
        0x1.27a94ap30, 0x1.47d0fep34, 0x1.47d0fep36, 0x1.628d4cp40, 0x1.628d4cp44, 0x1.705312p48, 0x1.ee8172p52,
        0x1.00de68p56, 0x1.0f79ap60, 0x1.c82258p64, 0x1.a7624cp68, 0x1.cc0182p72, 0x1.13093p76, 0x1.13093p80, 0x1.8dc776p84,
        0x1.32ede2p86, 0x1.abb4bp90, 0x1.0b50eep94, 0x1.f37c8ap95, 0x1.f37c8ap96, 0x1.f37c8ap98, 0x1.7f4134p102,
        0x1.a5bcb2p106, 0x1.484dd6p110, 0x1.517106p114, 0x1.f99756p118, 0x1.074e1p122, 0x1.7b9b4p126,
    ]

    private static let hardestDoubles: [Double] = [
        0x1.921fb54442d18p0, 0x1.6c6cbc45dc8dep6, 0x1.65a1dd290660fp16, 0x1.b951f1572eba5p24, 0x1.7512069b7430dp48,
        0x1.99caa5236feeap80, 0x1.0a68eca9141aap112, 0x1.504cac51f1eafp131, 0x1.5ad5a62cb1cc9p144, 0x1.d28d5c4c5e73bp176,
        0x1.e7e44a78ac18cp197, 0x1.33322fd48b212p224, 0x1.b2196364d750bp256, 0x1.3e51cbf3b4ecap288, 0x1.1a73ee3fd4ba9p304,
        0x1.3671f965e06e3p336, 0x1.64b413dd64fcbp368, 0x1.82f9a53010eefp400, 0x1.372ec0e7828ecp432, 0x1.f7af940f1167p464,
        0x1.7833fa59d0dfdp496, 0x1.2aa88328eba84p528, 0x1.6bf5d7abaf7c8p560, 0x1.4c96c11134d36p577, 0x1.5157705a306a2p608,
        0x1.668db30162b3dp640, 0x1.97e359bb79bb4p672, 0x1.3ecb76de9e4bep688, 0x1.87172196d5822p720, 0x1.1b21e01142fb4p752,
        0x1.6de1f1aefcdbfp784, 0x1.c2af3697047p816, 0x1.9ff0f3caccdbp848, 0x1.6ac5b262ca1ffp849, 0x1.6ac5b262ca1ffp850,
        0x1.cfe482285f8edp860, 0x1.e398fe7099b7ap880, 0x1.0332fe835389ap912, 0x1.4117573397d42p944, 0x1.408e81423ea13p976,
        0x1.e009c53148be1p992,
    ]
}
