// The primitive minimum and maximum give the second operand when either is NaN. These give NaN whichever is.

extension LaneBuilder {
    /// The larger of two numbers; NaN when either is NaN.
    func maximum(_ x: LaneNumber, _ y: LaneNumber) -> LaneNumber {
        if let passesNaN = passingNaN(x, y) { return passesNaN.literal.maximum(passesNaN.other) }
        return x.isNaN.select(x, x.maximum(y))
    }

    /// The smaller of two numbers; NaN when either is NaN.
    func minimum(_ x: LaneNumber, _ y: LaneNumber) -> LaneNumber {
        if let passesNaN = passingNaN(x, y) { return passesNaN.literal.minimum(passesNaN.other) }
        return x.isNaN.select(x, x.minimum(y))
    }

    /// With a literal that is a number, one instruction does: the operand that may be NaN goes second.
    private func passingNaN(_ x: LaneNumber, _ y: LaneNumber) -> (literal: LaneNumber, other: LaneNumber)? {
        if isNumericLiteral(y) { return (y, x) }
        if isNumericLiteral(x) { return (x, y) }
        return nil
    }

    private func isNumericLiteral(_ x: LaneNumber) -> Bool {
        guard let value = literalValue(x) else { return false }
        return !value.isNaN
    }
}
