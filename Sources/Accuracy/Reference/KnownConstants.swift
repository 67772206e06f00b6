import CMPFR

/// The numbers that literals stand for when they are the `Double`s nearest to them, as the policy in `Rewrites.rules` has it.
enum KnownConstants {
    typealias Expansion = @Sendable (Int) -> BigFloat

    /// By the bits of the nearest `Double`, of either sign: the number at a precision.
    static let all: [UInt64: Expansion] = {
        var table: [UInt64: Expansion] = [:]
        for constant in positive {
            table[constant(128).double.bitPattern] = constant
            table[(-constant(128).double).bitPattern] = { bits in
                let positive = constant(bits)
                return .make(bits + 64, positive) { mpfr_neg($0, positive.number, MPFR_RNDN) }
            }
        }
        return table
    }()

    private static let positive: [Expansion] = [
        // π, e, ln 2, 1/ln 2, ln 10, 1/ln 10, 1/3
        { number($0) { mpfr_const_pi($0, MPFR_RNDN) } },
        {
            number($0) {
                mpfr_set_ui($0, 1, MPFR_RNDN); mpfr_exp($0, $0, MPFR_RNDN)
            }
        },
        { number($0) { mpfr_const_log2($0, MPFR_RNDN) } },
        {
            number($0) {
                mpfr_const_log2($0, MPFR_RNDN); mpfr_ui_div($0, 1, $0, MPFR_RNDN)
            }
        },
        { number($0) { mpfr_log_ui($0, 10, MPFR_RNDN) } },
        {
            number($0) {
                mpfr_log_ui($0, 10, MPFR_RNDN); mpfr_ui_div($0, 1, $0, MPFR_RNDN)
            }
        },
        {
            number($0) {
                mpfr_set_ui($0, 1, MPFR_RNDN); mpfr_div_ui($0, $0, 3, MPFR_RNDN)
            }
        },
        // √2, 1/√2, √(2/π), 2·√(2/π), 2/√π, 1/√(2π)
        { number($0) { mpfr_sqrt_ui($0, 2, MPFR_RNDN) } },
        {
            number($0) {
                mpfr_sqrt_ui($0, 2, MPFR_RNDN); mpfr_div_2ui($0, $0, 1, MPFR_RNDN)
            }
        },
        { rootOfReciprocalPi(2, $0) },
        { rootOfReciprocalPi(8, $0) },
        { rootOfReciprocalPi(4, $0) },
        { rootOfReciprocalPi(0.5, $0) },
    ]

    private static func number(_ bits: Int, _ compute: (mpfr_ptr) -> Void) -> BigFloat {
        .make(bits + 64, compute: compute)
    }

    /// √(factor/π)
    private static func rootOfReciprocalPi(_ factor: Double, _ bits: Int) -> BigFloat {
        number(bits) {
            mpfr_const_pi($0, MPFR_RNDN)
            mpfr_d_div($0, factor, $0, MPFR_RNDN)
            mpfr_sqrt($0, $0, MPFR_RNDN)
        }
    }
}
