extension LaneBuilder {
    /// The natural logarithm, within 1.25 ULP.
    func logarithm(_ x: LaneNumber) -> LaneNumber {
        let parts = binaryParts(x, lowest: lowestSignificand)
        let logarithm = naturalLogarithm(minusExponent: parts.minusExponent, fraction: parts.significand - 1)
        return withLogarithmSpecials(logarithm, of: parts, x)
    }

    /// √½, from which significands reach to √2, so that their logarithms are small.
    var lowestSignificand: (float: Float, double: Double) { (0x1.6a09e6p-1, 0x1.6a09e667f3bcdp-1) }

    /// e·ln 2 + log(1 + f).
    ///
    /// Float: log(1 + f) is f + f²·P(f), fitted to least relative error on [-0.2929, 0.4143], degree 9, 2^-25; degree 8,
    /// 2^-22.4, in the fast mode.
    /// Double: with s = f/(2 + f) it is log((1 + s)/(1 - s)) = 2s + s³·R(s²), fitted on [2^-30, 0.17158], degree 15, 2^-59.5;
    /// since 2s = f - s·f, the rounding errors of s count little.
    func naturalLogarithm(minusExponent: LaneNumber, fraction f: LaneNumber) -> LaneNumber {
        guard precision == .double else {
            let tail = polynomial(
                f,
                float: [
                    -0x1.fffffap-2, 0x1.5556f2p-2, -0x1.0004b0p-2, 0x1.98d336p-3, -0x1.535a3cp-3, 0x1.317e22p-3,
                    -0x1.251406p-3, 0x1.660ee2p-4,
                ], double: [],
                fastFloat: [
                    -0x1.00006cp-1, 0x1.5558f4p-2, -0x1.ff6966p-3, 0x1.97b1b4p-3, -0x1.6122aep-3, 0x1.4b5d1ap-3, -0x1.9cf44cp-4,
                ])
            return minusExponent.multipliedAdding(number(-0x1.62e430p-1), (f * f).multipliedAdding(tail, f))
        }
        let correction = logarithmCorrection(f)
        let low = minusExponent.multipliedAdding(minusLn2.low, correction)
        return minusExponent.multipliedAdding(minusLn2.high, f + low)
    }

    /// log(1 + f) - f in Double; two degrees shorter in the fast mode, 2^-52.2.
    func logarithmCorrection(_ f: LaneNumber) -> LaneNumber {
        let s = f / (f + 2)
        let square = s * s
        let tail = polynomial(
            square, float: [],
            double: [
                0x1.5555555555592p-1, 0x1.999999997ff58p-2, 0x1.24924941dc60dp-2, 0x1.c71c5218e11f5p-3,
                0x1.74663bf27dcf1p-3, 0x1.39a2024d18ee6p-3, 0x1.2f02bc1b2f46bp-3,
            ],
            fastDouble: [
                0x1.5555555553977p-1, 0x1.999999a28f784p-2, 0x1.24924179f988ep-2, 0x1.c72276f83340cp-3,
                0x1.732c452f60271p-3, 0x1.587635bf4998ap-3,
            ])
        return s * square.multipliedAdding(tail, -f)
    }

    /// Corrects a logarithm where its argument is no positive finite number: -∞ at 0, NaN below, ∞ at ∞, NaN of NaN.
    func withLogarithmSpecials(_ logarithm: LaneNumber, of parts: BinaryParts, _ x: LaneNumber) -> LaneNumber {
        var special = parts.minusExponent.multipliedAdding(number(-.infinity), x)
        if precision == .double {
            special = (parts.enlarged.bits < integer(0)).select(.nan, special)
        }
        return parts.isPositiveFinite.select(logarithm, special)
    }
}
