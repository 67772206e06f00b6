extension LaneBuilder {
    /// The hyperbolic tangent, within 1.5 ULP and odd to the last bit.
    ///
    /// With -|x| = n·(ln 2)/2 + r, s = 2^n and u = tanh(r), e^(-2|x|) is s·(1 + u)/(1 - u), and so
    /// tanh|x| = (1 - s) - s·((1 - s) + u·(3 - s))/((1 + s) - u·(1 - s)).
    /// The rounding errors of the quotient count little where s is small; and near 0, where s is 1, the result is -u.
    func hyperbolicTangent(_ x: LaneNumber) -> LaneNumber {
        let signBit: Int64 = precision == .float ? 1 << 31 : .min
        // Past the bound the result rounds to 1.
        let bounded = number(float: -10, double: -20).maximum((x.bits | integer(signBit)).asNumber)
        let rounder = rounder(bias: exponentBias)
        // Rounding from a quarter step nearer 0 keeps n = 0 up to where tanh passes 1/4: just above, n = -1 would cancel.
        let shifted = (bounded + 0.0866).multipliedAdding(number(2 * 1.4426950408889634), rounder)
        let multiple = shifted - rounder
        let r = multiple.multipliedAdding(minusLn2.low * 0.5, multiple.multipliedAdding(minusLn2.high * 0.5, bounded))
        let u = hyperbolicTangentOfRemainder(r)
        let s = powerOfTwo(shifted.bits)
        let difference = 1 - s
        let quotient = u.multipliedAdding(3 - s, difference) / (-u).multipliedAdding(difference, s + 1)
        let magnitude = (-s).multipliedAdding(quotient, difference)
        return (magnitude.bits | (x.bits & integer(signBit))).asNumber
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
}
