extension LaneBuilder {
    /// log(1 + x), within 1.75 ULP.
    ///
    /// The exponent e is that of 1 + x as rounded; the fraction is taken from x itself, as x·2^-e - (1 - 2^-e).
    func logarithmOnePlus(_ x: LaneNumber) -> LaneNumber {
        let sum = x + 1
        let parts = normalParts(sum, lowest: lowestSignificand)
        // 2^(2 - e) first: 2^-e may be subnormal.
        let four = integer(Int64(twoStepBias + 2) << Int64(exponentShift))
        let scale = (four - (parts.moved & number(.infinity).bits)).asNumber * 0.25
        let fraction = x.multipliedAdding(scale, -(1 - scale))
        let minusExponent = parts.exponentOffset - parts.offsetExponent
        let logarithm = naturalLogarithm(minusExponent: minusExponent, fraction: fraction)
        if precision == .float {
            // The fraction carries ∞ and NaN, and the exponent makes NaN of sums below 0.
            return sum.isEqual(to: 0).select(-.infinity, logarithm)
        }
        let sumParts = BinaryParts(
            minusExponent: minusExponent, significand: parts.significand, isPositiveFinite: sum < sum + sum, enlarged: sum)
        return withLogarithmSpecials(logarithm, of: sumParts, sum)
    }
}
