import CMPFR

/// How far a computed number is from the true value.
public struct Deviation: Sendable, Equatable {
    /// The distance in units in the last place of the type at the true value: 0.5 at most for a correctly rounded number,
    /// or 1 where it stands at a power of 2. Subnormal results are measured by their own spacing. An infinity counts as
    /// the first power of 2 that the type lacks when the true value is finite. Infinite where one of the two is NaN or
    /// the true value is infinite and the other is not.
    public let ulps: Double
    /// Whether a NaN, an infinity or a zero is missing, out of place, or of the wrong sign. Near the end of the range an
    /// infinity may be within a unit of the true value, and is a matter of rounding then.
    public let isWrongSpecial: Bool

    private init(_ ulps: Double, isWrongSpecial: Bool = false) {
        self.ulps = ulps
        self.isWrongSpecial = isWrongSpecial
    }

    private static let none = Deviation(0)
    private static let infinite = Deviation(.infinity, isWrongSpecial: true)

    /// Measures against a value that MPFR computed.
    public init<Value: MeasuredFloat>(of computed: Value, from exact: BigFloat) {
        if exact.isNaN || computed.isNaN {
            self = exact.isNaN && computed.isNaN ? .none : .infinite
        } else if exact.isInfinite {
            self = computed == (exact.isNegative ? -Value.infinity : Value.infinity) ? .none : .infinite
        } else if exact.isZero {
            let isRight = computed == 0 && (computed.sign == .minus) == exact.isNegative
            self.init(computed == 0 ? 0 : abs(computed.asDouble) / Value.leastNonzeroMagnitude.asDouble, isWrongSpecial: !isRight)
        } else {
            self.init(of: computed, fromFinite: exact)
        }
    }

    private init<Value: MeasuredFloat>(of computed: Value, fromFinite exact: BigFloat) {
        let limit = Int(Value.greatestFiniteMagnitude.exponent) + 1
        // MPFR's exponents are of a significand in [1/2, 1).
        let exponent = max(Int(Value.leastNormalMagnitude.exponent), min(exact.exponent - 1, limit - 1))
        // Past the range there is nothing that an infinity of the right sign would be off by.
        if computed.isInfinite, exact.exponent > limit, (computed < 0) == exact.isNegative {
            self = .none
            return
        }
        let error = BigFloat.make(max(exact.bits, 64), exact) { error in
            if computed.isInfinite {
                mpfr_set_si_2exp(error, computed < 0 ? -1 : 1, limit, MPFR_RNDN)
            } else {
                mpfr_set_d(error, computed.asDouble, MPFR_RNDN)
            }
            mpfr_sub(error, error, exact.number, MPFR_RNDN)
            mpfr_mul_2si(error, error, Value.significandBitCount - exponent, MPFR_RNDN)
        }
        let ulps = abs(error.double)
        let correct = Value.rounding(exact)
        let isOutOfPlace = (computed.isInfinite || correct.isInfinite) && computed != correct && ulps > 1
        let isWrongZero = computed == 0 && (computed.sign == .minus) != exact.isNegative
        self.init(ulps, isWrongSpecial: isOutOfPlace || isWrongZero)
    }

    /// Measures against a value that the system's library computed in a wider type: nearly the same, and much sooner.
    @inline(__always)
    public init<Value: MeasuredFloat>(of computed: Value, fromWide exact: Value.Wide) {
        let widened = computed.widened
        let magnitude = exact.magnitude
        if widened.isFinite, magnitude > 0, magnitude <= Value.greatestFiniteMagnitude.widened {
            let spacing = Swift.max(exact.ulp * Value.wideSpacingRatio, Value.wideLeastSpacing)
            self.init(
                Double((widened - exact).magnitude / spacing),
                isWrongSpecial: widened == 0 && (widened.sign == .minus) != (exact < 0))
        } else {
            self.init(of: computed, widened: widened, fromWideSpecial: exact)
        }
    }

    private init<Value: MeasuredFloat>(of computed: Value, widened: Value.Wide, fromWideSpecial exact: Value.Wide) {
        if exact.isNaN || widened.isNaN {
            self = exact.isNaN && widened.isNaN ? .none : .infinite
        } else if exact.isInfinite {
            self = widened == exact ? .none : .infinite
        } else if exact == 0 {
            let isRight = widened == 0 && widened.sign == exact.sign
            self.init(Double(widened.magnitude / Value.wideLeastSpacing), isWrongSpecial: !isRight)
        } else {
            // Past the range, or an infinity for a finite value.
            let isSameSide = (widened < 0) == (exact < 0)
            if widened.isInfinite, isSameSide, exact.magnitude >= Value.wideLimit {
                self = .none
                return
            }
            let reached = widened.isInfinite ? Value.wideLimit : widened.magnitude
            let distance = isSameSide ? (reached - exact.magnitude).magnitude : reached + exact.magnitude
            let spacing = Swift.min(
                Swift.max(exact.ulp * Value.wideSpacingRatio, Value.wideLeastSpacing),
                Value.greatestFiniteMagnitude.ulp.widened)
            let ulps = Double(distance / spacing)
            let correct = Value(exact)
            let isOutOfPlace = (computed.isInfinite || correct.isInfinite) && computed != correct && ulps > 1
            self.init(ulps, isWrongSpecial: isOutOfPlace || computed == 0 && (computed.sign == .minus) != (exact < 0))
        }
    }
}

extension MeasuredFloat {
    /// The first power of 2 past the range.
    @inline(__always)
    fileprivate static var wideLimit: Wide {
        Wide(sign: .plus, exponent: Wide.Exponent(Int(greatestFiniteMagnitude.exponent) + 1), significand: 1)
    }
    /// The spacing of this type over that of the wider one, where neither is subnormal.
    @inline(__always)
    fileprivate static var wideSpacingRatio: Wide { Wide(UInt64(1) << UInt64(Wide.significandBitCount - significandBitCount)) }
    @inline(__always)
    fileprivate static var wideLeastSpacing: Wide { leastNonzeroMagnitude.widened }
}

/// How far a result is from the true value, as `Deviation.ulps` has it; the sign of a zero is not looked at.
public func ulpError<Value: MeasuredFloat>(of value: Value, from reference: BigFloat) -> Double {
    Deviation(of: value, from: reference).ulps
}
