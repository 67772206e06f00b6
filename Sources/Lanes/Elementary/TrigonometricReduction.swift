import Formulas

// Reduction of an argument by multiples of π or π/2.
//
// The multiple k comes from adding and subtracting a number whose unit in the last place is 1. Then k·π is taken off in
// three parts by fused operations ("Cody–Waite"). The first is exact: its result is a multiple of the first part's last
// place and small. (Only where cosine takes half of π off a number below π/4 is it rounded.) The second rounds relative to
// the remainder, however small that is, and the third restores what the second part lacked, so that the remainder keeps its
// relative accuracy near multiples of π. All this holds up to `isHuge`; beyond, a cold function does the same by Payne and
// Hanek's method. Infinities yield NaN on both ways.

/// The results of `ColdFunction.trigonometricReduction`, in order.
enum TrigonometricReductionResult: Int {
    case remainder, error, quadrant, sineAngle, cosineAngle
}

extension LaneBuilder {
    /// Added to a number below 2^22 (2^51), it leaves the nearest integer in the low bits of the sum.
    private var roundingMagic: LaneNumber { number(float: 0x1.8p23, double: 0x1.8p52) }

    private var signPosition: Int { precision == .float ? 31 : 63 }

    /// -π in three parts, each the nearest number to what is left, or -π/2 when `halved`.
    private func pi(halved: Bool = false) -> [LaneNumber] {
        zip(
            [0x1.921fb6p1, -0x1.777a5cp-24, -0x1.ee59dap-49],
            [0x1.921fb54442d18p1, 0x1.1a62633145c07p-53, -0x1.f1976b7ed8fbcp-109]
        )
        .map { (float: Float, double: Double) in
            halved ? number(float: -float / 2, double: -double / 2) : number(float: -float, double: -double)
        }
    }

    private func isHuge(_ magnitude: LaneNumber) -> LaneMask {
        magnitude > number(float: 0x1p17, double: 0x1p30)
    }

    private func subtracting(_ multiple: LaneNumber, of parts: [LaneNumber], from x: LaneNumber) -> LaneNumber {
        parts.reduce(x) { remainder, part in multiple.multipliedAdding(part, remainder) }
    }

    /// An angle in [-π/2, π/2], or a little outside, whose sine is that of |x|.
    func sineAngle(_ x: LaneNumber) -> LaneNumber {
        let magnitude = x.magnitude
        let shifted = magnitude.multipliedAdding(number(1 / .pi), roundingMagic)
        let remainder = subtracting(shifted - roundingMagic, of: pi(), from: magnitude)
        return signed(remainder, byParityOf: shifted, of: magnitude, orElse: .sineAngle)
    }

    /// An angle in [-π/2, π/2], or a little outside, whose sine is the cosine of x.
    func cosineAngle(_ x: LaneNumber) -> LaneNumber {
        let magnitude = x.magnitude
        // cos x = sin(x + π/2), so that x is reduced by the nearest multiple of π plus or minus half of π.
        let shifted = magnitude.multipliedAdding(number(1 / .pi), number(0.5)) + roundingMagic
        let remainder = subtracting(shifted - roundingMagic - 0.5, of: pi(), from: magnitude)
        return signed(remainder, byParityOf: shifted, of: magnitude, orElse: .cosineAngle)
    }

    private func signed(
        _ remainder: LaneNumber, byParityOf shifted: LaneNumber, of magnitude: LaneNumber,
        orElse result: TrigonometricReductionResult
    ) -> LaneNumber {
        let angle = (remainder.bits ^ shifted.bits.shiftedLeft(signPosition)).asNumber
        return isHuge(magnitude).reduced(magnitude, result, otherwise: angle)
    }

    /// |x| less the nearest multiple of π/2, and that multiple: its two lowest bits are right, the others undefined.
    func quarterTurns(_ x: LaneNumber) -> (remainder: LaneNumber, quadrant: LaneInteger) {
        let magnitude = x.magnitude
        let shifted = magnitude.multipliedAdding(number(2 / .pi), roundingMagic)
        let remainder = subtracting(shifted - roundingMagic, of: pi(halved: true), from: magnitude)
        // Both operands stand before the first cold call, so that one branch serves both.
        let (quadrant, isHuge) = (shifted.bits, isHuge(magnitude))
        return (
            isHuge.reduced(magnitude, .remainder, otherwise: remainder), isHuge.reduced(magnitude, otherwiseQuadrant: quadrant)
        )
    }

    /// `quarterTurns` with a remainder of two numbers, whose sum is good to about twice the precision.
    func extendedQuarterTurns(_ x: LaneNumber) -> (remainder: LaneNumber, error: LaneNumber, quadrant: LaneInteger) {
        let magnitude = x.magnitude
        let shifted = magnitude.multipliedAdding(number(2 / .pi), roundingMagic)
        let multiple = shifted - roundingMagic
        let halfPi = pi(halved: true)
        let first = multiple.multipliedAdding(halfPi[0], magnitude)
        let product = multiple * halfPi[1]
        let productError = multiple.multipliedAdding(halfPi[1], -product)
        // The error of this sum is exact although `product` may be the larger: `first` is a multiple of its last place.
        let sum = first + product
        let rest = (first - sum + product) + multiple.multipliedAdding(halfPi[2], productError)
        // Near multiples of π/2 the rest is no small part of the sum, and what comes of it is good to the first order only.
        let remainder = sum + rest
        let error = sum - remainder + rest
        let (quadrant, isHuge) = (shifted.bits, isHuge(magnitude))
        return (
            isHuge.reduced(magnitude, .remainder, otherwise: remainder),
            isHuge.reduced(magnitude, .error, otherwise: error),
            isHuge.reduced(magnitude, otherwiseQuadrant: quadrant)
        )
    }

    /// The value with its sign flipped where that of x is set: an odd function at x from the value at |x|, zeros included.
    func flippingSign(_ value: LaneNumber, with x: LaneNumber) -> LaneNumber {
        (value.bits ^ (x.bits ^ x.magnitude.bits)).asNumber
    }
}

extension LaneMask {
    fileprivate func reduced(
        _ x: LaneNumber, _ result: TrigonometricReductionResult, otherwise: LaneNumber
    ) -> LaneNumber {
        cold(.trigonometricReduction, x, result: result.rawValue, otherwise: otherwise)
    }

    fileprivate func reduced(_ x: LaneNumber, otherwiseQuadrant: LaneInteger) -> LaneInteger {
        cold(
            .trigonometricReduction, x, result: TrigonometricReductionResult.quadrant.rawValue, otherwise: otherwiseQuadrant)
    }
}
