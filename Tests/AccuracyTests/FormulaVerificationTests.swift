import Formulas
import Kernels
import Lanes
import Testing

@testable import Accuracy

@Suite struct FormulaVerificationTests {
    private func tallies<Value: MeasuredFloat>(
        _ text: String, points: Int = 600, as type: Value.Type
    ) throws -> [FormulaTally<Value>] {
        let formula = try Formula(parsing: text, options: ParsingOptions(names: .any))
        return try FormulaVerification<Value>(formula).run(FormulaPoints<Value>(formula, count: points), threads: 2)
    }

    @Test(arguments: [
        "x*cos(x)", "gelu(x)", "mish(x)", "silu(x)", "log(1 + exp(x))", "x^2*sin(y) - 1/y", "sqrt(x^2 + 1)", "x^3 - 2*x + 0.1",
    ])
    func conditioningExplainsEveryError(_ text: String) throws {
        for tally in try tallies(text, as: Float.self) {
            #expect(tally.unexplained == 0 && tally.wrongSpecials == 0, "\(text): \(tally.examples)")
        }
        for tally in try tallies(text, points: 300, as: Double.self) {
            #expect(tally.unexplained == 0 && tally.wrongSpecials == 0, "\(text): \(tally.examples)")
        }
    }

    @Test func cancellationIsReportedAsConditioning() throws {
        let tally = try tallies("exp(x + 10) - exp(10)", as: Float.self)[0]
        let worst = try #require(tally.illConditioned)
        #expect(worst.ulps > 100 && worst.condition ?? 0 > 1000)
        #expect(tally.unexplained == 0 && tally.wrongSpecials == 0)
        #expect(tally.worst?.ulps ?? 0 < 32)
    }

    @Test func wellConditionedFormulasAreMeasuredInUlps() throws {
        let tally = try tallies("tanh(x)", as: Float.self)[0]
        #expect(tally.illConditioned == nil)
        #expect(tally.worst?.ulps ?? 9 <= MathMode.accurate.promisedUlps)
    }

    @Test func stepsThatOverflowAreTheFormulas() throws {
        let tally = try tallies("exp(x)/exp(x - 1)", as: Float.self)[0]
        #expect(tally.wrongSpecials == 0 && tally.unexplained == 0, "\(tally.examples)")
        #expect(tally.illConditioned?.condition == .infinity)
    }

    /// A kernel of another formula stands in for a wrong one.
    @Test func errorsBeyondTheConditioningAreFaults() {
        var tally = FormulaTally<Float>(promisedUlps: 2)
        func finding(_ ulps: Double, at x: Float = 1, isWrongSpecial: Bool = false) -> FormulaTally<Float>.Finding {
            .init(point: [x], computed: 1, correct: 2, ulps: ulps, condition: 3, isWrongSpecial: isWrongSpecial)
        }
        tally.record(finding(0x1p23))
        #expect(tally.unexplained == 1 && tally.examples.count == 1)
        tally.record(finding(8))
        #expect(tally.unexplained == 1)
        tally.record(finding(8, isWrongSpecial: true))
        #expect(tally.wrongSpecials == 1 && tally.examples.count == 1 && tally.wrongSpecialExamples.count == 1)
        // Every error counts; the examples are of different points.
        tally.record(finding(0x1p23))
        tally.record(finding(0x1p23, at: 2))
        var whole = tally
        whole.append(tally)
        #expect(tally.unexplained == 3 && whole.unexplained == 6)
        #expect(whole.examples.map(\.point) == [[1], [2]])
    }

    /// Activations and found formulas as they are written by hand and by programs.
    private static let corpus = [
        "max(x, 0) + min(exp(x) - 1, 0)", "1.0507009873554805*(max(x, 0) + min(1.6732632423543772*(exp(x) - 1), 0))",
        "x*min(max(x + 3, 0), 6)/6", "0.5*x*(1 + erf(x*0.7071067811865476))",
        "0.5*x*(1 + tanh(0.7978845608028654*(x + 0.044715*x^3)))", "x*tanh(max(x, 0) + log(1 + exp(-abs(x))))",
        "cos(x) - cos(cos(x))", "x + sin(x)^2", "pdiv(sin(x), x)", "exp(-x^2)", "log(1 + x^2)", "x*(27 + x^2)/(27 + 9*x^2)",
        "tan(0.15*x)", "pow(abs(x) + 0.5, 1.7)", "psqrt(x)*plog(x)", "x*sin(y) + exp(-z^2)*tanh(x*y)", "x^y", thirty, hundred,
        "sinc(x)", "squareplus(x)", "tanh_shrink(x)", "asec(x)", "acsc(x)", "acot(x)", "asech(x)", "acoth(x)", "logit(x)",
        "x*1e-50", "1e39*x",
    ]
    private static let thirty = """
        (((sin((cos(x) + x)) * x) - 0.446) - sin(((((x * (sin(x) + x)) - sin(x)) + x) + sin(cos(sin((x + cos(x))))))))
        """
    private static let hundred = """
        sin((((cos(sin(x)) * sin(cos((x - x)))) - x) - (cos(sin((x + ((x + x) + 1.705)))) * cos(sin((((cos(sin(x)) \
        - abs(((cos((cos(x) - sin(cos(x)))) + cos(sin(x))) + sin((cos(x) * abs((x * abs(1.600)))))))) * (abs(abs((x + \
        (sin(x) + abs(x))))) - cos(x))) * (((x + cos(x)) + cos((abs(x) - x))) + (cos((x - cos(1.985))) - ((x - cos(x)) \
        - ((x - x) * sin(((x - (x + cos(x))) - x))))))))))))
        """

    @Test(arguments: corpus)
    func rightKernelsAreNotCalledWrong(_ text: String) throws {
        for tally in try tallies(text, points: 300, as: Float.self) {
            #expect(tally.unexplained == 0 && tally.wrongSpecials == 0, "\(tally.examples) \(tally.wrongSpecialExamples)")
        }
        for tally in try tallies(text, points: 300, as: Double.self) {
            #expect(tally.unexplained == 0 && tally.wrongSpecials == 0, "\(tally.examples) \(tally.wrongSpecialExamples)")
        }
    }

    /// The kernel of a formula with one number changed a little is wrong nearly everywhere, and must be called so.
    @Test(arguments: [
        ("sin(x)", "sin(x)", "sin(1.00001*x)"), ("tan(0.15*x)", "0.15", "0.150002"),
        ("max(x, 0) + min(exp(x) - 1, 0)", "exp(x)", "1.00001*exp(x)"), (thirty, "0.446", "0.4461"),
        (thirty, "sin((cos(x) + x))", "sin((cos(x) + 1.00001*x))"), (hundred, "1.705", "1.7051"), ("x^y", "x^y", "x^(1.00001*y)"),
        ("cos(x) - cos(cos(x))", "- cos(cos(x))", "- 1.00001*cos(cos(x))"),
    ])
    func wrongKernelsAreCalledWrong(_ text: String, _ right: String, _ wrong: String) throws {
        try expectFaults(text, text.replacing(right, with: wrong), as: Float.self)
        try expectFaults(text, text.replacing(right, with: wrong), as: Double.self)
    }

    private func expectFaults<Value: MeasuredFloat>(_ text: String, _ wrong: String, as type: Value.Type) throws {
        let options = ParsingOptions(names: .any)
        let formula = try Formula(parsing: text, options: options)
        let verification = try FormulaVerification<Value>(formula, computing: Formula(parsing: wrong, options: options))
        let points = FormulaPoints<Value>(formula, count: 300)
        for (name, tally) in zip(verification.outputNames, try verification.run(points, threads: 2)) {
            // A constant that is added leaves the derivative right.
            if name != "value", wrong.contains("0.4461") { continue }
            #expect(tally.unexplained >= 20, "\(name) of \(wrong) for \(text) in \(type): \(tally.unexplained)")
        }
    }

    @Test func argumentsThatAreTooSmallToCountAreSeen() throws {
        // e^x - 1 is above 0 for the smallest x: the slope there is 1 and not 2.
        let formula = try Formula(parsing: "max(x, 0) + min(exp(x) - 1, 0)").gradient(withRespectTo: [.variable(0)])
        #expect(MPFRReference(formula).value([.leastNonzeroMagnitude]).double == 1)
        // Nobody can tell which of two equal numbers is the larger, and nothing is said of what depends on it.
        let tie = try Formula(parsing: "where(sin(x)^2 + cos(x)^2 <= 1, x, 2*x)")
        #expect(MPFRReference(tie).evaluation([0.3]).isDecided == [false])
        #expect(MPFRReference(tie).evaluation([0]).isDecided == [true])
    }

    private func condition<Value: MeasuredFloat>(_ text: String, _ x: Double, as type: Value.Type) throws -> Double {
        let formula = try Formula(parsing: text)
        let exact = MPFRReference(formula).value([x])
        return Conditioning<Value>(formula).at([x], parameters: []).number(ofOutput: 0, exact: exact)
    }

    @Test func conditionNumbersAreSumsOverTheSteps() throws {
        // x + 1 rounds, then the difference: an error of one unit in 1 + 2⁻¹⁰ is 2¹⁰ units of 2⁻¹⁰, and the difference adds its own.
        #expect(try condition("(x + 1) - 1", 0x1.00001p-10, as: Float.self) == 1025)
        // What the type holds is not rounded.
        #expect(try condition("(x + 1) - 1", 0x1p-10, as: Float.self) == 0)
        #expect(try condition("x^2", 1.1, as: Double.self) == 1)
        #expect(try condition("x*x - 9", 3.0001, as: Float.self) > 1e3)
        // The literal rounds in Float alone.
        #expect(try condition("0.1*x", 1, as: Float.self) > 1.5)
        #expect(try condition("0.1*x", 1.1, as: Double.self) == 1)
        #expect(try condition("x^2/x", 1e30, as: Float.self) == .infinity)
    }

    @Test func lostOperandsLeaveNoBound() throws {
        // Rounded to a Float, the angle is off by a quarter of a radian and more.
        #expect(try condition("tan(0.15*x)", 2.233024e7, as: Float.self) == .infinity)
        #expect(try condition("tan(0.15*x)", 1.5, as: Float.self) < 10)
        // The sine may then be anything between -1 and 1: as much as 2 beside 3000, which are 2¹⁴ units or so, and no more.
        let sine = try condition("3000 + sin(x*x)", 6000.1, as: Float.self)
        #expect(sine > 2e3 && sine < 2e4)
        #expect(try condition("1/(x*x - 2)", 2.0.squareRoot(), as: Double.self) == .infinity)
        // The sign of a sum that cancels, as the slope of its magnitude has it.
        #expect(try condition("sign(x + (sin(x) + abs(x)))", -3.1415927410125732, as: Float.self) == .infinity)
    }

    @Test func jumpsAtRoundedNumbersAreNobodysFault() throws {
        #expect(try condition("where(x > 0.001, 1, 2)", Double(Float(0.001)), as: Float.self) == .infinity)
        #expect(try condition("where(x > 0.001, 1, 2)", 0.0011, as: Float.self) == 0)
        #expect(try condition("where(x > 1, 1, 2)", 1, as: Float.self) == 0)
        #expect(try condition("floor(10*x)", 0.3, as: Double.self) == .infinity)
        #expect(try condition("floor(x)", 3, as: Double.self) == 0)
        for tally in try tallies("where(abs(x) > 0.001, 1/x, 0)", as: Float.self) {
            #expect(tally.unexplained == 0 && tally.wrongSpecials == 0, "\(tally.examples)")
        }
    }

    @Test func parametersAndConstantFormulasAreVerified() throws {
        let options = ParsingOptions(parameters: [Parameter(name: "a", value: 0.1)])
        let formula = try Formula(parsing: "a*x", options: options)
        let tally = try FormulaVerification<Float>(formula).run(FormulaPoints<Float>(formula, count: 200))[0]
        // The parameter is a number of the type: the product alone rounds.
        #expect(tally.worst?.ulps ?? 1 <= 0.5 && tally.points == 200)
        let constant = try Formula(parsing: "exp(1)")
        let only = try FormulaVerification<Float>(constant).run(FormulaPoints<Float>(constant, count: 200))
        #expect(only.count == 1 && only[0].points == 1 && only[0].unexplained == 0)
    }
}
