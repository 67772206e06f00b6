import CMPFR

/// A binary floating-point number of any precision, on MPFR. Its exponent range is wide enough that nothing a `Double`
/// can hold over- or underflows on the way.
public final class BigFloat: CustomStringConvertible {
    let number: UnsafeMutablePointer<__mpfr_struct>

    /// NaN, with room for so many significant bits.
    public init(bits: Int) {
        number = .allocate(capacity: 1)
        mpfr_init2(number, mpfr_prec_t(bits))
    }

    /// A `Double`, rounded to so many significant bits.
    public convenience init(_ value: Double, bits: Int) {
        self.init(bits: bits)
        mpfr_set_d(number, value, MPFR_RNDN)
    }

    deinit {
        mpfr_clear(number)
        number.deallocate()
    }

    /// +∞.
    static var infinity: BigFloat { BigFloat(.infinity, bits: 53) }

    /// How many significant bits the number has.
    public var bits: Int { Int(mpfr_get_prec(number)) }
    /// Whether this is no number.
    public var isNaN: Bool { mpfr_nan_p(number) != 0 }
    /// Whether this is +∞ or −∞.
    public var isInfinite: Bool { mpfr_inf_p(number) != 0 }
    /// Whether this is +0 or −0.
    public var isZero: Bool { mpfr_zero_p(number) != 0 }
    /// Whether the sign is minus, also that of −0.
    public var isNegative: Bool { mpfr_signbit(number) != 0 }
    /// Whether this is an integer.
    public var isWhole: Bool { mpfr_integer_p(number) != 0 }
    /// Whether the number differs from 0, as a condition is read (NaN differs).
    public var isTrue: Bool { !isZero }

    /// The power of 2 above the magnitude of a number that is neither 0 nor infinite nor NaN.
    public var exponent: Int { Int(mpfr_get_exp(number)) }

    /// The nearest `Float`, subnormal where it must be.
    public var float: Float { mpfr_get_flt(number, MPFR_RNDN) }
    /// The nearest `Double`, subnormal where it must be.
    public var double: Double { mpfr_get_d(number, MPFR_RNDN) }

    /// The number that the type rounds this to, as a `Double`.
    public func rounded(toFloat: Bool) -> Double { toFloat ? Double(float) : double }

    /// Whether two numbers agree in their leading bits: equal, or both NaN, or nearer than 2^−bits relatively.
    public func agrees(with other: BigFloat, bits agreeing: Int) -> Bool {
        if isNaN || other.isNaN { return isNaN && other.isNaN }
        if isEqual(to: other) { return true }
        if isInfinite || other.isInfinite || isZero || other.isZero { return false }
        let difference = BigFloat.make(64, self, other) { mpfr_sub($0, number, other.number, MPFR_RNDN) }
        return difference.exponent <= other.exponent - agreeing
    }

    /// Whether this is below another number; no comparison with NaN holds.
    public func isLess(than other: BigFloat) -> Bool {
        withExtendedLifetime((self, other)) { mpfr_less_p(number, other.number) != 0 }
    }

    private func isEqual(to other: BigFloat) -> Bool {
        withExtendedLifetime((self, other)) { mpfr_equal_p(number, other.number) != 0 }
    }

    /// The difference to another number, at this one's precision.
    public func minus(_ other: BigFloat) -> BigFloat {
        .make(bits, self, other) { mpfr_sub($0, number, other.number, MPFR_RNDN) }
    }

    /// The sum with another number, at this one's precision.
    public func plus(_ other: BigFloat) -> BigFloat {
        .make(bits, self, other) { mpfr_add($0, number, other.number, MPFR_RNDN) }
    }

    /// The product with another number, at this one's precision.
    public func times(_ other: BigFloat) -> BigFloat {
        .make(bits, self, other) { mpfr_mul($0, number, other.number, MPFR_RNDN) }
    }

    /// The product with a power of 2.
    public func times(powerOfTwo exponent: Int) -> BigFloat {
        .make(bits, self) { mpfr_mul_2si($0, number, exponent, MPFR_RNDN) }
    }

    /// The quotient by another number, at this one's precision.
    public func divided(by other: BigFloat) -> BigFloat {
        .make(bits, self, other) { mpfr_div($0, number, other.number, MPFR_RNDN) }
    }

    /// Seventeen significant digits: the nearest `Double` and, where that is not finite and this is, the exponent of 2.
    public var description: String {
        let nearest = double
        guard !isNaN, !isInfinite, !isZero, nearest == 0 || nearest.isInfinite else { return "\(nearest)" }
        return "\(isNegative ? "-" : "")2^\(exponent)"
    }
}
