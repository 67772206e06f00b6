extension LaneBuilder {
    /// The hyperbolic tangent, within 1.5 ULP and odd to the last bit.
    ///
    /// With -|x| = n·(ln 2)/2 + r, s = 2^n and u = tanh(r), e^(-2|x|) is s·(1 + u)/(1 - u), and so
    /// tanh|x| = (1 - s) - s·((1 - s) + u·(3 - s))/((1 + s) - u·(1 - s)).
    /// The rounding errors of the quotient count little where s is small; and near 0, where s is 1, the result is -u.
    func hyperbolicTangent(_ x: LaneNumber) -> LaneNumber {
        // Past the bound the result rounds to 1.
        let bounded = number(float: -10, double: -20).maximum(negativeMagnitude(x))
        let rounder = rounder(bias: exponentBias)
        // Rounding from a quarter step nearer 0 keeps n = 0 up to where tanh passes 1/4: just above, n = -1 would cancel.
        let shifted = (bounded + 0.0866).multipliedAdding(number(2 * 1.4426950408889634), rounder)
        let multiple = shifted - rounder
        let r = multiple.multipliedAdding(minusLn2.low * 0.5, multiple.multipliedAdding(minusLn2.high * 0.5, bounded))
        let u = hyperbolicTangentOfRemainder(r)
        let s = powerOfTwo(shifted.bits)
        let difference = 1 - s
        let quotient = u.multipliedAdding(3 - s, difference) / (-u).multipliedAdding(difference, s + 1)
        return withSignBit(of: x, (-s).multipliedAdding(quotient, difference))
    }

    /// The hyperbolic tangent for programs that have its slope as well, which is 4 times the logistic density of 2x, within
    /// 2 ULP. It may differ from `hyperbolicTangent` in the last place.
    ///
    /// It is (e^(2|x|) - 1)/(e^(2|x|) + 1). The quotient comes from the reciprocal that the density needs, and is corrected
    /// by the remainder, and by what the denominator lost to rounding, which counts where tanh is small.
    func hyperbolicTangentBesideSlope(_ x: LaneNumber) -> LaneNumber {
        let denominator = logisticDenominator(x + x)
        let (p, scale, unit) = (denominator.p, denominator.scale, denominator.unit)
        let numerator = p.multipliedAdding(scale, scale - unit)
        let quotient = numerator * denominator.reciprocal
        let lostBySum = denominator.part - (denominator.value - scale)
        let lost = p.multipliedAdding(scale, unit - denominator.part) + lostBySum
        let remainder = (-quotient).multipliedAdding(lost, (-quotient).multipliedAdding(denominator.value, numerator))
        // The smallest numbers would underflow on the way.
        let magnitude = x.magnitude
        let isTiny = magnitude < number(float: 0x1p-13, double: 0x1p-28)
        return withSignBit(of: x, isTiny.select(magnitude, remainder.multipliedAdding(denominator.reciprocal, quotient)))
    }

    /// A number that is not negative with the sign of another: cheaper than a copied sign, which must be cleared first.
    private func withSignBit(of x: LaneNumber, _ magnitude: LaneNumber) -> LaneNumber {
        (magnitude.bits | (x.bits & integer(signBit))).asNumber
    }

    /// tanh(r) for |r| ≤ 0.26.
    ///
    /// Fitted as an odd polynomial with leading term r to least relative error on [2^-24, 0.2601]: degree 7, 2^-27.9
    /// (Float); on [2^-30, 0.2601]: degree 15, 2^-56.9 (Double).
    private func hyperbolicTangentOfRemainder(_ r: LaneNumber) -> LaneNumber {
        let square = r * r
        let tail = polynomial(
            square, float: [-0x1.555506p-2, 0x1.10d94cp-3, -0x1.a3a60ap-5],
            double: [
                -0x1.55555555554bp-2, 0x1.11111110f28dep-3, -0x1.ba1ba17d1d6f2p-5, 0x1.664f2b928788ap-6,
                -0x1.2266d96f8fba3p-7, 0x1.d4c2ef30f446cp-9, -0x1.56bec6e2ff439p-10,
            ])
        return (r * square).multipliedAdding(tail, r)
    }

    /// The hyperbolic sine, within 2 ULP.
    func hyperbolicSine(_ x: LaneNumber) -> LaneNumber {
        let parts = hyperbolicParts(x)
        let evenScale = parts.largerPower + parts.smallerPower
        let oddScale = parts.largerPower - parts.smallerPower
        let half = oddScale + evenScale.multipliedAdding(parts.sine, oddScale * parts.cosineMinusOne)
        // Halving costs the smallest numbers their last digit, but for them the result is x.
        let isTiny = x.magnitude < number(float: 0x1p-13, double: 0x1p-28)
        return isTiny.select(x, withSignBit(of: x, half + half))
    }

    /// The hyperbolic cosine, within 1.5 ULP.
    func hyperbolicCosine(_ x: LaneNumber) -> LaneNumber {
        let parts = hyperbolicParts(x)
        let evenScale = parts.largerPower + parts.smallerPower
        let oddScale = parts.largerPower - parts.smallerPower
        // The even scale, which is rounded, is taken apart again for the leading term.
        let rest = evenScale.multipliedAdding(parts.cosineMinusOne, parts.smallerPower)
        let half = parts.largerPower + oddScale.multipliedAdding(parts.sine, rest)
        return half + half
    }

    /// What sinh and cosh share. With |x| = n·ln 2 + r, E = (2^n + 2^-n)/2 and O = (2^n - 2^-n)/2,
    /// sinh|x| = E·sinh(r) + O·cosh(r) and cosh(x) = E·cosh(r) + O·sinh(r).
    private struct HyperbolicParts {
        /// 2^n/4: the scales are halved, for 2^n overflows before the results do.
        let largerPower: LaneNumber
        /// 2^-n/4.
        let smallerPower: LaneNumber
        /// sinh(r).
        let sine: LaneNumber
        /// cosh(r) - 1.
        let cosineMinusOne: LaneNumber
    }

    private func hyperbolicParts(_ x: LaneNumber) -> HyperbolicParts {
        // Past the bound the results overflow.
        let bounded = number(float: 89.5, double: 710.7).minimum(x.magnitude)
        let reduced = reducedExponent(bounded, bias: exponentBias - 2)
        let largerPower = powerOfTwo(reduced.biasedMultiple)
        // 2^(n - 2)·2^(-n - 2) is 2^-4. Where 2^(-n - 2) is below the normal range, the bits are those of a negative number;
        // it no longer counts then.
        let product = integer(Int64(twoStepBias - 4) << Int64(exponentShift))
        let smallerPower = number(0).maximum((product - largerPower.bits).asNumber)
        let r = reduced.remainder
        let square = r * r
        return HyperbolicParts(
            largerPower: largerPower, smallerPower: smallerPower,
            sine: (r * square).multipliedAdding(hyperbolicSineTail(square), r),
            cosineMinusOne: square * hyperbolicCosineTail(square))
    }

    /// (sinh(r) - r)/r³ in r², fitted to least relative error of sinh on [2^-24, 0.34658]: degree 7, 2^-34.1 (Float);
    /// on [2^-30, 0.34658]: degree 11, 2^-61.7 (Double). In the fast mode degree 5 in Float, 2^-26.2.
    private func hyperbolicSineTail(_ square: LaneNumber) -> LaneNumber {
        polynomial(
            square, float: [0x1.555556p-3, 0x1.110fe2p-7, 0x1.a28f4ap-13],
            double: [
                0x1.5555555555559p-3, 0x1.111111110f658p-7, 0x1.a01a01b001273p-13, 0x1.71ddf817ce53ep-19,
                0x1.af5f19abc4906p-26,
            ],
            fastFloat: [0x1.5554bp-3, 0x1.122792p-7])
    }

    /// (cosh(r) - 1)/r² in r², fitted with constant term 1/2 to least relative error of cosh on [2^-24, 0.34658]: degree 6,
    /// 2^-33.2 (Float); on [2^-30, 0.34658]: degree 10, 2^-57.4 (Double).
    private func hyperbolicCosineTail(_ square: LaneNumber) -> LaneNumber {
        polynomial(
            square, float: [0.5, 0x1.5554e6p-5, 0x1.6d4f00p-10],
            double: [0.5, 0x1.55555555531e1p-5, 0x1.6c16c17ccfa1bp-10, 0x1.a019ab05be641p-16, 0x1.289fb1d3c480cp-22])
    }
}
