extension LaneBuilder {
    /// √(x² + y²) without overflow or underflow on the way, within 1 ULP; ∞ when either is infinite, even if the other is
    /// NaN (C99 Annex F.9.4.3).
    func hypotenuse(_ x: LaneNumber, _ y: LaneNumber) -> LaneNumber {
        let (x, y) = (x.magnitude, y.magnitude)
        // Of a NaN and a number, these leave one each.
        let larger = x.maximum(y)
        let smaller = y.minimum(x)
        // The larger one's power of two, bounded so that its inverse is a normal number too.
        let bounded = number(float: 0x1p126, double: 0x1p1022).minimum(
            number(float: 0x1p-126, double: 0x1p-1022).maximum(larger))
        let power = bounded.bits & number(.infinity).bits
        let inverse = (integer(Int64(twoStepBias) << Int64(exponentShift)) - power).asNumber
        let (a, b) = (larger * inverse, smaller * inverse)
        let result = a.multipliedAdding(a, b * b).squareRoot * power.asNumber
        return (x.isEqual(to: .infinity) || y.isEqual(to: .infinity)).select(.infinity, result)
    }
}
