/// c·(1 + e^|x|), and what it was made of: with e^|x| = 2^n·(1 + p) it is (c·2^n·p + c) + c·2^n, summed in this order so that
/// c is not lost beside c·2^n.
struct LogisticDenominator {
    /// c. The reciprocal is multiplied by it at the end, for divisions that underflow are slow.
    let unit: LaneNumber
    /// c·2^n.
    let scale: LaneNumber
    let p: LaneNumber
    /// The sum in parentheses.
    let part: LaneNumber
    /// The whole sum.
    let value: LaneNumber
    let reciprocal: LaneNumber
}

extension LaneBuilder {
    /// 1/(1 + e^-x), within 2 ULP.
    ///
    /// The smaller of sigmoid(x) and sigmoid(-x) comes from a division and the larger is 1 less it, so that the two share
    /// everything but the last choice.
    ///
    /// - Parameter besideSoftplus: whether the program has softplus(x) as well, whose exponential then serves both. The
    ///   result may differ in the last place.
    func sigmoid(_ x: LaneNumber, besideSoftplus: Bool = false) -> LaneNumber {
        let opposite = negated(x)
        let base = opposite ?? x
        let smaller = besideSoftplus ? smallerSigmoid(ofDecay: decay(base)) : smallerSigmoid(base)
        let larger = 1 - smaller
        let isNegative = hasSignBit(base)
        return opposite == nil ? isNegative.select(smaller, larger) : isNegative.select(larger, smaller)
    }

    /// sigmoid(x)·sigmoid(-x), which is e^-x/(1 + e^-x)², the derivative of sigmoid; within 2 ULP.
    ///
    /// With s the smaller of the two it is s - s², to which the errors of s pass at most once.
    func logisticDensity(_ x: LaneNumber) -> LaneNumber {
        let smaller = smallerSigmoid(negated(x) ?? x)
        return (-smaller).multipliedAdding(smaller, smaller)
    }

    /// sigmoid(-|x|), which is 1/(1 + e^|x|), within 2 ULP.
    private func smallerSigmoid(_ x: LaneNumber) -> LaneNumber {
        let denominator = logisticDenominator(x)
        return denominator.reciprocal * denominator.unit
    }

    /// c·(1 + e^|x|), where c keeps it finite down to where its reciprocal is 0.
    ///
    /// In Float p is fitted as in `exponentialMinusOneOfRemainder`, its coefficients then moved by a random search to lower
    /// the largest error of `logisticDensity` over all floats.
    func logisticDenominator(_ x: LaneNumber) -> LogisticDenominator {
        let bounded = number(float: 104, double: 746).minimum(x.magnitude)
        let reduced = reducedExponent(bounded, bias: exponentBias - headroom)
        let scale = powerOfTwo(reduced.biasedMultiple)
        let unit = number(float: 0x1p-30, double: 0x1p-60)
        let r = reduced.remainder
        let p: LaneNumber
        if precision == .float && math == .accurate {
            let tail = polynomial(r, [0.5, 0x1.5554acp-3, 0x1.5556d6p-5, 0x1.122846p-7, 0x1.6bc4cp-10].map(number))
            p = (r * r).multipliedAdding(tail, r)
        } else {
            p = exponentialMinusOneOfRemainder(r, besideOne: true)
        }
        let part = p.multipliedAdding(scale, unit)
        let value = part + scale
        return LogisticDenominator(unit: unit, scale: scale, p: p, part: part, value: value, reciprocal: 1 / value)
    }

    /// z/(1 + z), within 1.6 ULP: as z - z·(z/(1 + z)), for where z is small, the quotient's rounding errors do not count.
    private func smallerSigmoid(ofDecay z: LaneNumber) -> LaneNumber {
        let quotient = z / (z + 1)
        return math == .accurate ? (-z).multipliedAdding(quotient, z) : quotient
    }

    /// Whether x is below 0, or -0, or a NaN with that sign. Vector hardware selects by sign bits without a comparison.
    private func hasSignBit(_ x: LaneNumber) -> LaneMask { x.bits < integer(0) }

    /// tanh(softplus(x)) = t·(t + 2)/(t·(t + 2) + 2) with t = e^x, within 2 ULP.
    ///
    /// Above 0 it is computed as 1 - 2/(t·(t + 2) + 2), below as t - t·(t² + t)/(t·(t + 2) + 2): what is taken away is the
    /// smaller part, so that its rounding errors count little.
    func hyperbolicTangentOfSoftplus(_ x: LaneNumber) -> LaneNumber {
        // Past the bound the result rounds to 1.
        let t = exponential(number(22).minimum(x))
        let isNegative = hasSignBit(x)
        let start = isNegative.select(t, number(1))
        let product = t.multipliedAdding(t, t)
        // Summed in this order the rounding errors of the product cancel in part, and those of the sums are least.
        let quotient = isNegative.select(product, number(2)) / (product + t + 2)
        return (-start).multipliedAdding(quotient, start)
    }

    /// log(1 + e^x), within 2 ULP: max(x, 0) + log(1 + e^-|x|).
    func softplus(_ x: LaneNumber) -> LaneNumber {
        // NaN comes through the exponential, so that it does not matter which operand the maximum takes.
        x.maximum(number(0)) + logarithmOnePlusOfUnitInterval(decay(negated(x) ?? x))
    }

    /// e^-|x|, within 1 ULP.
    private func decay(_ x: LaneNumber) -> LaneNumber {
        let bounded = number(float: -104, double: -746).maximum(negativeMagnitude(x))
        return decay(ofReduced: reducedExponent(bounded, bias: decayBias))
    }

    /// log(1 + z) for z in [0, 1].
    ///
    /// With s = z/(2 + z) it is log((1 + s)/(1 - s)) = 2s + s³·R(s²), fitted to least relative error on [2^-24, 1/3]:
    /// degree 9, 2^-27.7 (Float); on [2^-30, 1/3]: degree 21, 2^-59.4 (Double). In the fast mode degree 7, 2^-22.3, and
    /// degree 19, 2^-54.2. Since 2s = z - z·s, the rounding errors of s
    /// count less than those of z.
    private func logarithmOnePlusOfUnitInterval(_ z: LaneNumber) -> LaneNumber {
        let s = z / (z + 2)
        let square = s * s
        let tail = polynomial(
            square, float: [0x1.555502p-1, 0x1.99d1cap-2, 0x1.1ec06cp-2, 0x1.1ec932p-2],
            double: [
                0x1.5555555555535p-1, 0x1.99999999a0728p-2, 0x1.249249208e61cp-2, 0x1.c71c741b2e756p-3,
                0x1.745cb434a9114p-3, 0x1.3b1dd687991bcp-3, 0x1.10680ba8db397p-3, 0x1.efd39d2d031bp-4,
                0x1.55c6bb77128edp-4, 0x1.5c63d0a535742p-3,
            ],
            fastFloat: [0x1.555e44p-1, 0x1.95df72p-2, 0x1.5bfd14p-2],
            fastDouble: [
                0x1.5555555555937p-1, 0x1.99999998ebd2bp-2, 0x1.249249782d35ap-2, 0x1.c71c4a6c8e102p-3,
                0x1.74625009d9f82p-3, 0x1.3aa926e877537p-3, 0x1.163f767fb8abfp-3, 0x1.959e2cbcf7292p-4,
                0x1.6b4fd50eaba76p-3,
            ])
        return s.multipliedAdding(square.multipliedAdding(tail, -z), z)
    }
}
