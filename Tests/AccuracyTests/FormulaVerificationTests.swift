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
        let wrong = FormulaTally<Float>.Finding(point: [1], computed: 1, correct: 2, ulps: 0x1p23, condition: 3)
        tally.record(wrong, isWrongSpecial: false)
        #expect(tally.unexplained == 1 && tally.examples.count == 1)
        let fine = FormulaTally<Float>.Finding(point: [1], computed: 1, correct: 2, ulps: 8, condition: 3)
        tally.record(fine, isWrongSpecial: false)
        #expect(tally.unexplained == 1)
        tally.record(fine, isWrongSpecial: true)
        #expect(tally.wrongSpecials == 1)
    }

    private func condition<Value: MeasuredFloat>(_ text: String, _ x: Double, as type: Value.Type) throws -> Double {
        let formula = try Formula(parsing: text)
        let exact = MPFRReference(formula).value([x])
        return Conditioning<Value>(formula).number(ofOutput: 0, [x], parameters: [], exact: exact)
    }

    @Test func conditionNumbersAreSumsOverTheSteps() throws {
        // x + 1 rounds, then the difference: an error of one unit in 1 + 2⁻¹⁰ is 2¹⁰ units of 2⁻¹⁰, and the difference adds its own.
        #expect(try condition("(x + 1) - 1", 0x1p-10, as: Float.self) == 1025)
        #expect(try condition("x^2", 1.1, as: Double.self) == 1)
        #expect(try condition("x*x - 9", 3.0001, as: Float.self) > 1e3)
        // The literal rounds in Float alone.
        #expect(try condition("0.1*x", 1, as: Float.self) > 1.5)
        #expect(try condition("0.1*x", 1, as: Double.self) == 1)
        #expect(try condition("x^2/x", 1e30, as: Float.self) == .infinity)
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
