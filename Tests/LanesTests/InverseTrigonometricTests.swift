import Accuracy
import Formulas
import Testing

@testable import Lanes

@Suite("Inverse trigonometric functions")
struct InverseTrigonometricTests {
    private static let functions = [
        MeasuredFunction("asin", "asin(x)") { $0.arcSine },
        MeasuredFunction("acos", "acos(x)") { $0.arcCosine },
        MeasuredFunction("atan", "atan(x)") { $0.arcTangent },
    ]
    private static let arcTangent2 = MeasuredFunction("atan2", "atan2(x, y)") { $0.arcTangent2 }

    /// Where the expansions change from one side to the other, and the ends of their domains.
    private static let hard: [Double] = [
        0, 0.5, -0.5, 1, -1, 0x1p-12, 0x1p-30, 0x1p-126, 0x1p-149, 2, 1e4, 1e30, 0.8660254037844386,
    ]

    @Test("Errors over all floats", arguments: functions)
    func float(_ function: MeasuredFunction) throws {
        let points =
            SweepPoints.floats(count: 20_000) + SweepPoints.even(-1.1...1.1, count: 60_000, as: Float.self)
            + SweepPoints.around(Self.hard.map { Float($0) })
        let worst = try function.worstError(at: points)
        #expect(worst.ulps <= 2, "\(worst)")
    }

    @Test("Errors over doubles", arguments: functions)
    func double(_ function: MeasuredFunction) throws {
        let points =
            SweepPoints.doubles(count: 3_000) + SweepPoints.even(-1.1...1.1, count: 20_000, as: Double.self)
            + SweepPoints.doubles(count: 3_000, exponents: -40...20) + SweepPoints.around(Self.hard)
        let worst = try function.worstError(at: points)
        #expect(worst.ulps <= 2, "\(worst)")
    }

    @Test("Errors of atan2 in all quadrants and scales")
    func arcTangent2() throws {
        var generator = SplitMix64(seed: 3)
        let floats = (0..<40_000).map { index -> [Float] in
            let exponents = index % 2 == 0 ? -140...120 : -3...3
            return [Float(SweepPoints.double(exponents, &generator)), Float(SweepPoints.double(exponents, &generator))]
        }
        let worstFloat = try Self.arcTangent2.worstError(at: floats)
        #expect(worstFloat.ulps <= 2, "\(worstFloat)")
        let doubles = (0..<20_000).map { index in
            let exponents = index % 2 == 0 ? -500...500 : -3...3
            return [SweepPoints.double(exponents, &generator), SweepPoints.double(exponents, &generator)]
        }
        let worstDouble = try Self.arcTangent2.worstError(at: doubles)
        #expect(worstDouble.ulps <= 2, "\(worstDouble)")
    }

    @Test("atan2 at zeros and infinities, as C99 F.9.1.4 has it")
    func arcTangent2Specials() throws {
        let interpreter = try LaneInterpreter<Double>(Self.arcTangent2.program(.double))
        let (pi, inf) = (Double.pi, Double.infinity)
        let cases: [(y: Double, x: Double, angle: Double)] = [
            (0, 0, 0), (-0.0, 0, -0.0), (0, -0.0, pi), (-0.0, -0.0, -pi), (0, 1, 0), (-0.0, 1, -0.0), (0, -1, pi),
            (-0.0, -1, -pi), (1, 0, pi / 2), (-1, 0, -pi / 2), (1, -0.0, pi / 2), (1, inf, 0), (-1, inf, -0.0),
            (1, -inf, pi), (-1, -inf, -pi), (inf, 1, pi / 2), (-inf, 1, -pi / 2), (inf, inf, pi / 4),
            (inf, -inf, 3 * pi / 4), (-inf, inf, -pi / 4), (-inf, -inf, -3 * pi / 4),
        ]
        for (y, x, angle) in cases {
            let result = interpreter.run(streams: [y, x])[0]
            #expect(result == angle && result.sign == angle.sign, "atan2(\(y), \(x)) = \(result)")
        }
        #expect(interpreter.run(streams: [.nan, 1])[0].isNaN && interpreter.run(streams: [1, .nan])[0].isNaN)
        #expect(interpreter.run(streams: [.nan, .infinity])[0].isNaN && interpreter.run(streams: [0, .nan])[0].isNaN)
    }

    @Test("Values at the ends, outside the domain and at NaN, as C99 F.9.1 has them")
    func specials() throws {
        let asin = try LaneInterpreter<Float>(Self.functions[0].program(.float))
        let acos = try LaneInterpreter<Float>(Self.functions[1].program(.float))
        let atan = try LaneInterpreter<Float>(Self.functions[2].program(.float))
        let halfPi = Float(Double.pi / 2)
        #expect(asin.run(streams: [1])[0] == halfPi && asin.run(streams: [-1])[0] == -halfPi)
        #expect(acos.run(streams: [1])[0] == 0 && acos.run(streams: [-1])[0] == Float(Double.pi))
        #expect(atan.run(streams: [.infinity])[0] == halfPi && atan.run(streams: [-.infinity])[0] == -halfPi)
        for function in [asin, atan] { #expect(function.run(streams: [-0.0])[0].bitPattern == (-0.0 as Float).bitPattern) }
        for function in [asin, acos] {
            for x in [1.0000001, -1.0000001, .infinity, -.infinity] as [Float] { #expect(function.run(streams: [x])[0].isNaN) }
        }
        for function in [asin, acos, atan] { #expect(function.run(streams: [.nan])[0].isNaN) }
    }
}
