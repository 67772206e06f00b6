/// A number as significand·2^exponent.
struct BinaryParts {
    /// -exponent. It is +0 rather than -0 when the exponent is 0, so that its product with a negative number is -0,
    /// which a sum does not feel.
    let minusExponent: LaneNumber
    /// At least the number that was asked for and less than twice it; exact.
    let significand: LaneNumber
    /// Whether the number was neither zero, negative, infinite nor NaN. Elsewhere the parts mean nothing, but:
    /// the exponent is far below 0 for zeros, above 0 for ∞, and in Float NaN for negative numbers.
    let isPositiveFinite: LaneMask
    /// The number times a power of two, infinity where that is too large; of -0 it is +0.
    let enlarged: LaneNumber
}

extension LaneBuilder {
    /// Takes a positive number apart. The significand is at least `lowest`, a number between 1/2 and 1.
    func binaryParts(_ x: LaneNumber, lowest: (float: Float, double: Double)) -> BinaryParts {
        // Subnormal numbers are brought into the normal range.
        let enlargement: Double = precision == .float ? 24 : 54
        let enlarged = x.multipliedAdding(number(float: 0x1p24, double: 0x1p54), number(0))
        let isSubnormal = x < number(float: 0x1p-126, double: 0x1p-1022)
        let bias = number(float: 0x1p23 + 127, double: 0x1p52 + 1023)
        let parts = normalParts(isSubnormal.select(enlarged, x), lowest: lowest)
        return BinaryParts(
            minusExponent: isSubnormal.select(bias + enlargement, bias) - parts.biasedExponent,
            significand: parts.significand, isPositiveFinite: x < enlarged, enlarged: enlarged)
    }

    /// Takes a positive normal number apart. The exponent comes with a bias of 2^23 + 127 (2^52 + 1023 in Double).
    func normalParts(
        _ x: LaneNumber, lowest: (float: Float, double: Double)
    ) -> (biasedExponent: LaneNumber, significand: LaneNumber, bits: LaneInteger) {
        let one = number(1).bits
        let lowest = number(float: lowest.float, double: lowest.double).bits
        // Moved so that the exponent field steps up at `lowest` rather than at 1.
        let moved = x.bits + (one - lowest)
        let significand = ((moved & (1 << exponentShift - 1)) + lowest).asNumber
        // The field in the lowest bits of a large number counts ones. An arithmetic shift makes NaN of negative numbers.
        let field = precision == .float ? moved.shiftedRightArithmetic(23) : moved.shiftedRight(52)
        return ((field | number(float: 0x1p23, double: 0x1p52).bits).asNumber, significand, moved)
    }
}
