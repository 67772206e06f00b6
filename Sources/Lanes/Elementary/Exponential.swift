// All the exponentials rest on x = n·ln 2 + r with a whole n and |r| ≤ ln 2/2, whence e^x = 2^n·e^r.

/// A number cut into a whole multiple n of ln 2 and a remainder.
struct ReducedExponent {
    /// Between -ln 2/2 and ln 2/2, but for rounding.
    let remainder: LaneNumber
    /// An integer whose lowest exponent-wide bits and sign are n + bias.
    let biasedMultiple: LaneInteger
}

extension LaneBuilder {
    /// e^x, within 1 ULP.
    func exponential(_ x: LaneNumber) -> LaneNumber {
        let reduced = reducedExponent(boundedExponent(x), bias: twoStepBias)
        return scaledInTwoSteps(exponentialOfRemainder(reduced.remainder), by: reduced.biasedMultiple)
    }

    /// x moved to where e^x neither overflows to more than infinity nor underflows to less than 0. NaN stays.
    func boundedExponent(_ x: LaneNumber) -> LaneNumber {
        number(float: 89, double: 710).minimum(number(float: -104, double: -746).maximum(x))
    }

    /// Cuts off the multiple of ln 2 that is nearest.
    ///
    /// Adding 1.5·2^23 (Float; 2^52 in Double) leaves the nearest integer in the lowest bits, ready for exponents.
    /// ln 2 is subtracted in two parts; the first subtraction is exact.
    func reducedExponent(_ x: LaneNumber, bias: Int) -> ReducedExponent {
        let rounder = rounder(bias: bias)
        let shifted = x.multipliedAdding(number(1.4426950408889634), rounder)
        let multiple = shifted - rounder
        let remainder = multiple.multipliedAdding(minusLn2.high, x)
        return ReducedExponent(
            remainder: multiple.multipliedAdding(minusLn2.low, remainder), biasedMultiple: shifted.bits)
    }

    /// What to add to a number so that its last place becomes 1 and the lowest bits its integer plus a bias.
    func rounder(bias: Int) -> LaneNumber {
        number(float: 0x1.8p23 + Float(bias), double: 0x1.8p52 + Double(bias))
    }

    /// -ln 2 in two parts, both below 0 so that subtracting 0 times them from -0 leaves -0.
    var minusLn2: (high: LaneNumber, low: LaneNumber) {
        (
            number(float: -0x1.62e42ep-1, double: -0x1.62e42fefa39efp-1),
            number(float: -0x1.efa39ep-25, double: -0x1.abc9e3b39803fp-56)
        )
    }

    /// e^r for |r| ≤ ln 2/2.
    ///
    /// Fitted with leading terms 1 + r to least relative error on [-0.34658, 0.34658]: degree 6, 2^-28.2 (Float);
    /// degree 11, 2^-57.9 (Double). In the fast mode degree 5, 2^-23.2, and degree 10, 2^-51.6.
    func exponentialOfRemainder(_ r: LaneNumber) -> LaneNumber {
        exponentialSlope(r).multipliedAdding(r, number(1))
    }

    /// (e^r - 1) / r for |r| ≤ ln 2/2, from the same polynomial.
    func exponentialSlope(_ r: LaneNumber) -> LaneNumber {
        polynomial(
            r,
            float: [1, 0x1.fffffap-2, 0x1.555492p-3, 0x1.555a26p-5, 0x1.12397cp-7, 0x1.694c82p-10],
            double: [
                1, 0x1.000000000000ap-1, 0x1.55555555554fep-3, 0x1.55555555506bfp-5, 0x1.1111111126b36p-7,
                0x1.6c16c18475fabp-10, 0x1.a01a012fed2f7p-13, 0x1.a019996298ecdp-16, 0x1.71df18f7a1dd8p-19,
                0x1.28adf8e81298cp-22, 0x1.ad92d1e47a0d8p-26,
            ],
            fastFloat: [1, 0x1.fffdfcp-2, 0x1.5557acp-3, 0x1.572a14p-5, 0x1.1063eap-7],
            fastDouble: [
                1, 0x1.ffffffffffed2p-2, 0x1.55555555507c2p-3, 0x1.5555555589108p-5, 0x1.11111125b4882p-7,
                0x1.6c16c0c826535p-10, 0x1.a0198d55ff2b4p-13, 0x1.a01b7c640a20ep-16, 0x1.72e91d9f6a1d4p-19,
                0x1.270799bb5433fp-22,
            ])
    }

    /// -|x| in one instruction.
    func negativeMagnitude(_ x: LaneNumber) -> LaneNumber { (x.bits | integer(signBit)).asNumber }
    /// The sign bit of a number, as an integer.
    var signBit: Int64 { precision == .float ? 1 << 31 : .min }

    /// How many bits stand below the exponent.
    var exponentShift: Int { precision == .float ? 23 : 52 }
    /// What the exponent of 1 is stored as.
    var exponentBias: Int { precision == .float ? 127 : 1023 }
    /// Twice the exponent bias: two powers of two whose stored exponents add up to it multiply to 1.
    var twoStepBias: Int { 2 * exponentBias }

    /// 2^n for n + `exponentBias` in the lowest bits, where 2^n is a normal number.
    func powerOfTwo(_ biasedMultiple: LaneInteger) -> LaneNumber {
        biasedMultiple.shiftedLeft(exponentShift).asNumber
    }

    /// p·2^n for n + `twoStepBias` in the lowest bits, rounded once; 2^n itself may overflow or be subnormal.
    ///
    /// It multiplies by two powers of half the exponent. The first product is exact.
    func scaledInTwoSteps(_ p: LaneNumber, by biasedMultiple: LaneInteger) -> LaneNumber {
        let exponentBits: Int64 = precision == .float ? -1 << 23 : -1 << 52
        let half = biasedMultiple.shiftedLeft(exponentShift - 1) & exponentBits
        let rest = biasedMultiple.shiftedLeft(exponentShift) - half
        return p * half.asNumber * rest.asNumber
    }
}
