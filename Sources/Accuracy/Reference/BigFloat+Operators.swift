import CMPFR
import Formulas

extension BigFloat {
    private typealias Unary = (mpfr_ptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32
    private typealias Binary = (mpfr_ptr?, mpfr_srcptr?, mpfr_srcptr?, mpfr_rnd_t) -> Int32

    /// The result of an operation on exact operands, rounded once to so many bits. Special values follow IEEE 754 and C99.
    public static func apply(_ operation: Operator, _ operands: [BigFloat], bits: Int) -> BigFloat {
        switch operation.arity {
        case 1: unary(operation, operands[0], bits: bits)
        case 2: binary(operation, operands[0], operands[1], bits: bits)
        default: operands[0].isTrue ? operands[1] : operands[2]
        }
    }

    /// A number computed from others, which are kept alive meanwhile: MPFR sees no more than addresses.
    static func make(_ bits: Int, _ operands: BigFloat..., compute: (mpfr_ptr) -> Void) -> BigFloat {
        let result = BigFloat(bits: bits)
        withExtendedLifetime(operands) { compute(result.number) }
        return result
    }

    private static func truth(_ truth: Bool) -> BigFloat { BigFloat(truth ? 1 : 0, bits: 53) }

    private static func unary(_ operation: Operator, _ a: BigFloat, bits: Int) -> BigFloat {
        let function: Unary
        switch operation {
        case .negate: function = mpfr_neg
        case .absolute: function = mpfr_abs
        case .floor: function = { result, a, _ in mpfr_floor(result, a) }
        case .ceil: function = { result, a, _ in mpfr_ceil(result, a) }
        case .round: function = { result, a, _ in mpfr_round(result, a) }
        case .rint: function = { result, a, _ in mpfr_roundeven(result, a) }
        case .squareRoot: function = mpfr_sqrt
        case .cubeRoot: function = mpfr_cbrt
        case .exp: function = mpfr_exp
        case .expm1: function = mpfr_expm1
        case .exp2: function = mpfr_exp2
        case .log: function = mpfr_log
        case .log1p: function = mpfr_log1p
        case .log2: function = mpfr_log2
        case .log10: function = mpfr_log10
        case .sin: function = mpfr_sin
        case .cos: function = mpfr_cos
        case .tan: function = mpfr_tan
        case .asin: function = mpfr_asin
        case .acos: function = mpfr_acos
        case .atan: function = mpfr_atan
        case .sinh: function = mpfr_sinh
        case .cosh: function = mpfr_cosh
        case .tanh: function = mpfr_tanh
        case .erf: function = mpfr_erf
        case .erfc: function = mpfr_erfc
        case .sign: return a.isNaN || a.isZero ? a : BigFloat(a.isNegative ? -1 : 1, bits: 53)
        case .not: return truth(!a.isTrue)
        default: return logistic(operation, a, bits: bits)
        }
        return make(bits, a) { _ = function($0, a.number, MPFR_RNDN) }
    }

    /// The operations that MPFR lacks, from e^x at a precision that leaves their last bits right.
    private static func logistic(_ operation: Operator, _ a: BigFloat, bits: Int) -> BigFloat {
        let work = max(bits, a.bits) + 64
        switch operation {
        case .normalCDF:
            // The relative error of the argument grows by 2x² in erfc: a Double's x needs no more than 2¹² more bits
            // before the result leaves any type's range, and `MPFRReference` raises the precision until results agree.
            let scaled = make(work, a) {
                mpfr_sqrt_ui($0, 2, MPFR_RNDN)
                mpfr_div($0, a.number, $0, MPFR_RNDN)
                mpfr_neg($0, $0, MPFR_RNDN)
            }
            return make(bits, scaled) {
                mpfr_erfc($0, scaled.number, MPFR_RNDN)
                mpfr_div_2ui($0, $0, 1, MPFR_RNDN)
            }
        case .sigmoid:
            let sum = make(work, a) {
                mpfr_neg($0, a.number, MPFR_RNDN)
                mpfr_exp($0, $0, MPFR_RNDN)
                mpfr_add_ui($0, $0, 1, MPFR_RNDN)
            }
            return make(bits, sum) { mpfr_ui_div($0, 1, sum.number, MPFR_RNDN) }
        case .softplus:
            // Past this point e^-x is below half a unit in the last place of x.
            if mpfr_cmp_d(a.number, Double(work)) > 0 { return make(bits, a) { mpfr_set($0, a.number, MPFR_RNDN) } }
            let exponential = make(work, a) { mpfr_exp($0, a.number, MPFR_RNDN) }
            return make(bits, exponential) { mpfr_log1p($0, exponential.number, MPFR_RNDN) }
        case .logisticDensity:
            let exponential = make(work, a) {
                mpfr_abs($0, a.number, MPFR_RNDN)
                mpfr_neg($0, $0, MPFR_RNDN)
                mpfr_exp($0, $0, MPFR_RNDN)
            }
            let square = make(work, exponential) {
                mpfr_add_ui($0, exponential.number, 1, MPFR_RNDN)
                mpfr_sqr($0, $0, MPFR_RNDN)
            }
            return make(bits, exponential, square) { mpfr_div($0, exponential.number, square.number, MPFR_RNDN) }
        case .tanhSoftplus:
            if mpfr_cmp_d(a.number, Double(work)) > 0 { return BigFloat(1, bits: bits) }
            let exponential = make(work, a) { mpfr_exp($0, a.number, MPFR_RNDN) }
            let numerator = make(work, exponential) {
                mpfr_add_ui($0, exponential.number, 2, MPFR_RNDN)
                mpfr_mul($0, $0, exponential.number, MPFR_RNDN)
            }
            let denominator = make(work, numerator) { mpfr_add_ui($0, numerator.number, 2, MPFR_RNDN) }
            return make(bits, numerator, denominator) { mpfr_div($0, numerator.number, denominator.number, MPFR_RNDN) }
        default: return BigFloat(bits: bits)
        }
    }

    private static func binary(_ operation: Operator, _ a: BigFloat, _ b: BigFloat, bits: Int) -> BigFloat {
        let function: Binary
        switch operation {
        case .add: function = mpfr_add
        case .subtract: function = mpfr_sub
        case .multiply: function = mpfr_mul
        case .divide: function = mpfr_div
        case .power: function = mpfr_pow
        case .atan2: function = mpfr_atan2
        case .hypot: function = mpfr_hypot
        case .expProduct:
            let product = make(a.bits + b.bits, a, b) { mpfr_mul($0, a.number, b.number, MPFR_RNDN) }
            return make(bits, product) { mpfr_exp($0, product.number, MPFR_RNDN) }
        case .minimum, .maximum:
            if a.isNaN || b.isNaN { return BigFloat(bits: bits) }
            let isLess = mpfr_less_p(a.number, b.number) != 0
            return (operation == .minimum) == isLess ? a : b
        case .less: return truth(mpfr_less_p(a.number, b.number) != 0)
        case .lessOrEqual: return truth(mpfr_lessequal_p(a.number, b.number) != 0)
        case .equal: return truth(mpfr_equal_p(a.number, b.number) != 0)
        case .notEqual: return truth(mpfr_equal_p(a.number, b.number) == 0)
        case .and: return truth(a.isTrue && b.isTrue)
        case .or: return truth(a.isTrue || b.isTrue)
        default: return BigFloat(bits: bits)
        }
        return make(bits, a, b) { _ = function($0, a.number, b.number, MPFR_RNDN) }
    }
}
