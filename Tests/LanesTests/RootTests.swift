import Accuracy
import Testing

@testable import Lanes

@Suite struct RootTests {
    private static let cubeRoot = MeasuredFunction("cbrt", "cbrt(x)") { $0.cubeRoot }
    private static let hypotenuse = MeasuredFunction("hypot", "hypot(x, y)") { $0.hypotenuse }

    @Test func cubeRootErrorsStayWithinTheBound() throws {
        let floats = SweepPoints.floats(count: 200_000) + SweepPoints.around([0x1p-126, 1, 8, 27, 0x1p-149, 0x1p-24])
        let inFloat = try Self.cubeRoot.worstError(at: floats)
        #expect(inFloat.ulps <= 0.9, "\(inFloat)")
        let inDouble = try Self.cubeRoot.worstError(at: SweepPoints.doubles(count: 100_000))
        #expect(inDouble.ulps <= 0.9, "\(inDouble)")
    }

    @Test func cubeRootsOfZeroInfinityAndNaNAreThemselves() throws {
        let interpreter = try LaneInterpreter<Float>(Self.cubeRoot.program(.float))
        for x: Float in [0, -0.0, .infinity, -.infinity] {
            #expect(interpreter.run(streams: [x])[0].bitPattern == x.bitPattern)
        }
        #expect(interpreter.run(streams: [.nan])[0].isNaN)
    }

    @Test func hypotenuseErrorsStayWithinTheBound() throws {
        let inFloat = try Self.hypotenuse.worstError(
            at: Self.pairs(exponents: -149...127, digits: 24).map { $0.map(Float.init) })
        #expect(inFloat.ulps <= 1, "\(inFloat)")
        let inDouble = try Self.hypotenuse.worstError(at: Self.pairs(exponents: -1074...1023, digits: 53))
        #expect(inDouble.ulps <= 1, "\(inDouble)")
    }

    /// Pairs of any size whose lengths are near enough that both count.
    private static func pairs(exponents: ClosedRange<Int>, digits: Int) -> [[Double]] {
        var generator = SplitMix64(seed: 11)
        return (0..<50_000).map { _ in
            let x = SweepPoints.double(exponents, &generator)
            let ratio = SweepPoints.double(-digits / 2 - 1...0, &generator)
            return Bool.random(using: &generator) ? [x, x * ratio] : [x * ratio, x]
        }
    }

    @Test func hypotenuseFollowsC99() throws {
        let greatest = Float.greatestFiniteMagnitude
        let least = Float.leastNonzeroMagnitude
        let cases: [(Float, Float, Float)] = [
            (.infinity, .nan, .infinity), (.nan, -.infinity, .infinity), (-.infinity, 1, .infinity), (1, .nan, .nan),
            (.nan, 0, .nan), (-3, 4, 5), (0, -0.0, 0), (-0.0, -0.0, 0), (0, -7, 7), (greatest, 0, greatest),
            (greatest, greatest, .infinity), (3 * least, -4 * least, 5 * least), (3e30, 4e30, 5e30), (least, 0, least),
        ]
        let interpreter = try LaneInterpreter<Float>(Self.hypotenuse.program(.float))
        for (x, y, wanted) in cases {
            let value = interpreter.run(streams: [x, y])[0]
            #expect(value.isNaN ? wanted.isNaN : value.bitPattern == wanted.bitPattern, "hypot(\(x), \(y)) is \(value)")
        }
    }
}
