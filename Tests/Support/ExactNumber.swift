import CMPFR

/// A number held to 160 bits by MPFR: what a floating-point result is measured against.
///
/// Not safe to share between threads.
public final class ExactNumber {
    /// What MPFR's own functions work on. It lives no longer than the number does.
    let storage: mpfr_ptr

    /// The number that a floating-point value is.
    public init(_ value: Double = 0) {
        storage = mpfr_ptr.allocate(capacity: 1)
        mpfr_init2(storage, 160)
        mpfr_set_d(storage, value, MPFR_RNDN)
    }

    deinit {
        mpfr_clear(storage)
        storage.deallocate()
    }

    /// How far a value computed for this number is from it, in units in the last place of the value's type at this
    /// number. NaN for NaN, infinity past the range, and a zero's sign must be right; where they are not, the error is
    /// infinite.
    public func errorInUlps<Value: BinaryFloatingPoint>(of computed: Value) -> Double {
        withExtendedLifetime(self) { measure(computed) }
    }

    private func measure<Value: BinaryFloatingPoint>(_ computed: Value) -> Double {
        if mpfr_nan_p(storage) != 0 { return computed.isNaN ? 0 : .infinity }
        guard !computed.isNaN else { return .infinity }
        let isNegative = mpfr_signbit(storage) != 0
        if mpfr_inf_p(storage) != 0 { return computed == (isNegative ? -Value.infinity : Value.infinity) ? 0 : .infinity }
        if computed == 0, (computed.sign == .minus) != isNegative { return .infinity }
        if mpfr_zero_p(storage) != 0 { return computed == 0 ? 0 : .infinity }
        // MPFR's exponents are of a significand in [1/2, 1).
        let exponent = max(Int(mpfr_get_exp(storage)) - 1, Int(Value.leastNormalMagnitude.exponent))
        let difference = ExactNumber(Double(computed))
        return withExtendedLifetime(difference) {
            if computed.isInfinite {
                // An infinity stands for the first power of two past the range, which is where it is rounded to.
                guard (computed < 0) == isNegative else { return .infinity }
                let limit = Int(Value.greatestFiniteMagnitude.exponent) + 1
                mpfr_set_si_2exp(difference.storage, isNegative ? -1 : 1, limit, MPFR_RNDN)
                if mpfr_cmpabs(storage, difference.storage) >= 0 { return 0 }
            }
            mpfr_sub(difference.storage, difference.storage, storage, MPFR_RNDN)
            mpfr_abs(difference.storage, difference.storage, MPFR_RNDN)
            mpfr_mul_2si(difference.storage, difference.storage, Value.significandBitCount - exponent, MPFR_RNDN)
            return mpfr_get_d(difference.storage, MPFR_RNDN)
        }
    }
}

/// A real function of one or two numbers, computed by MPFR.
public struct ExactFunction: Sendable {
    private let compute: @Sendable (_ result: mpfr_ptr, _ x: mpfr_ptr, _ y: mpfr_ptr) -> Void

    /// A function given by MPFR calls that leave their result in the first argument and the others as they were.
    public init(steps compute: @escaping @Sendable (_ result: mpfr_ptr, _ x: mpfr_ptr, _ y: mpfr_ptr) -> Void) {
        self.compute = compute
    }

    /// One of MPFR's functions of one number, such as `mpfr_exp`.
    public init(_ compute: @escaping @Sendable (mpfr_ptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32) {
        self.compute = { result, x, _ in _ = compute(result, x, MPFR_RNDN) }
    }

    /// One of MPFR's functions of two numbers, such as `mpfr_pow`.
    public init(_ compute: @escaping @Sendable (mpfr_ptr?, mpfr_srcptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32) {
        self.compute = { result, x, y in _ = compute(result, x, y, MPFR_RNDN) }
    }

    /// The function's value.
    public func callAsFunction(_ x: Double, _ y: Double = 0) -> ExactNumber {
        let (result, x, y) = (ExactNumber(), ExactNumber(x), ExactNumber(y))
        withExtendedLifetime((x, y)) { compute(result.storage, x.storage, y.storage) }
        return result
    }
}
