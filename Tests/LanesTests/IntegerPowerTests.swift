import Testing

@testable import Lanes

@Suite struct IntegerPowerTests {
    private static func interpreter<Value: LaneFloat>(_ exponent: Int, as type: Value.Type) throws -> LaneInterpreter<Value> {
        let builder = LaneBuilder(precision: Value.precision, streamCount: 1, uniformCount: 0)
        return try LaneInterpreter(builder.program(outputs: [builder.integerPower(builder.stream(0), exponent).id]))
    }

    @Test(arguments: [-64, -63, -17, -8, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7, 16, 33, 64])
    func errorsStayWithinTheirSum(_ exponent: Int) throws {
        // Each of the n - 1 products adds half a unit relative to its result, at most one unit in the last place of it; a
        // negative power takes the reciprocal first, whose half unit counts n times.
        let magnitude = Double(exponent.magnitude)
        let bound = max(0.5, exponent < 0 ? 2 * magnitude - 1 : magnitude - 1)
        let power = MeasuredFunction("power \(exponent)", "x^(\(exponent))") { builder in { builder.integerPower($0, exponent) } }
        let floats = SweepPoints.floats(count: 1000) + SweepPoints.even(-3...3, count: 2000, as: Float.self)
        let inFloat = try power.worstError(at: floats)
        #expect(inFloat.ulps <= bound, "\(inFloat)")
        let doubles = SweepPoints.doubles(count: 1000) + SweepPoints.even(-3...3, count: 2000, as: Double.self)
        let inDouble = try power.worstError(at: doubles)
        #expect(inDouble.ulps <= bound, "\(inDouble)")
    }

    @Test func reciprocalsReachTheEndsOfTheRange() throws {
        // x⁸ overflows here; its reciprocal is subnormal.
        #expect(try Self.interpreter(-8, as: Float.self).run(streams: [0x1p18])[0] == 0x1p-144)
        #expect(try Self.interpreter(-3, as: Float.self).run(streams: [-0x1p49])[0] == -0x1p-147)
        #expect(try Self.interpreter(-2, as: Double.self).run(streams: [0x1p-511])[0] == 0x1p1022)
    }

    @Test func zerosAndInfinitiesKeepTheSignOfOddPowers() throws {
        #expect(try Self.interpreter(-3, as: Float.self).run(streams: [-0.0])[0] == -.infinity)
        #expect(try Self.interpreter(-2, as: Float.self).run(streams: [-0.0])[0] == .infinity)
        #expect(try Self.interpreter(3, as: Float.self).run(streams: [-.infinity])[0] == -.infinity)
        #expect(try Self.interpreter(0, as: Float.self).run(streams: [.nan])[0] == 1)
        let third = try Self.interpreter(-3, as: Float.self).run(streams: [-.infinity])[0]
        #expect(third == 0 && third.sign == .minus)
    }
}
