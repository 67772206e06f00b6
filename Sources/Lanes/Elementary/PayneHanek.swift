import Formulas

/// Reduction of large trigonometric arguments by multiples of π/2, after M. Payne and R. Hanek, "Radian reduction for
/// trigonometric functions" (SIGNUM Newsletter 18, 1983).
///
/// |x| = m·2^q with an integer m. The digits of 2/π that stand for multiples of 4 in m·2^q·(2/π) change nothing, so the
/// product of m with a window of three words of digits just behind them holds the quadrant in its two upper bits and the
/// fraction of the quarter turn below. No Float comes closer to a multiple of π/2 than about 2^-29 and no Double closer
/// than about 2^-61, so that two words of fraction leave at least 30 significant bits beside Float, 60 beside Double.
enum PayneHanek {
    /// The reduction of |x|. Outputs as `ColdFunction.trigonometricReduction` states them.
    static func program(_ precision: Precision) -> LaneProgram {
        let builder = LaneBuilder(precision: precision, streamCount: 1, uniformCount: 0)
        let magnitude = builder.stream(0).magnitude
        let fraction = builder.turns(of: magnitude)
        let reduced = builder.radians(fraction)
        // Arguments below π/4 are their own remainder, infinities and NaN have none.
        let isReduced = magnitude < 0.5
        let remainder = isReduced.select(magnitude, reduced.high) * (magnitude - magnitude + 1)
        let error = isReduced.select(0, reduced.low)
        let quadrant = isReduced.select(builder.integer(0), fraction.quadrant)
        let sine = builder.angle(ofSineAt: remainder, error, quadrant: quadrant)
        let cosine = builder.angle(ofSineAt: remainder, error, quadrant: quadrant + 1)
        return builder.program(outputs: [remainder.id, error.id, quadrant.id, sine.id, cosine.id])
    }

    /// A leading zero word, so that windows may begin before the first digit, and digits enough for the largest exponent.
    static func twoOverPi(_ precision: Precision) -> [UInt64] {
        switch precision {
        case .float: floatWords
        case .double: doubleWords
        }
    }

    private static let doubleWords: [UInt64] = [0] + digits
    private static let floatWords: [UInt64] = [0] + digits.prefix(4).flatMap { [$0 >> 32, $0 & 0xffff_ffff] }.prefix(7)

    /// ⌊2^1216·2/π⌋, most significant word first, as by mpmath:
    /// `mp.prec = 2000; n = int(floor(ldexp(2/pi, 1216))); [hex(n >> 64*i & 2**64 - 1) for i in range(18, -1, -1)]`.
    private static let digits: [UInt64] = [
        0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0, 0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561,
        0xb724_6e3a_424d_d2e0, 0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
        0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b, 0x1ff8_97ff_de05_980f,
        0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7, 0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b,
        0x3d07_39f7_8a52_92ea, 0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab,
    ]
}

/// An angle as a quadrant and the distance to the nearest multiple of a quarter turn.
private struct QuarterTurns {
    /// The nearest multiple of a quarter turn, modulo 4.
    let quadrant: LaneInteger
    /// All ones when the angle lies below that multiple, else zero.
    let isBelow: LaneInteger
    /// The distance as a fraction of a quarter turn, two words of binary digits behind the point.
    let upper: LaneInteger, lower: LaneInteger
}

extension LaneBuilder {
    private var width: Int { precision == .float ? 32 : 64 }
    private var significandBits: Int { precision == .float ? 23 : 52 }

    /// The angle x ≥ 0 in quarter turns.
    fileprivate func turns(of x: LaneNumber) -> QuarterTurns {
        let hidden = Int64(1) << Int64(significandBits)
        let significand = (x.bits & (hidden - 1)) | integer(hidden)
        // The first digit of 2/π that matters: with x = m·2^q it has the weight 2^(1 - q), with a word of zeros before
        // the digits it stands at bit q - 2 + width. Exponents too small for that are reduced as they are.
        let bias = Int64(precision == .float ? 127 : 1023)
        let offset = x.bits.shiftedRight(significandBits) - (bias + Int64(significandBits) + 2 - Int64(width))
        let start = (offset < integer(0)).select(integer(0), offset)
        let index = start.shiftedRight(precision == .float ? 5 : 6)
        let shift = start & Int64(width - 1)
        func window(_ number: Int64) -> LaneInteger {
            let word = (index + number).word(of: .twoOverPi)
            let next = (index + (number + 1)).word(of: .twoOverPi)
            // Shifted by one and then by up to width - 1, for a shift by the width is not defined.
            return word.shiftedLeft(by: shift) | next.shiftedRight(1).shiftedRight(by: integer(Int64(width - 1)) - shift)
        }
        let words = (window(0), window(1), window(2))
        let lower = significand * words.1 + significand.multipliedHigh(words.2)
        let carry = lower.isLessUnsigned(than: significand * words.1).select(integer(1), integer(0))
        let upper = significand * words.0 + significand.multipliedHigh(words.1) + carry
        // To the nearest quarter turn. Where the angle lies below it, the digits are complemented: an error of one unit
        // in the last place of two words.
        let fraction = upper.shiftedLeft(2) | lower.shiftedRight(width - 2)
        let isBelow = fraction.shiftedRight(width - 1)
        let complement = integer(0) - isBelow
        return QuarterTurns(
            quadrant: (upper.shiftedRight(width - 2) + isBelow) & 3, isBelow: complement,
            upper: fraction ^ complement, lower: lower.shiftedLeft(2) ^ complement)
    }

    /// The remainder in radians, as the nearest number and its rounding error.
    fileprivate func radians(_ turns: QuarterTurns) -> (high: LaneNumber, low: LaneNumber) {
        // Half words convert exactly, and none is negative, so that their sum loses nothing to cancellation.
        let half = width / 2
        let mask = Int64(1) << Int64(half) - 1
        func scaled(_ part: LaneInteger, _ exponent: Int) -> LaneNumber {
            part.converted * number(Double(sign: .plus, exponent: exponent, significand: 1))
        }
        let first = scaled(turns.upper.shiftedRight(half), -half)
        let second = scaled(turns.upper & mask, -2 * half)
        let rest = scaled(turns.lower.shiftedRight(half), -3 * half) + scaled(turns.lower & mask, -4 * half)
        let leading = first + second
        let tail = (first - leading + second) + rest
        let high = leading + tail
        let low = leading - high + tail
        let halfPi = halfPi
        let product = high * halfPi.high
        let productError = high.multipliedAdding(
            halfPi.high, -product)
        let correction = high.multipliedAdding(halfPi.low, low.multipliedAdding(halfPi.high, productError))
        let remainder = product + correction
        let sign = turns.isBelow.shiftedLeft(width - 1)
        func signed(_ value: LaneNumber) -> LaneNumber { (value.bits ^ sign).asNumber }
        return (signed(remainder), signed(product - remainder + correction))
    }

    /// π/2 as the sum of two numbers.
    var halfPi: (high: LaneNumber, low: LaneNumber) {
        (
            number(float: 0x1.921fb6p0, double: 0x1.921fb54442d18p0),
            number(float: -0x1.777a5cp-25, double: 0x1.1a62633145c07p-54)
        )
    }

    /// The angle in [-π/2, π/2] whose sine is that of r + quadrant·π/2.
    fileprivate func angle(ofSineAt r: LaneNumber, _ error: LaneNumber, quadrant: LaneInteger) -> LaneNumber {
        let halfPi = halfPi
        let sign = r.bits & Int64(bitPattern: 1 << UInt64(width - 1))
        let difference = halfPi.high - r.magnitude
        let tail = (halfPi.high - difference - r.magnitude) + (halfPi.low - (error.bits ^ sign).asNumber)
        let complement = difference + tail
        let angle = (quadrant & 1).isEqual(to: 0).select(r, complement)
        return (angle.bits ^ (quadrant & 2).shiftedLeft(width - 2)).asNumber
    }
}
