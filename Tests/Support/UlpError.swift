import CMPFR

/// The types whose results are measured.
public protocol MeasuredFloat: BinaryFloatingPoint, Sendable {
    /// The nearest number of this type.
    static func rounding(_ reference: BigFloat) -> Self
    /// The number as a `Double`, unchanged.
    var asDouble: Double { get }
}

extension Float: MeasuredFloat {
    public static func rounding(_ reference: BigFloat) -> Float { reference.float }
    public var asDouble: Double { Double(self) }
}

extension Double: MeasuredFloat {
    public static func rounding(_ reference: BigFloat) -> Double { reference.double }
    public var asDouble: Double { self }
}

/// How far a result is from the true value, in units of the last place of the correctly rounded result.
///
/// A correctly rounded result has at most 0.5. Subnormal results are measured by their own spacing. An infinity counts as
/// the first power of 2 that the type lacks, when the true value is finite. A NaN where the truth is a number (or the
/// other way about), or a finite result where the truth is infinite, is infinitely far off. The sign of a zero is not
/// looked at.
public func ulpError<Value: MeasuredFloat>(of value: Value, from reference: BigFloat) -> Double {
    if reference.isNaN || value.isNaN { return reference.isNaN && value.isNaN ? 0 : .infinity }
    let correct = Value.rounding(reference)
    if value == correct && (value.isInfinite || reference.isInfinite) { return 0 }
    if reference.isInfinite { return .infinity }
    let spacing = correct.isFinite ? correct.ulp : Value.greatestFiniteMagnitude.ulp
    let error = BigFloat.make(max(reference.bits, 64), reference) { error in
        if value.isInfinite {
            mpfr_set_si_2exp(error, value < 0 ? -1 : 1, Int(Value.greatestFiniteMagnitude.exponent) + 1, MPFR_RNDN)
        } else {
            mpfr_set_d(error, value.asDouble, MPFR_RNDN)
        }
        mpfr_sub(error, error, reference.number, MPFR_RNDN)
        mpfr_div_2si(error, error, Int(spacing.exponent), MPFR_RNDN)
    }
    return abs(error.double)
}
