/// A number type that the reader can make from text.
protocol ParsedScalar: TableScalar {
    /// The number that decimal digits stand for, correctly rounded, or `nil` where only the slow way is sure.
    static func fastValue(of decimal: DecimalText) -> Self?
    /// Reads the rows in a block of text. A requirement so that each type has its own specialised copy of the loop.
    static func parse(_ block: TextBlock, layout: TableLayout) -> ParsedBlock<Self>
}

extension Float: ParsedScalar {
    /// Computes in Double, whose error is bounded, and takes the result where that error cannot change the rounding.
    ///
    /// Three roundings, each by at most 2^-53 of the value, are together less than 4 units in the last place of a
    /// Double. A Float keeps the upper 24 of its 53 bits, so that rounding can only go wrong where the lower 29 bits
    /// are as close as that to one half.
    @inline(__always)
    static func fastValue(of decimal: DecimalText) -> Float? {
        guard let value = decimal.approximateMagnitude else { return nil }
        if value == 0 { return decimal.isNegative ? -0.0 : 0.0 }
        let lowerBits = Int64(value.bitPattern & 0x1FFF_FFFF)
        let isNearTie = (lowerBits &- 0x1000_0000).magnitude <= 8
        // Below the normal numbers a Float keeps fewer bits; above 2^127 it may overflow.
        guard !isNearTie, value >= 0x1p-126, value < 0x1p127 else { return nil }
        return decimal.isNegative ? -Float(value) : Float(value)
    }

    static func parse(_ block: TextBlock, layout: TableLayout) -> ParsedBlock<Float> {
        BlockParser.parse(block, layout: layout)
    }
}

extension Double: ParsedScalar {
    /// Exact digits times or by an exact power of ten round once (W. D. Clinger, "How to read floating point numbers
    /// accurately", 1990).
    @inline(__always)
    static func fastValue(of decimal: DecimalText) -> Double? {
        guard decimal.digits <= 1 << 53, let value = decimal.roundedMagnitude else { return nil }
        return decimal.isNegative ? -value : value
    }

    static func parse(_ block: TextBlock, layout: TableLayout) -> ParsedBlock<Double> {
        BlockParser.parse(block, layout: layout)
    }
}
