extension LaneBuilder {
    /// log(1 + x), within 1.5 ULP.
    ///
    /// The exponent e is that of 1 + x as rounded; the fraction is taken from x itself, as x·2^-e - (1 - 2^-e).
    func logarithmOnePlus(_ x: LaneNumber) -> LaneNumber {
        let offset = (x + 1).bits - logarithmOffset
        let exponentField: Int64 = precision == .float ? 0x7f80_0000 : 0x7ff0_0000_0000_0000
        // 2^(2 - e) first: 2^-e may be subnormal.
        let four = integer(Int64(twoStepBias + 2) << Int64(exponentShift))
        let scale = (four - (offset & exponentField)).asNumber * 0.25
        let fraction = x.multipliedAdding(scale, -(1 - scale))
        let bias = number(float: 0x1p23 + 127, double: 0x1p52 + 1023)
        let reduced = ReducedLogarithm(minusExponent: bias - biasedExponent(offset), fraction: fraction)
        return withLogarithmSpecials(naturalLogarithm(reduced), x, pole: -1)
    }
}
