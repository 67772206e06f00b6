/// A logarithm to base 2 as an unrounded sum.
struct PreciseLogarithm {
    let high: LaneNumber
    /// At most about a unit in the last place of `high`.
    let low: LaneNumber
    /// Whether the argument was neither 0, infinite nor NaN.
    let isPositiveFinite: LaneMask
}

extension LaneBuilder {
    /// log2 of a number that is not negative, to 8 bits (Float; 11 in Double) more than the type holds, for powers.
    /// It is -∞ for 0, ∞ for ∞ and NaN for NaN; the low part is then NaN.
    ///
    /// x = 2^e·c·(1 + s)/(1 - s) where c is 1, 5/4 or 25/16, whichever leaves |s| < 0.0618. Hence
    /// log2 x = e + log2 c + s·(2/ln 2) + s³·P(s²).
    func logarithmBase2InTwoParts(_ x: LaneNumber) -> PreciseLogarithm {
        // c changes where the error of either choice is the same, and e at the mean of 25/16 and 2.
        let parts = binaryParts(x, lowest: (0x1.c48c6p-1, 0x1.c48c6001f0acp-1))
        let m = parts.significand
        let isAboveFirst = m > 1.118033988749895
        let isAboveSecond = m > 1.3975424859373686
        let center = isAboveSecond.select(1.5625, isAboveFirst.select(1.25, number(1)))
        // The first digits of log2 c; the rest is a multiple of them.
        let step = (float: 0x1.49a8p-2 as Float, double: 0x1.49a784bcd2p-2)
        let centerLogarithm = isAboveSecond.select(
            number(float: 2 * step.float, double: 2 * step.double),
            isAboveFirst.select(number(float: step.float, double: step.double), number(0)))
        let centerRest = number(float: -0x1.7ee2c8p-18, double: -0x1.bb094bf822659p-43)

        // s in two parts, the first of half as many digits as the type has: its square and all below are exact.
        let difference = m - center
        let reciprocal = 1 / (m + center)
        let s = difference * reciprocal
        let upperDigits: Int64 = precision == .float ? -1 << 12 : -1 << 27
        let high = (s.bits & upperDigits).asNumber
        let rest = (-high).multipliedAdding(m, (-high).multipliedAdding(center, difference))
        let low = rest * reciprocal

        // s·2/ln 2, where the factor's first part has half the digits too.
        let linear = high * number(float: 0x1.716p1, double: 0x1.7154768p1)
        let linearRest = high.multipliedAdding(
            number(float: -0x1.7135a8p-12, double: -0x1.6a3e80f444178p-26), low * number(2.8853900817779268))
        let small = cubicTerms(s, high: high, low: low, plus: centerLogarithm.multipliedAdding(centerRest, linearRest))
        let fraction = linear + small
        let fractionRest = small - (fraction - linear)

        let special = parts.minusExponent.multipliedAdding(number(-.infinity), x)
        let whole = parts.isPositiveFinite.select(centerLogarithm - parts.minusExponent, special)
        let total = whole + fraction
        return PreciseLogarithm(
            high: total, low: fraction - (total - whole) + fractionRest, isPositiveFinite: parts.isPositiveFinite)
    }

    /// s³·P(s²) + a small number.
    ///
    /// P is fitted on s² in [2^-40, 0.0618²] so that its error, as a part of the logarithm, is least: degree 2, 2^-39.9
    /// (Float); degree 5, 2^-71.1 (Double), where the constant coefficient has two parts.
    private func cubicTerms(_ s: LaneNumber, high: LaneNumber, low: LaneNumber, plus addend: LaneNumber) -> LaneNumber {
        let square = s * s
        guard precision == .double else {
            let series = polynomial(square, [0x1.ec709ep-1, 0x1.27758ap-1, 0x1.a96c68p-2].map(number))
            return (s * square).multipliedAdding(series, addend)
        }
        // The rounding error of s³ counts.
        let highSquare = high * high
        let cube = high * highSquare
        let cubeRest = (high * s * low).multipliedAdding(number(3), high.multipliedAdding(highSquare, -cube))
        let series = polynomial(
            square,
            [
                0x1.cfb961864428bp-55, 0x1.2776c50ef9c31p-1, 0x1.a61762a762e91p-2, 0x1.484b151e23bdp-2,
                0x1.0c98027479411p-2, 0x1.cb1b35d6c99e8p-3,
            ].map(number))
        let first = number(0x1.ec709dc3a03fdp-1)
        let rest = cubeRest.multipliedAdding(first, (s * square).multipliedAdding(series, addend))
        return cube.multipliedAdding(first, rest)
    }
}
