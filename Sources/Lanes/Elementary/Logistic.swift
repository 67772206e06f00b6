extension LaneBuilder {
    /// 1/(1 + e^-x), within 2 ULP.
    ///
    /// The smaller of sigmoid(x) and sigmoid(-x) comes from a division and the larger is 1 less it, so that the two share
    /// everything but the last choice.
    func sigmoid(_ x: LaneNumber) -> LaneNumber {
        let opposite = negated(x)
        let base = opposite ?? x
        let smaller = smallerSigmoid(base)
        let larger = 1 - smaller
        let isNegative = base < 0
        return opposite == nil ? isNegative.select(smaller, larger) : isNegative.select(larger, smaller)
    }

    /// sigmoid(x)·sigmoid(-x), which is e^-x/(1 + e^-x)², the derivative of sigmoid; within 2 ULP.
    func logisticDensity(_ x: LaneNumber) -> LaneNumber {
        let (z, quotient) = logisticQuotient(negated(x) ?? x)
        let smaller = (-z).multipliedAdding(quotient, z)
        // smaller - smaller², with what the rounding of the first left.
        let rest = (-z).multipliedAdding(quotient, z - smaller)
        return smaller + (-smaller).multipliedAdding(smaller, rest)
    }

    /// sigmoid(-|x|), which is z/(1 + z) with z = e^-|x|.
    private func smallerSigmoid(_ x: LaneNumber) -> LaneNumber {
        let (z, quotient) = logisticQuotient(x)
        // Also z/(1 + z), but where z is small, the quotient's rounding errors no longer count.
        return (-z).multipliedAdding(quotient, z)
    }

    /// z and z/(1 + z), for z = e^-|x|.
    private func logisticQuotient(_ x: LaneNumber) -> (z: LaneNumber, quotient: LaneNumber) {
        let z = decay(x)
        return (z, z / (z + 1))
    }

    /// tanh(softplus(x)) = t·(t + 2)/(t·(t + 2) + 2) with t = e^x, within 2 ULP.
    ///
    /// Above 0 it is computed as 1 - 2/(t·(t + 2) + 2), below as t - t·(t² + t)/(t·(t + 2) + 2): what is taken away is the
    /// smaller part, so that its rounding errors count little.
    func hyperbolicTangentOfSoftplus(_ x: LaneNumber) -> LaneNumber {
        // Past the bound the result rounds to 1.
        let t = exponential(number(22).minimum(x))
        let isNegative = x < 0
        let start = isNegative.select(t, number(1))
        let numerator = isNegative.select(t.multipliedAdding(t, t), number(2))
        let quotient = numerator / t.multipliedAdding(t + 2, number(2))
        return (-start).multipliedAdding(quotient, start)
    }

    /// log(1 + e^x), within 2 ULP: max(x, 0) + log(1 + e^-|x|).
    func softplus(_ x: LaneNumber) -> LaneNumber {
        // NaN comes through the exponential, so that it does not matter which operand the maximum takes.
        x.maximum(number(0)) + logarithmOnePlusOfUnitInterval(decay(negated(x) ?? x))
    }

    /// e^-|x|, within 1 ULP.
    ///
    /// It is computed 2^30 times as large (Float; 2^60 in Double), where it is always a normal number.
    private func decay(_ x: LaneNumber) -> LaneNumber {
        let bounded = number(float: -104, double: -746).maximum(negativeMagnitude(x))
        let reduced = reducedExponent(bounded, bias: exponentBias + (precision == .float ? 30 : 60))
        let scale = powerOfTwo(reduced.biasedMultiple)
        let scaled = scale.multipliedAdding(exponentialMinusOneOfRemainder(reduced.remainder), scale)
        return scaled * number(float: 0x1p-30, double: 0x1p-60)
    }

    /// log(1 + z) for z in [0, 1].
    ///
    /// Float: z + z²·P(z), fitted to least relative error on [2^-24, 1], degree 10, 2^-27.5. Double: with s = z/(2 + z) it
    /// is log((1 + s)/(1 - s)) = 2s + s³·R(s²), fitted on [2^-30, 1/3], degree 21, 2^-59.4; since 2s = z - z·s,
    /// s is wanted less accurately than z.
    private func logarithmOnePlusOfUnitInterval(_ z: LaneNumber) -> LaneNumber {
        if precision == .float {
            let tail = polynomial(
                z,
                [
                    -0x1.ffffd2p-2, 0x1.554ddap-2, -0x1.ff2556p-3, 0x1.935568p-3, -0x1.3a6736p-3, 0x1.b53c48p-4,
                    -0x1.d7efa8p-5, 0x1.4a9226p-6, -0x1.b22adep-9,
                ].map(number))
            return (z * z).multipliedAdding(tail, z)
        }
        let s = z / (z + 2)
        let w = s * s
        let tail = polynomial(
            w,
            [
                0x1.5555555555535p-1, 0x1.99999999a0728p-2, 0x1.249249208e61cp-2, 0x1.c71c741b2e756p-3,
                0x1.745cb434a9114p-3, 0x1.3b1dd687991bcp-3, 0x1.10680ba8db397p-3, 0x1.efd39d2d031bp-4,
                0x1.55c6bb77128edp-4, 0x1.5c63d0a535742p-3,
            ].map(number))
        return s.multipliedAdding(w.multipliedAdding(tail, -z), z)
    }
}
