// All the exponentials rest on x = n·ln 2 + r with a whole n and |r| ≤ ln 2/2, whence e^x = 2^n·e^r.

/// A number cut into a whole multiple n of ln 2 and a remainder.
struct ReducedExponent {
    /// Between -ln 2/2 and ln 2/2, but for rounding.
    let remainder: LaneNumber
    /// n plus a number so large that its last place is 1.
    let shifted: LaneNumber
    /// An integer whose lowest exponent-wide bits and sign are n + bias.
    var biasedMultiple: LaneInteger { shifted.bits }
}

extension LaneBuilder {
    /// e^x, within 1.02 ULP.
    func exponential(_ x: LaneNumber) -> LaneNumber {
        exponential(ofReduced: reducedExponent(boundedExponent(x), bias: twoStepBias))
    }

    /// 2^n·e^r, from the same polynomial as e^x - 1, so that programs that need both compute it once.
    func exponential(ofReduced reduced: ReducedExponent) -> LaneNumber {
        let (half, rest) = halvesOfPower(reduced.biasedMultiple)
        return half.multipliedAdding(exponentialMinusOneOfRemainder(reduced.remainder, besideOne: true), half) * rest
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
        return ReducedExponent(remainder: multiple.multipliedAdding(minusLn2.low, remainder), shifted: shifted)
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
        let (half, rest) = halvesOfPower(biasedMultiple)
        return p * half * rest
    }

    /// Two powers of two whose product is 2^n for n + `twoStepBias` in the lowest bits.
    private func halvesOfPower(_ biasedMultiple: LaneInteger) -> (LaneNumber, LaneNumber) {
        let exponentBits: Int64 = precision == .float ? -1 << 23 : -1 << 52
        let half = biasedMultiple.shiftedLeft(exponentShift - 1) & exponentBits
        let rest = biasedMultiple.shiftedLeft(exponentShift) - half
        return (half.asNumber, rest.asNumber)
    }

    // MARK: Exponents that are not above 0

    /// How much larger than they are decaying exponentials are computed: 2^30 times (Float), 2^60 (Double). So they are
    /// normal numbers until the last multiplication.
    var headroom: Int { precision == .float ? 30 : 60 }

    /// The bias for `decay` and `scaledDown`.
    var decayBias: Int { exponentBias + headroom }

    /// 2^n·e^r for n ≤ 0 + `decayBias`, within 1.02 ULP.
    func decay(ofReduced reduced: ReducedExponent) -> LaneNumber {
        let scale = powerOfTwo(reduced.biasedMultiple)
        return withoutHeadroom(scale.multipliedAdding(exponentialMinusOneOfRemainder(reduced.remainder, besideOne: true), scale))
    }

    /// p·2^n for n ≤ 0 + `decayBias` in the lowest bits, rounded once if p is at least about 2^-5.
    func scaledDown(_ p: LaneNumber, by biasedMultiple: LaneInteger) -> LaneNumber {
        withoutHeadroom(p * powerOfTwo(biasedMultiple))
    }

    private func withoutHeadroom(_ value: LaneNumber) -> LaneNumber { value * number(float: 0x1p-30, double: 0x1p-60) }
}
