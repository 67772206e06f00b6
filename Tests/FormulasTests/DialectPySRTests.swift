import Formulas
import TestSupport
import Testing

/// PySR cannot be run here: strings in the formats that it and SymbolicRegression.jl document, with their meanings.
@Suite("PySR's equations")
struct DialectPySRTests {
    @Test(
        "Equations mean what PySR documents",
        arguments: [
            ("(x0 * 2.5382) + cos(x3)", "x0*2.5382 + cos(x3)"), ("square(x0) - 2.0", "x0^2 - 2"),
            ("cube(x1 + 0.5)", "(x1 + 0.5)^3"),
            ("x0 ^ 2.0", "x0^2"), ("x0 ^ x1 ^ 0.5", "x0^x1^0.5"), ("inv(x0) * -1.5", "1/x0*-1.5"), ("neg(x0)", "-x0"),
            ("exp(-0.5 * square(x0))", "exp(-0.5*x0^2)"), ("log(x0)", "where(x0 > 0, log(x0), nan)"),
            ("log2(x0)", "where(x0 > 0, log2(x0), nan)"),
            ("log10(x0)", "where(x0 > 0, log10(x0), nan)"), ("log1p(x0)", "where(x0 > -1, log1p(x0), nan)"),
            ("safe_log(x0)", "where(x0 > 0, log(x0), nan)"), ("sqrt(abs(x0))", "sqrt(abs(x0))"), ("safe_sqrt(x0)", "sqrt(x0)"),
            ("safe_pow(x0, 3.0)", "x0^3"), ("cond(x0, x1)", "where(x0 > 0, x1, 0)"), ("greater(x0, x1)", "x0 > x1"),
            ("less(x0, x1)", "x0 < x1"),
            ("greater_equal(x0, 1.0)", "x0 >= 1"), ("less_equal(x0, 1.0)", "x0 <= 1"), ("logical_or(x0, x1)", "x0 > 0 or x1 > 0"),
            ("logical_and(x0, x1)", "x0 > 0 and x1 > 0"), ("mod(x0, 2.0)", "x0 - 2*floor(x0/2)"), ("round(x0)", "rint(x0)"),
            ("relu(x0 - 1.0)", "where(x0 - 1 > 0, x0 - 1, 0)"), ("max(x0, min(x1, 0.1))", "max(x0, min(x1, 0.1))"),
            ("atanh_clip(x0)", "atanh(mod(x0 + 1, 2) - 1)"), ("sqrt_abs(x0)", "sqrt(abs(x0))"),
            ("plus(mult(x0, 2), sub(x1, div(1, x0)))", "x0*2 + (x1 - 1/x0)"),
            ("pow_abs(x0, x1)", "abs(x0)^x1"), ("erfc(x0) + erf(x1)", "erfc(x0) + erf(x1)"),
            ("sign(x0) * ceil(x1)", "sign(x0)*ceil(x1)"),
            ("(x₁ + 1.2e-5) / x₁₂", "(x1 + 1.2e-5)/x12"), ("((-0.73 * x1) - 1.0e6) * sinh(x2)", "(-0.73*x1 - 1.0e6)*sinh(x2)"),
            ("fma(x0, x1, 2.0)", "x0*x1 + 2"), ("acosh(x0) + asinh(x1)", "acosh(x0) + asinh(x1)"),
            ("sin(1.6 * x0)\n", "sin(1.6*x0)"), ("4.0 - exp(x1 * 0.3) / tanh(x0)", "4 - exp(x1*0.3)/tanh(x0)"),
        ])
    func equations(text: String, meaning: String) throws {
        #expect(try Formula(parsing: text, options: ParsingOptions(dialect: .pysr)) == Formula(parsing: meaning))
    }

    @Test(
        "Logarithms outside their domains are NaN",
        arguments: ["log(x0)", "log2(x0)", "log10(x0)", "log1p(x0 - 1)", "log_abs(x0)"])
    func domains(text: String) throws {
        let formula = try Formula(parsing: text, options: ParsingOptions(dialect: .pysr))
        #expect(RoundedReference<Double>(formula).value([0]).isNaN)
        #expect(RoundedReference<Double>(formula).value([1.5]).isFinite)
    }
}
