import Accuracy
import TestSupport
import Testing

@testable import Formulas

/// Derivatives at kinks, in branches not taken, by parameters, twice, and times an upstream derivative.
@Suite struct DifferentiateBranchTests {
    private static func slope(_ text: String, at x: Double, simplified: Bool) throws -> Double {
        let formula = try DifferentiateTests.formula(text)
        let ready = simplified ? formula.simplified(SimplificationOptions(precision: .double)) : formula
        let gradient = ready.gradient(withRespectTo: [.variable(0)])
        let result = simplified ? gradient.simplified(SimplificationOptions(precision: .double)) : gradient
        return RoundedReference<Double>(result.expandingPowers()).value([x])
    }

    struct Slope: Sendable, CustomTestStringConvertible {
        let text: String
        let x: Double
        let expected: Double
        init(_ text: String, at x: Double, is expected: Double) {
            self.text = text
            self.x = x
            self.expected = expected
        }
        var testDescription: String { "(\(text))' at \(x)" }
    }

    static let slopes: [Slope] = [
        // Kinks, as `Functions.formula` states them.
        Slope("relu(x)", at: 0, is: 0), Slope("max(0, x)", at: 0, is: 0), Slope("abs(x)", at: 0, is: 0),
        Slope("min(max(x, 0), 6)", at: 6, is: 1), Slope("min(6, x)", at: 6, is: 1), Slope("sign(x)", at: 0, is: 0),
        Slope("floor(x)", at: 2, is: 0), Slope("max(x, 0) + min(exp(x) - 1, 0)", at: 0, is: 1), Slope("elu(x)", at: 0, is: 1),
        Slope("max(x, 2*x)", at: 0, is: 2), Slope("min(x, 2*x)", at: 0, is: 1),
        // Branches not taken have no influence: no 0·∞.
        Slope("where(x > 0, sqrt(x), 0)", at: 0, is: 0), Slope("where(x > 0, log(x), x)", at: 0, is: 1),
        Slope("where(x > 0, 1/x, 5*x)", at: 0, is: 5), Slope("where(x > 0, sqrt(x), 0)", at: 4, is: 0.25),
        Slope("where(x == 0, 1, sin(x)/x)", at: 0, is: 0), Slope("x*where(x > 0, log(x), 0)", at: 0, is: 0),
        Slope("pdiv(sin(x), x)", at: 0, is: 0), Slope("plog(x)", at: 0, is: 0), Slope("pinv(x)", at: 0, is: 0),
        Slope("where(x > 0, where(x > 1, sqrt(x - 1), x), -x)", at: 1, is: 1),
        Slope("where(x > 0, where(x > 1, sqrt(x - 1), x), sqrt(-x))", at: 5, is: 0.25),
        Slope("where(x < 0, log(-x), where(x < 1, 3*x, log(x - 1)))", at: 0.5, is: 3),
        Slope("where(x > 0, exp(-1/x), 0)", at: 0, is: 0), Slope("max(sqrt(x), 1)", at: 0, is: 0),
        Slope("sin(where(x > 0, sqrt(x), 2*x))", at: 0, is: 2),
        Slope("where(x > 0, sqrt(x), 0) + where(x > 0, 0, x)", at: 0, is: 1),
        // Both branches through one node.
        Slope("let s = x^2; where(x > 0, 2*s, 3*s)", at: -1, is: -6),
        // What cancels is gone.
        Slope("x - x", at: .infinity, is: 0), Slope("(sqrt(x) + x) - sqrt(x)", at: 0, is: 1),
        // Powers
        Slope("x^0", at: 0, is: 0), Slope("x^1", at: 0, is: 1), Slope("x^2", at: 0, is: 0), Slope("x^3", at: -2, is: 12),
        Slope("x^(-1)", at: -2, is: -0.25), Slope("sqrt(x)", at: 0, is: .infinity), Slope("cbrt(x)", at: 0, is: .infinity),
        Slope("2^x", at: 0, is: 0.6931471805599453), Slope("0^x", at: 2, is: 0),
        Slope("log1p(x)", at: -1 + 0x1p-50, is: 0x1p50), Slope("atan2(x, 1e-200)", at: 1e-200, is: 5e199),
    ]

    @Test(arguments: slopes) func slopesAre(_ sample: Slope) throws {
        for simplified in [false, true] {
            let slope = try Self.slope(sample.text, at: sample.x, simplified: simplified)
            #expect(
                abs(slope - sample.expected) <= 4 * sample.expected.ulp || slope == sample.expected, "simplified: \(simplified)")
        }
    }

    @Test func aFactorFromAboveIsMaskedWithItsBranch() throws {
        let backward = try DifferentiateTests.formula("relu(x)").backward(withRespectTo: [.variable(0)])
        #expect(backward.variables == ["x", "dy"])
        #expect(backward.text == "where(0 < x, dy, 0)")
        let silu = try DifferentiateTests.formula("silu(x)")
        let steps = RoundedReference<Double>(silu.backward(withRespectTo: [.variable(0)]))
        let slope = RoundedReference<Double>(silu.gradient(withRespectTo: [.variable(0)]))
        #expect(steps.value([0.7, 3]) == 3 * slope.value([0.7]))
    }

    @Test func anUpstreamNameThatIsTakenGetsAnUnderscore() throws {
        let formula = try DifferentiateTests.formula("dy*x")
        #expect(formula.backward(withRespectTo: [.variable(0)]).variables == ["dy", "x", "dy_"])
    }

    @Test func parametersAreInputsToo() throws {
        let options = ParsingOptions(parameters: [Parameter(name: "a", value: 2)])
        let formula = try Formula(parsing: "x + sin(a*x)^2/a", options: options)
        let result = formula.valueAndGradient(withRespectTo: [.parameter(0), .variable(0)])
        let values = MPFRReference(result).values([0.6])
        let sine = MPFRReference(try DifferentiateTests.formula("2*sin(2*x)*cos(2*x)*x/2 - sin(2*x)^2/4")).value([0.6])
        #expect(values.count == 3)
        #expect(values[1].agrees(with: sine, bits: 100))
        #expect(values[0].agrees(with: MPFRReference(formula).value([0.6]), bits: 100))
    }

    @Test func anInputThatIsNotUsedHasDerivativeZero() throws {
        let formula = try DifferentiateTests.formula("sin(x)")
        #expect(formula.gradient(withRespectTo: [.parameter(0), .variable(5)]).outputs.count == 2)
        #expect(formula.gradient(withRespectTo: [.variable(5)]).text == "0")
    }

    @Test func valueAndGradientShareTheirNodes() throws {
        let formula = try DifferentiateTests.formula("exp(sin(x))").simplified()
        let both = formula.valueAndGradient(withRespectTo: [.variable(0)])
        #expect(both.nodes.filter { $0.operation == .exp }.count == 1)
        #expect(both.nodes.filter { $0.operation == .sin }.count == 1)
    }

    @Test(arguments: [
        "tanh(x)", "sigmoid(x)", "silu(x)", "gelu(x)", "mish(x)", "softplus(x)", "exp(-x^2)", "x^3*log(x)", "atan2(x, 2)",
    ])
    func secondDerivatives(_ text: String) throws {
        let formula = try DifferentiateTests.formula(text)
        let once = formula.gradient(withRespectTo: [.variable(0)])
        let twice = MPFRReference(once.gradient(withRespectTo: [.variable(0)]), readsKnownConstants: true)
        let difference = NumericalDerivative(formula)
        for x in [-20, -3, -0.7, 0.4, 1.9, 12] {
            let expected = difference.secondValue([x])
            guard !expected.isNaN else { continue }
            // Products of literals are computed in Double.
            #expect(twice.value([x]).agrees(with: expected, bits: 45), "\(text)'' at \(x)")
        }
    }

    @Test func deepAndWideFormulasAreDifferentiatedInLinearTime() {
        // x ← x + sin(x), 25,000 times: deep, and every node used twice. Nested conditions: guards at every level.
        var builder = FormulaBuilder(variables: ["x"])
        var deep = builder.variable(0)
        for _ in 0..<25_000 { deep = builder.binary(.add, deep, builder.unary(.sin, deep)) }
        let x = builder.variable(0)
        var nested = x
        for level in 0..<5_000 {
            let condition = builder.binary(.less, x, builder.constant(Double(level)))
            nested = builder.ternary(.select, condition, builder.unary(.squareRoot, nested), builder.unary(.exp, nested))
        }
        let clock = ContinuousClock()
        for output in [deep, nested] {
            let formula = builder.formula(outputs: [output])
            var gradient: Formula?
            let time = clock.measure { gradient = formula.gradient(withRespectTo: [.variable(0)]) }
            #expect((gradient?.nodes.count ?? .max) < 12 * formula.nodes.count)
            #expect(time < .seconds(20))
        }
    }
}
