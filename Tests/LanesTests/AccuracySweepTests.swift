import Testing

@testable import Lanes

@Suite struct AccuracySweepTests {
    @Test func aSweepFindsTheWorstPoint() throws {
        let square = MeasuredFunction("square", "x^2") { _ in { $0 * $0 } }
        let worst = try square.worstError(at: SweepPoints.floats(count: 4096))
        #expect(worst.ulps > 0.4 && worst.ulps <= 0.5, "\(worst)")
    }

    @Test func aWrongSignOfZeroIsInfinitelyFarOff() throws {
        let magnitude = MeasuredFunction("abs", "x") { _ in { $0.magnitude } }
        #expect(try magnitude.worstError(at: [[Float(0)]]).ulps == 0)
        #expect(try magnitude.worstError(at: [[Float(-0.0)]]).ulps == .infinity)
    }
}
