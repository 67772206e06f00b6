/// A primitive operation of the formula graph: what the language cannot express in its own terms.
///
/// Everything else that has a name (`relu`, `gelu`, …) is defined in `Grammar/Functions.formula` by these.
/// The raw value is the operation's name in prefix form, the one under which `Functions.formula` gives its derivative.
///
/// All operands and results are numbers. A comparison or logical operation yields 1 or 0; a number taken as a
/// condition is true when it differs from 0 (NaN differs, as in C).
public enum Operator: String, CaseIterable, Hashable, Sendable {
    // Arithmetic
    case add, subtract, multiply, divide, power, negate
    // Magnitude and rounding
    case absolute = "abs"
    case sign, floor, ceil
    /// To the nearest integer, halves away from zero, as C99's `round`.
    case round
    /// To the nearest integer, halves to even, as C99's `rint` in its default mode and NumPy's `round`.
    case rint
    // Powers, exponentials and logarithms
    case squareRoot = "sqrt"
    case cubeRoot = "cbrt"
    case exp, expm1, exp2
    /// `exp_product(a, b)` is e^(a·b) with the product's rounding error carried into the exponential.
    case expProduct = "exp_product"
    case log, log1p, log2, log10
    // Trigonometric and hyperbolic
    case sin, cos, tan, asin, acos, atan, atan2, sinh, cosh, tanh
    // Error functions and the logistic family
    case erf, erfc
    /// The standard normal distribution function, `erfc(-x/√2)/2`.
    case normalCDF = "normal_cdf"
    case sigmoid, softplus
    /// The logistic distribution's density, `sigmoid(x)*sigmoid(-x)`: the slope of `sigmoid`, and `tanh`'s at twice the
    /// argument, small to the last digit where those two are flat.
    case logisticDensity = "logistic_density"
    /// `tanh(softplus(x))`, the gate of mish, by one exponential: with n = e·(e + 2) and e = e^x it is n/(n + 2).
    case tanhSoftplus = "tanh_softplus"
    // Two numbers to one
    case hypot
    /// The smaller operand; NaN when either is NaN.
    case minimum = "min"
    /// The larger operand; NaN when either is NaN.
    case maximum = "max"
    // Conditions
    case less, lessOrEqual = "less_or_equal", equal, notEqual = "not_equal"
    case not, and, or
    /// `where(c, a, b)`: `a` where `c` is true, else `b`. The operand not taken has no influence, not even as NaN.
    case select = "where"

    /// How many operands the operation takes: 1, 2 or 3.
    public var arity: Int {
        switch self {
        case .add, .subtract, .multiply, .divide, .power, .expProduct, .atan2, .hypot, .minimum, .maximum, .less,
            .lessOrEqual, .equal, .notEqual, .and, .or:
            2
        case .select: 3
        default: 1
        }
    }

    /// Whether exchanging the two operands gives the same result for every input.
    public var isCommutative: Bool {
        switch self {
        case .add, .multiply, .hypot, .equal, .notEqual, .and, .or, .expProduct: true
        default: false
        }
    }

    /// Whether the result is always 1 or 0.
    public var isCondition: Bool {
        switch self {
        case .less, .lessOrEqual, .equal, .notEqual, .not, .and, .or: true
        default: false
        }
    }
}
