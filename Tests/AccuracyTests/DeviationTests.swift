import Accuracy
import Formulas
import Testing

@Suite struct DeviationTests {
    private func deviation<Value: MeasuredFloat>(_ computed: Value, _ exact: Double) -> Deviation {
        Deviation(of: computed, from: BigFloat(exact, bits: 100))
    }

    @Test func errorsAreMeasuredInUnitsOfTheLastPlace() {
        let third = BigFloat(1, bits: 100).divided(by: BigFloat(3, bits: 100))
        #expect(Deviation(of: Float(1) / 3, from: third).ulps < 0.5)
        let above = Deviation(of: (Float(1) / 3).nextUp, from: third).ulps
        #expect(above > 1 && above < 1.5)
        #expect(deviation(Float(0x1p-148), 0x1p-149).ulps == 1)
        #expect(deviation(Float(0), 0x1p-160).ulps == 0x1p-11)
        // The unit is that of the true value, below the power of 2 that it may be rounded to.
        #expect(deviation(Float(1), 1 - 0x1p-26).ulps == 0.25)
    }

    @Test func zerosInfinitiesAndNaNMustAgree() {
        #expect(deviation(Float(-0.0), -0.0) == deviation(Float(1), 1))
        #expect(deviation(Float(0), -0.0).isWrongSpecial)
        #expect(deviation(Float(-0.0), 0x1p-160).isWrongSpecial)
        #expect(!deviation(Float(0), 0x1p-160).isWrongSpecial)
        #expect(deviation(Float(1), 0).isWrongSpecial)
        #expect(deviation(Float.nan, .nan).ulps == 0)
        #expect(deviation(Float.nan, 1).isWrongSpecial)
        #expect(deviation(Float(1), .nan).isWrongSpecial)
        #expect(deviation(Float.infinity, 1e60).ulps == 0)
        #expect(deviation(-Float.infinity, 1e60).isWrongSpecial)
        #expect(deviation(Float.infinity, 0x1.ffffffp127).ulps == 0.5)
        #expect(!deviation(Float.infinity, 0x1.ffffffp127).isWrongSpecial)
        #expect(deviation(Float.infinity, 0x1.fffff0p127).isWrongSpecial)
        #expect(deviation(Float.greatestFiniteMagnitude, .infinity).ulps == .infinity)
        #expect(deviation(Float.greatestFiniteMagnitude, 0x1p128).ulps == 1)
        #expect(deviation(Float.greatestFiniteMagnitude, 0x1p129).isWrongSpecial)
    }

    /// Both ways to measure agree wherever the true value is one of the wider type's numbers.
    @Test func theWideMeasureIsTheExactOne() {
        var generator = SplitMix64(seed: 5)
        let specials = HardPoints.special(.float)
        for index in 0..<20_000 {
            let computed = Float(
                index % 3 == 0
                    ? specials.randomElement(using: &generator) ?? 0
                    : Double(Float(bitPattern: .random(in: 0 ... .max, using: &generator))))
            let exact: Double =
                switch index % 4 {
                case 0: specials.randomElement(using: &generator) ?? 0
                case 1: Double(computed) * (1 + .random(in: -1e-6...1e-6, using: &generator))
                case 2: Double(computed) * .random(in: 0.5...2, using: &generator)
                default: Double(sign: .minus, exponent: .random(in: -155...132, using: &generator), significand: 1.25)
                }
            let precise = deviation(computed, exact)
            let wide = Deviation(of: computed, fromWide: exact)
            #expect(precise == wide, "\(computed) for \(exact): \(precise), \(wide)")
        }
    }
}
