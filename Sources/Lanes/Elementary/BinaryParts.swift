/// A number as significand·2^exponent.
struct BinaryParts {
    /// -exponent. It is +0 rather than -0 when the exponent is 0, so that its product with a negative number is -0,
    /// which a sum does not feel.
    let minusExponent: LaneNumber
    /// At least the number that was asked for and less than twice it; exact.
    let significand: LaneNumber
    /// Whether the number was neither zero, negative, infinite nor NaN. Elsewhere the parts mean nothing, but:
    /// the exponent is below 0 for zeros, above 0 for ∞, and in Float NaN for negative numbers.
    let isPositiveFinite: LaneMask
    /// The number times a power of two, ±∞ where that is too large; of -0 it is +0.
    let enlarged: LaneNumber
}

/// What the bits of a normal number say.
struct NormalParts {
    /// The exponent plus a large number: 2^23 + 127 for Float, 2^52 + 1023 for Double.
    let offsetExponent: LaneNumber
    /// That large number.
    let exponentOffset: LaneNumber
    /// As in `BinaryParts`.
    let significand: LaneNumber
    /// The bits, moved so that their exponent field is that of `offsetExponent`.
    let moved: LaneInteger
}

extension LaneBuilder {
    /// Takes a positive number apart. The significand is at least `lowest`, a number between 1/2 and 1.
    func binaryParts(_ x: LaneNumber, lowest: (float: Float, double: Double)) -> BinaryParts {
        // Subnormal numbers are brought into the normal range.
        let enlarged = x.multipliedAdding(number(float: 0x1p24, double: 0x1p54), number(0))
        let isSubnormal = x < number(float: 0x1p-126, double: 0x1p-1022)
        let parts = normalParts(isSubnormal.select(enlarged, x), lowest: lowest)
        let enlargedOffset = parts.exponentOffset + (precision == .float ? 24 : 54)
        return BinaryParts(
            minusExponent: isSubnormal.select(enlargedOffset, parts.exponentOffset) - parts.offsetExponent,
            significand: parts.significand, isPositiveFinite: x < enlarged, enlarged: enlarged)
    }

    /// Takes a positive normal number apart, as `binaryParts` does. The exponent of a negative Float is NaN.
    func normalParts(_ x: LaneNumber, lowest: (float: Float, double: Double)) -> NormalParts {
        let lowest = number(float: lowest.float, double: lowest.double).bits
        // The exponent field steps up at `lowest` rather than at 1.
        let moved = x.bits + (number(1).bits - lowest)
        let significand = ((moved & (1 << exponentShift - 1)) + lowest).asNumber
        // In the lowest bits of a large number the field counts ones. An arithmetic shift fills in the sign.
        let field = precision == .float ? moved.shiftedRightArithmetic(exponentShift) : moved.shiftedRight(exponentShift)
        let large = number(float: 0x1p23, double: 0x1p52)
        return NormalParts(
            offsetExponent: (field | large.bits).asNumber, exponentOffset: large + Double(exponentBias),
            significand: significand, moved: moved)
    }
}
