/// A positive number as 2^e·(1 + f).
struct ReducedLogarithm {
    /// -e: 0 for e = 0, so that its product with a negative number is -0, which a sum does not feel.
    let minusExponent: LaneNumber
    /// The fraction, exactly.
    let fraction: LaneNumber
}

extension LaneBuilder {
    /// The natural logarithm, within 1 ULP.
    func logarithm(_ x: LaneNumber) -> LaneNumber {
        withLogarithmSpecials(naturalLogarithm(reducedLogarithm(x)), x, pole: 0)
    }

    /// Takes a positive x apart. Subnormal numbers are multiplied into the normal range first.
    func reducedLogarithm(_ x: LaneNumber) -> ReducedLogarithm {
        let isSubnormal = x < number(float: 0x1p-126, double: 0x1p-1022)
        let normal = isSubnormal.select(x * number(float: 0x1p23, double: 0x1p52), x)
        let offset = normal.bits - logarithmOffset
        let one = exponentBias << exponentShift
        let fractionBits = offset & (1 << exponentShift - 1)
        let significand = (fractionBits + (logarithmOffset + integer(Int64(one)))).asNumber
        let bias = isSubnormal.select(
            number(float: 0x1p23 + 150, double: 0x1p52 + 1075), number(float: 0x1p23 + 127, double: 0x1p52 + 1023))
        return ReducedLogarithm(minusExponent: bias - biasedExponent(offset), fraction: significand - 1)
    }

    /// What to take from a number's bits so that its exponent steps up at √2 rather than at 2.
    var logarithmOffset: LaneInteger {
        integer(precision == .float ? 0x3f35_04f3 - 0x3f80_0000 : 0x3fe6_a09e_667f_3bcd - 0x3ff0_0000_0000_0000)
    }

    /// 2^23 (Float; 2^52 in Double) more than the exponent field of some bits.
    func biasedExponent(_ bits: LaneInteger) -> LaneNumber {
        let base: Int64 = precision == .float ? 0x4b00_0000 : 0x4330_0000_0000_0000
        return (bits.shiftedRight(exponentShift) | integer(base)).asNumber
    }

    /// e·ln 2 + log(1 + f).
    ///
    /// Float: log(1 + f) is f + f²·P(f), fitted to least relative error on [-0.2929, 0.4143], degree 9, 2^-25.
    /// Double: with s = f/(2 + f) it is log((1 + s)/(1 - s)) = 2s + s³·R(s²), fitted on [2^-30, 0.17158], degree 15, 2^-59.5;
    /// since 2s = f - s·f, the rounding errors of s count little.
    func naturalLogarithm(_ reduced: ReducedLogarithm) -> LaneNumber {
        let (minusExponent, f) = (reduced.minusExponent, reduced.fraction)
        guard precision == .double else {
            let tail = polynomial(
                f,
                [
                    -0x1.fffffap-2, 0x1.5556f2p-2, -0x1.0004b0p-2, 0x1.98d336p-3, -0x1.535a3cp-3, 0x1.317e22p-3,
                    -0x1.251406p-3, 0x1.660ee2p-4,
                ].map(number))
            return minusExponent.multipliedAdding(number(-0x1.62e430p-1), (f * f).multipliedAdding(tail, f))
        }
        let correction = logarithmCorrection(f)
        let low = minusExponent.multipliedAdding(minusLn2.low, correction)
        return minusExponent.multipliedAdding(minusLn2.high, f + low)
    }

    /// log(1 + f) - f in Double.
    func logarithmCorrection(_ f: LaneNumber) -> LaneNumber {
        let s = f / (f + 2)
        let square = s * s
        let tail = polynomial(
            square,
            [
                0x1.5555555555592p-1, 0x1.999999997ff58p-2, 0x1.24924941dc60dp-2, 0x1.c71c5218e11f5p-3,
                0x1.74663bf27dcf1p-3, 0x1.39a2024d18ee6p-3, 0x1.2f02bc1b2f46bp-3,
            ].map(number))
        return s * square.multipliedAdding(tail, -f)
    }

    /// Corrects a logarithm where its argument x is not a number above the pole: -∞ at the pole, NaN below, ∞ at ∞.
    func withLogarithmSpecials(_ logarithm: LaneNumber, _ x: LaneNumber, pole: Double) -> LaneNumber {
        // For finite x the difference is at most 0, and very far below where the logarithm is negative.
        let greatest = number(float: .greatestFiniteMagnitude, double: .greatestFiniteMagnitude)
        let reachingInfinity = logarithm.maximum(x - greatest)
        let atOrBelowPole = x.isEqual(to: pole).select(-.infinity, number(.nan))
        return (x > pole).select(reachingInfinity, atOrBelowPole)
    }
}
