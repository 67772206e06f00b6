import Formulas

/// A small C function that stands for an operation for which C has no operator. A source file holds those that its
/// programs use: a static function that nobody calls is a warning.
enum CHelper: String, CaseIterable {
    case bits
    case fromBits = "from_bits"
    case absolute = "abs"
    case copySign = "copysign"
    case roundToEven = "rint"
    case shiftRightArithmetic = "shift_right_arithmetic"
    case multiplyHigh = "multiply_high"

    /// The helpers that this one's text calls.
    var requirements: [CHelper] {
        switch self {
        case .absolute: [.bits, .fromBits]
        case .copySign: [.bits, .fromBits]
        case .roundToEven: [.absolute, .copySign]
        case .bits, .fromBits, .shiftRightArithmetic, .multiplyHigh: []
        }
    }

    /// The function's definition.
    ///
    /// - Parameter name: gives a helper's C name.
    func definition(_ type: CType, name: (CHelper) -> String) -> String {
        let (number, integer, last) = (type.number, type.integer, type.width - 1)
        let sign = type.integerLiteral(1 << UInt64(last))
        let this = name(self)
        switch self {
        case .bits:
            return """
                /* The bits of a number. */
                FORMULAC_INLINE \(integer) \(this)(const \(number) x)
                {
                    \(integer) bits;
                    memcpy(&bits, &x, sizeof bits);
                    return bits;
                }
                """
        case .fromBits:
            return """
                /* The number with given bits. */
                FORMULAC_INLINE \(number) \(this)(const \(integer) bits)
                {
                    \(number) x;
                    memcpy(&x, &bits, sizeof x);
                    return x;
                }
                """
        case .absolute:
            return """
                /* The number without its sign bit. */
                FORMULAC_INLINE \(number) \(this)(const \(number) x)
                {
                    return \(name(.fromBits))(\(name(.bits))(x) & ~\(sign));
                }
                """
        case .copySign:
            return """
                /* x with the sign bit of y. */
                FORMULAC_INLINE \(number) \(this)(const \(number) x, const \(number) y)
                {
                    return \(name(.fromBits))((\(name(.bits))(x) & ~\(sign)) | (\(name(.bits))(y) & \(sign)));
                }
                """
        case .roundToEven:
            // 2^23 or 2^52: from here on numbers have no fraction digits.
            let large = type.precision == .float ? "8388608.0f" : "4503599627370496.0"
            return """
                /* The nearest integer, halves to even, with the sign of x. Where no instruction does it: adding and subtracting
                   a number so large that the sum has no fraction digits rounds; numbers as large are integers already. */
                FORMULAC_INLINE \(number) \(this)(const \(number) x)
                {
                #if defined(__SSE4_1__) || (defined(__aarch64__) && defined(__GNUC__))
                    return \(type.precision == .float ? "__builtin_rintf" : "__builtin_rint")(x);
                #else
                    const \(number) shift = \(name(.copySign))(\(large), x);
                    const \(number) sum = x + shift;
                    const \(number) rounded = \(name(.copySign))(sum - shift, x);
                    return \(name(.absolute))(x) < \(large) ? rounded : x;
                #endif
                }
                """
        case .shiftRightArithmetic:
            return """
                /* Shifts right and repeats the sign bit, which C leaves to the implementation for signed types.
                   0 <= distance < \(type.width). */
                FORMULAC_INLINE \(integer) \(this)(const \(integer) x, const int distance)
                {
                    const \(integer) sign = \(sign) >> distance;
                    return ((x >> distance) ^ sign) - sign;
                }
                """
        case .multiplyHigh:
            return type.precision == .float ? Self.multiplyHigh32(this) : Self.multiplyHigh64(this)
        }
    }

    private static func multiplyHigh32(_ name: String) -> String {
        """
        /* The upper half of the product. */
        FORMULAC_INLINE uint32_t \(name)(const uint32_t x, const uint32_t y)
        {
            return (uint32_t)(((uint64_t)x * y) >> 32);
        }
        """
    }

    /// C99 has no 128-bit integers: the product is put together from four halves' products.
    private static func multiplyHigh64(_ name: String) -> String {
        """
        /* The upper half of the product. */
        FORMULAC_INLINE uint64_t \(name)(const uint64_t x, const uint64_t y)
        {
            const uint64_t mask = UINT64_C(0xffffffff);
            const uint64_t low = (x & mask) * (y & mask);
            const uint64_t middle = (x >> 32) * (y & mask) + (low >> 32);
            const uint64_t other = (x & mask) * (y >> 32) + (middle & mask);
            return (x >> 32) * (y >> 32) + (middle >> 32) + (other >> 32);
        }
        """
    }
}
