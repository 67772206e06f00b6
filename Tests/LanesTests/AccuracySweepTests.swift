import CMPFR
import TestSupport
import Testing

@testable import Lanes

@Suite struct AccuracySweepTests {
    @Test func errorsAreMeasuredInUnitsOfTheLastPlace() {
        let third = ExactFunction(steps: { result, x, _ in mpfr_div_ui(result, x, 3, MPFR_RNDN) })
        #expect(third(1).errorInUlps(of: Float(1) / 3) < 0.5)
        let above = third(1).errorInUlps(of: (Float(1) / 3).nextUp)
        #expect(above > 1 && above < 1.5)
        #expect(ExactNumber(0x1p-149).errorInUlps(of: Float(0x1p-148)) == 1)
        #expect(ExactNumber(0x1p-160).errorInUlps(of: Float(0)) == 0x1p-11)
    }

    @Test func zerosInfinitiesAndNaNMustAgree() {
        #expect(ExactNumber(-0.0).errorInUlps(of: Float(-0.0)) == 0)
        #expect(ExactNumber(-0.0).errorInUlps(of: Float(0)) == .infinity)
        #expect(ExactNumber(.nan).errorInUlps(of: Float.nan) == 0)
        #expect(ExactNumber(1).errorInUlps(of: Float.nan) == .infinity)
        #expect(ExactNumber(1e60).errorInUlps(of: Float.infinity) == 0)
        #expect(ExactNumber(-1e60).errorInUlps(of: Float.infinity) == .infinity)
        #expect(ExactNumber(0x1.ffffffp127).errorInUlps(of: Float.infinity) == 0.5)
        #expect(ExactNumber(.infinity).errorInUlps(of: Float.greatestFiniteMagnitude) == .infinity)
    }

    @Test func aSweepFindsTheWorstPoint() throws {
        let square = MeasuredFunction("square", ExactFunction(mpfr_sqr)) { _ in { $0 * $0 } }
        let worst = try square.worstError(at: SweepPoints.floats(count: 4096))
        #expect(worst.ulps > 0.4 && worst.ulps <= 0.5, "\(worst)")
    }
}
