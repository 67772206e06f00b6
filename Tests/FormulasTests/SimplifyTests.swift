import Testing

@testable import Formulas

/// What simplification makes of formulas, and what it must leave alone.
@Suite struct SimplifyTests {
    struct Rewriting: Sendable, CustomTestStringConvertible {
        let before: String
        let after: String
        init(_ before: String, _ after: String) {
            self.before = before
            self.after = after
        }
        var testDescription: String { "\(before) => \(after)" }
    }

    private static func simplified(_ text: String, _ options: SimplificationOptions = .init()) throws -> String {
        try DifferentiateTests.formula(text).simplified(options).text
    }

    static let rewritings: [Rewriting] = [
        // Activations, in the spellings that people use
        Rewriting("0.5*x*(1 + erf(x*0.7071067811865476))", "x*normal_cdf(x)"),
        Rewriting("0.5*x*(1 + erf(x/sqrt(2)))", "x*normal_cdf(x)"),
        Rewriting("x*(1 + erf(x/1.4142135623730951))/2", "x*normal_cdf(x)"),
        Rewriting("x*0.5*erfc(-x/sqrt(2))", "x*normal_cdf(x)"), Rewriting("x*erfc(-x*0.7071067811865476)/2", "x*normal_cdf(x)"),
        Rewriting("0.5*x*(1 + tanh(0.7978845608028654*(x + 0.044715*x^3)))", "x*sigmoid(1.5957691216057308*(x + 0.044715*x^3))"),
        Rewriting("0.5*(x*(1 + tanh(x)))", "x*sigmoid(2*x)"), Rewriting("x/(1 + exp(-x))", "x*sigmoid(x)"),
        Rewriting("1/(1 + exp(-x))", "sigmoid(x)"), Rewriting("exp(x)/(1 + exp(x))", "sigmoid(x)"),
        Rewriting("1/(1 + exp(x))", "sigmoid(-x)"), Rewriting("0.5*tanh(0.5*x) + 0.5", "sigmoid(x)"),
        Rewriting("1 - 1/(1 + exp(-x))", "sigmoid(-x)"), Rewriting("x*tanh(log(1 + exp(x)))", "x*tanh_softplus(x)"),
        Rewriting("x*tanh(max(x, 0) + log(1 + exp(-abs(x))))", "x*tanh_softplus(x)"), Rewriting("log(1 + exp(x))", "softplus(x)"),
        Rewriting("log1p(exp(x))", "softplus(x)"), Rewriting("max(0, x) + log1p(exp(-abs(x)))", "softplus(x)"),
        Rewriting("x + log(1 + exp(-x))", "softplus(x)"), Rewriting("-log(1/(1 + exp(-x)))", "softplus(-x)"),
        Rewriting("max(x, 0) + min(exp(x) - 1, 0)", "where(0 < x, x, expm1(x))"),
        Rewriting("max(0, x) + min(0, 1.5*(exp(x) - 1))", "where(0 < x, x, 1.5*expm1(x))"),
        Rewriting("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "tanh(x)"), Rewriting("(exp(x) - exp(-x))/2", "sinh(x)"),
        Rewriting("2/(1 + exp(-2*x)) - 1", "tanh(x)"), Rewriting("1 - tanh(x)^2", "4*logistic_density(2*x)"),
        Rewriting("sigmoid(x)*(1 - sigmoid(x))", "logistic_density(x)"), Rewriting("exp(-x^2)", "exp_product(x, -x)"),
        Rewriting("exp(-x*x/2)", "exp_product(x, -0.5*x)"), Rewriting("exp(-0.5*x^2)", "exp_product(x, -0.5*x)"),
        // Better conditioned forms
        Rewriting("exp(x) - 1", "expm1(x)"), Rewriting("-1 + exp(x)", "expm1(x)"), Rewriting("log(1 + x^2)", "log1p(x^2)"),
        Rewriting("log(1 - x)", "log1p(-x)"), Rewriting("sqrt(x^2)", "abs(x)"), Rewriting("sqrt(x*x + y*y)", "hypot(x, y)"),
        Rewriting("sin(x)/cos(x)", "tan(x)"), Rewriting("1 - cos(x)", "2*sin(0.5*x)^2"), Rewriting("log(exp(x))", "x"),
        Rewriting("e^x", "exp(x)"), Rewriting("2^x", "exp2(x)"), Rewriting("log(x)/log(2)", "log2(x)"),
        Rewriting("1 - erf(x)", "erfc(x)"), Rewriting("(abs(x) + 0.5)^0.5", "sqrt(abs(x) + 0.5)"),
        // Arithmetic
        Rewriting("x*1 + 0", "x"), Rewriting("-(-x)", "x"), Rewriting("x/4", "0.25*x"), Rewriting("x - -3", "x + 3"),
        Rewriting("x + x", "2*x"), Rewriting("x*x*x", "x^3"), Rewriting("x^2*x^2", "x^4"), Rewriting("x + y*-2", "x - 2*y"),
        Rewriting("(x + 1) + 2", "x + 3"), Rewriting("1 - (x - 2)", "3 - x"), Rewriting("2*(3*x)", "6*x"),
        Rewriting("(x*2)/(y*2)", "x/y"), Rewriting("abs(-abs(x))", "abs(x)"), Rewriting("cos(-x)", "cos(x)"),
        Rewriting("cos(abs(x))", "cos(x)"), Rewriting("sin(-x)", "-sin(x)"), Rewriting("max(max(x, 1), 2)", "max(x, 2)"),
        Rewriting("max(x, -x)", "abs(x)"), Rewriting("where(x > 0, y, y)", "y"), Rewriting("where(1, x, y)", "x"),
        Rewriting("not (not (x > 0))", "0 < x"), Rewriting("(-x)^3", "-x^3"), Rewriting("x^0", "1"), Rewriting("x^1", "x"),
        Rewriting("y*x + x*y", "2*(x*y)"), Rewriting("1/(1/x)", "x"), Rewriting("0.5*x*(y*2)", "x*y"),
    ]

    @Test(arguments: rewritings) func simplifiesTo(_ rewriting: Rewriting) throws {
        #expect(try Self.simplified(rewriting.before) == rewriting.after)
    }

    static let untouched = [
        "x - x", "x/x", "0*x", "0/x", "exp(log(x))", "sqrt(x)^2", "x^0.5", "x^0.3333333333333333", "x + y - y", "x*y/y", "x/3",
        "sin(x)^2 + cos(x)^2", "x + 0.1 + 0.2", "log(x) + log(y)", "exp(x)*exp(y)", "x^2/x", "sin(asin(x))", "sin(1)",
        "sqrt(2)*x",
        "max(x, min(x, y))", "where(x < y, x, y)", "x*(y + 1)", "x*y + x*z", "exp(2*x)", "1 - x", "not (x < y)", "erfc(x)",
        "tanh(x)", "x^65", "log(1/x)", "3*x - x", "2*x^2 + x^3", "x*1e300*y", "exp(x)/(exp(y) + 2)", "floor(x + 1)",
    ]

    @Test(arguments: untouched) func leavesAlone(_ text: String) throws {
        let formula = try DifferentiateTests.formula(text)
        // Nothing but the order of commutative operands may change.
        let reordered = formula.rewritten(RewriteRuleSet([], kind: .stable), precision: .double)
        #expect(formula.simplified(SimplificationOptions(precision: .double)) == reordered)
    }

    static let relaxations: [Rewriting] = [
        Rewriting("x - x", "0"), Rewriting("x/x", "1"), Rewriting("0*x", "0"), Rewriting("exp(log(x))", "x"),
        Rewriting("sqrt(x)^2", "x"), Rewriting("x^0.5", "sqrt(x)"), Rewriting("sin(x)^2 + cos(x)^2", "1"),
        Rewriting("x*y/y", "x"), Rewriting("x/3", "0.3333333333333333*x"),
        // Horner's form
        Rewriting("2*x^2 + x", "x*(2*x + 1)"), Rewriting("x^3 + 2*x^2 + 3*x + 4", "x*(x*(x + 2) + 3) + 4"),
        Rewriting("5*x^4 + 3*x^2 + x + 1", "x*(x*(5*x^2 + 3) + 1) + 1"),
    ]

    @Test(arguments: relaxations) func simplifiesOnRequest(_ rewriting: Rewriting) throws {
        #expect(try Self.simplified(rewriting.before, SimplificationOptions(relaxed: true)) == rewriting.after)
    }

    @Test func literalsAreAddedAsTheTypeAdds() throws {
        #expect(try Self.simplified("0.1 + 0.2", SimplificationOptions(precision: .double)) == "\(0.1 + 0.2)")
        let inFloat = try DifferentiateTests.formula("0.1 + 0.2").simplified()
        #expect(inFloat.nodes.first?.constant == Double(Float(0.1) + Float(0.2)))
        #expect(try Self.simplified("1e30*1e30") == "inf")
        let inDouble = try DifferentiateTests.formula("1e30*1e30").simplified(SimplificationOptions(precision: .double))
        #expect(inDouble.nodes.first?.constant == 1e30 * 1e30)
        #expect(try Self.simplified("sqrt(4) + floor(2.5) - min(3, 1)") == "3")
        #expect(try Self.simplified("where(2 > 1 and not 0, 2^10, x)") == "1024")
    }

    @Test func equalExpressionsBecomeOneNode() throws {
        let formula = try DifferentiateTests.formula("sin(x*y) + sin(y*x)")
        #expect(formula.simplified().text == "2*sin(x*y)")
    }

    @Test func allOutputsAreSimplifiedTogether() throws {
        let formula = try DifferentiateTests.formula("log(1 + exp(x))").valueAndGradient(withRespectTo: [.variable(0)])
        let simplified = formula.simplified()
        #expect(simplified.text(output: 0) == "softplus(x)")
        #expect(simplified.text(output: 1) == "sigmoid(x)")
    }

    @Test func aSharedExponentialIsNotComputedTwice() throws {
        // 1/exp(x) alone becomes exp(-x), but not beside another use of exp(x).
        #expect(try Self.simplified("1/exp(x)") == "exp(-x)")
        #expect(try Self.simplified("1/exp(x) + sin(exp(x))") == "1/exp(x) + sin(exp(x))")
    }
}
