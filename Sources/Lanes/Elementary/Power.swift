import Formulas

extension LaneBuilder {
    /// x to the power y with all of C99's special cases (Annex F.9.4.4), within 2 ULP.
    ///
    /// |x|^y is 2^(y·log2|x|); the logarithm and the product are kept in two parts, for an error in the last place of
    /// either shows in many places of the result. A literal y costs nothing for special cases that it cannot meet.
    func power(_ x: LaneNumber, _ y: LaneNumber) -> LaneNumber {
        let literal = literalValue(y)
        if literal == 0 { return number(1) }
        if literal == 1 { return x }
        let base = x.magnitude
        let logarithm = logarithmBase2InTwoParts(base)
        var magnitude = exponentialBase2OfProduct(y, logarithm)
        if literal?.isFinite != true {
            // 1 to any power and any number to the power 0, even where the other is NaN; also (-1)^±∞.
            magnitude = (base.isEqual(to: 1) || y.isEqual(to: 0)).select(1, magnitude)
        }
        return withSignOfPower(magnitude, x, y, isBaseRegular: logarithm.isPositiveFinite)
    }

    /// x to a whole power by repeated multiplication: exact where every product is, right for negative x, and in range
    /// wherever the result is. The error grows with |n|, as `IntegerPower` states.
    func integerPower(_ x: LaneNumber, _ n: Int) -> LaneNumber {
        IntegerPower.chain(x, n, one: number(1), multiply: { $0 * $1 }, divide: { $0 / $1 })
    }

    /// 2^(a·b), where b is in two parts; NaN where a·b is.
    private func exponentialBase2OfProduct(_ a: LaneNumber, _ b: PreciseLogarithm) -> LaneNumber {
        let product = a * b.high
        let error = a.multipliedAdding(b.low, a.multipliedAdding(b.high, -product))
        // Beyond these bounds the result is 0 or ∞ whatever the error, which may then be large or NaN.
        let bounded = number(float: 130, double: 1026).minimum(number(float: -153, double: -1078).maximum(product))
        let boundedError = number(-1).maximum(error.minimum(number(1)))
        let rounder = rounder(bias: twoStepBias)
        let shifted = bounded + rounder
        let remainder = bounded - (shifted - rounder) + boundedError
        return scaledInTwoSteps(exponentialBase2OfRemainder(remainder), by: shifted.bits)
    }

    /// Gives |x|^y the sign of x^y: that of x when y is odd. It becomes NaN for x < 0 unless y is whole or x infinite.
    private func withSignOfPower(
        _ magnitude: LaneNumber, _ x: LaneNumber, _ y: LaneNumber, isBaseRegular: LaneMask
    ) -> LaneNumber {
        let nan = isBaseRegular.select(number(.nan).bits, integer(0))
        let isNegative = x.bits < integer(0)
        if let y = literalValue(y) {
            let isWhole = y.rounded() == y
            if isWhole && (y / 2).rounded() == y / 2 { return magnitude }
            let mark = isWhole ? number(-0.0).bits & x.bits : isNegative.select(nan, integer(0))
            return (magnitude.bits | mark).asNumber
        }
        let half = y * 0.5
        let sign = half.roundedToEven.isEqual(to: half).select(integer(0), number(-0.0).bits)
        let mark = y.roundedToEven.isEqual(to: y).select(sign, nan)
        return (magnitude.bits | isNegative.select(mark, integer(0))).asNumber
    }
}
