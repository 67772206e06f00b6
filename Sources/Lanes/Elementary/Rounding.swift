// Rounding to integers and signs. All keep the sign of zero and pass NaN and infinities through.

extension LaneBuilder {
    /// The largest integer not above x.
    func floor(_ x: LaneNumber) -> LaneNumber {
        let nearest = x.roundedToEven
        // Where rounding went up, step down; ceil(−0.5) and floor(−0) keep their −0 by the sign of x.
        return (nearest > x).select(nearest - 1, nearest).withSign(of: x)
    }

    /// The smallest integer not below x.
    func ceil(_ x: LaneNumber) -> LaneNumber {
        let nearest = x.roundedToEven
        return (nearest < x).select(nearest + 1, nearest).withSign(of: x)
    }

    /// The nearest integer, halves away from zero, as C99's `round`.
    func roundHalfAway(_ x: LaneNumber) -> LaneNumber {
        let magnitude = x.magnitude
        let nearest = magnitude.roundedToEven
        // Halves to even differs only where it rounded a half down; the difference is exact there.
        let roundedHalfDown = (magnitude - nearest).isEqual(to: 0.5)
        return roundedHalfDown.select(nearest + 1, nearest).withSign(of: x)
    }

    /// −1, 0 or 1 as x is negative, zero (of the same sign) or positive; NaN for NaN.
    func sign(_ x: LaneNumber) -> LaneNumber {
        let isOneOfSign = x.magnitude > 0
        return isOneOfSign.select(number(1).withSign(of: x), x)
    }
}
