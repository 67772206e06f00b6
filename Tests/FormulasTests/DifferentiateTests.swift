import Accuracy
import Foundation
import TestSupport
import Testing

@testable import Formulas

/// Derivatives against differences of values at high precision.
@Suite struct DifferentiateTests {
    static func formula(_ text: String) throws -> Formula { try Formula(parsing: text, options: ParsingOptions(names: .any)) }

    /// Points of no operation's kinks.
    private static let points: [Double] = [
        -10000.3, -30.25, -3.7, -1.2, -0.99, -0.3, -1e-5, 1e-5, 0.2, 0.7, 0.99, 1.1, 2.6, 8.25, 21.3, 300.7, 10000.3,
    ]

    @Test(arguments: Operator.allCases) func everyOperatorsDerivativeIsItsDifferenceQuotient(_ operation: Operator) {
        let names = Array(["a", "b", "c"].prefix(operation.arity))
        var builder = FormulaBuilder(variables: names)
        let operands = names.indices.map { builder.variable($0) }
        let result = Node(operation, operands).map { builder.insert($0) } ?? operands[0]
        let formula = builder.formula(outputs: [result])
        let gradient = MPFRReference(
            formula.gradient(withRespectTo: names.indices.map { .variable($0) }), readsKnownConstants: true)
        let difference = NumericalDerivative(formula)
        for (index, a) in Self.points.enumerated() {
            // The slope of tanh_softplus is cut off where it no longer counts beside 1.
            if operation == .tanhSoftplus && a > 22 { continue }
            let point = [a, Self.points[(index + 5) % Self.points.count], Self.points[(index + 9) % Self.points.count]]
            let values = gradient.values(Array(point.prefix(operation.arity)), bits: 1_000)
            for variable in 0..<operation.arity {
                let expected = difference.value(Array(point.prefix(operation.arity)), by: variable)
                guard !expected.isNaN, !expected.isInfinite else { continue }
                // Beside a value of 1, slopes below the precision show as 0 or with few bits.
                let isTiny = values[variable].isZero || values[variable].exponent < -400
                let isExpectedTiny = expected.isZero || expected.exponent < -400
                #expect(
                    values[variable].agrees(with: expected, bits: 150) || (isTiny && isExpectedTiny),
                    "d \(operation) by operand \(variable) at \(point): \(values[variable]), not \(expected)")
            }
        }
    }

    @Test func randomFormulasDerivativesAreDifferenceQuotients() {
        let seed: UInt64 = 7
        var generator = SplitMix64(seed: seed)
        let source = RandomFormula(operations: RandomFormula.smoothOperations)
        var compared = 0
        for index in 0..<180 {
            let formula = source.formula(operations: 3 + index % 12, using: &generator)
            let inputs: [FormulaInput] = [.variable(0), .variable(1)]
            let gradient = formula.gradient(withRespectTo: inputs)
            let simplified = gradient.simplified(SimplificationOptions(precision: .double))
            let point = [Double.random(in: -2...2, using: &generator), .random(in: 0.1...3, using: &generator)]
            let difference = NumericalDerivative(formula)
            let raw = MPFRReference(gradient, readsKnownConstants: true).values(point, bits: 1_000)
            let simple = MPFRReference(simplified, readsKnownConstants: true).values(point, bits: 1_000)
            for variable in 0..<2 {
                let expected = difference.value(point, by: variable)
                guard !expected.isNaN, !expected.isInfinite, !expected.isZero, abs(expected.exponent) < 300 else { continue }
                compared += 1
                // Literals are computed in Double, and their rounding may be amplified.
                #expect(raw[variable].agrees(with: expected, bits: 30), "\(formula.text) at \(point), seed \(seed)")
                #expect(simple[variable].agrees(with: expected, bits: 20), "\(formula.text) at \(point), seed \(seed)")
            }
        }
        #expect(compared > 100)
    }

    /// The largest error, in units in the last place of Float, of the simplified derivative evaluated step by step with each
    /// operation correctly rounded: what is lost to the formula's own conditioning.
    struct Conditioning: Sendable, CustomTestStringConvertible {
        let text: String
        let bound: Double
        /// Where the derivative crosses 0: no floating-point formula is relatively accurate within 0.2 of it.
        var crossing = Double.infinity
        /// Smaller derivatives than this times max(1, |x|) are left out: near the many zeros of a periodic function.
        var smallest = 0.0
        var testDescription: String { text }
    }

    static let conditioning: [Conditioning] = [
        Conditioning(text: "tanh(x)", bound: 2), Conditioning(text: "sigmoid(x)", bound: 0.5),
        Conditioning(text: "softplus(x)", bound: 0.5), Conditioning(text: "log(1 + exp(x))", bound: 0.5),
        Conditioning(text: "silu(x)", bound: 4, crossing: -1.2784645),
        Conditioning(text: "gelu(x)", bound: 4, crossing: -0.7517916),
        Conditioning(text: "0.5*x*(1 + erf(x*0.7071067811865476))", bound: 4, crossing: -0.7517916),
        // 10.7 at -1.465, where the two terms of the slope still cancel to a fifth; 6 farther from the crossing.
        Conditioning(text: "mish(x)", bound: 11, crossing: -1.1924312),
        Conditioning(text: "x*tanh(log(1 + exp(x)))", bound: 11, crossing: -1.1924312),
        Conditioning(text: "exp(-x^2)", bound: 2), Conditioning(text: "erf(x)", bound: 2),
        Conditioning(text: "max(x, 0) + min(exp(x) - 1, 0)", bound: 0.5), Conditioning(text: "selu(x)", bound: 1.5),
        Conditioning(text: "atan(x)", bound: 1.5), Conditioning(text: "log(1 + x^2)", bound: 1.5),
        Conditioning(text: "softsign(x)", bound: 3), Conditioning(text: "relu6(x)", bound: 0),
        Conditioning(text: "asinh(x)", bound: 4), Conditioning(text: "x*cos(x)", bound: 4, smallest: 0.3),
    ]

    @Test(arguments: conditioning) func derivativesAreWellConditioned(_ sample: Conditioning) throws {
        let derivative = try Self.formula(sample.text).simplified().gradient(withRespectTo: [.variable(0)]).simplified()
        let steps = RoundedReference<Float>(derivative.expandingPowers())
        let difference = NumericalDerivative(try Self.formula(sample.text))
        var generator = SplitMix64(seed: 11)
        var worst = (error: 0.0, x: 0.0)
        let points = HardPoints.random(.float, count: 90, using: &generator) + HardPoints.special(.float)
        for x in points where abs(x) <= 1e4 && abs(x - sample.crossing) > 0.2 && x != 0 {
            let expected = difference.value([x])
            if abs(expected.double) < sample.smallest * max(1, abs(x)) { continue }
            let value = steps.value([x])
            // A factor that is subnormal has lost bits already: x·(half the subnormals' spacing) is within reach then.
            let isFromSubnormal = abs(Double(value) - expected.double) <= (1 + abs(x)) * Double(Float.leastNonzeroMagnitude)
            let error = ulpError(of: value, from: expected)
            if error > worst.error && !isFromSubnormal { worst = (error, x) }
        }
        if ProcessInfo.processInfo.environment["FORMULAC_REPORT"] != nil {
            print("slope of \(sample.text): \(worst.error) at \(worst.x)   \(derivative.text)")
        }
        #expect(worst.error <= sample.bound, "\(sample.text) at \(worst.x): \(derivative.text)")
    }

    /// Terms that are all divided by the same are added up before the division.
    @Test func commonDivisorsAreTakenOut() throws {
        let derivative = try Self.formula("x*(27 + x^2)/(27 + 9*x^2)").gradient(withRespectTo: [.variable(0)]).simplified()
        #expect(derivative.text == "(x^2 + 27 + 2*(x*(x - 9*(x*(x^2 + 27)/(9*x^2 + 27)))))/(9*x^2 + 27)")
        let both = try Self.formula("(x + y^2)/(x*y + 3)").gradient(withRespectTo: [.variable(0), .variable(1)]).simplified()
        let divisions = both.nodes.count { $0.operation == .divide }
        #expect(divisions == 2, "one for the value and one for the divisor's reciprocal: \(both.text)")
    }

    /// The functions of the prelude that take one number.
    private static let preludeNames = FunctionLibrary.prelude.functions
        .filter { $0.parameters.first == "x" && $0.parameters.dropFirst().allSatisfy { $0.contains("=") } }.map(\.name)

    @Test(arguments: preludeNames)
    func derivativesAreFiniteWhereTheTrueOnesAre(_ name: String) throws {
        let formula = try Self.formula("\(name)(x)")
        let derivative = formula.simplified().gradient(withRespectTo: [.variable(0)]).simplified()
        let steps = RoundedReference<Float>(derivative.expandingPowers())
        let difference = NumericalDerivative(formula)
        for x in Self.points + [-1e12, -1e3, -101.5, -88.2, 88.2, 101.5, 1e3, 1e12] {
            let expected = difference.value([Double(Float(x))])
            guard !expected.isNaN, Float.rounding(expected).isFinite else { continue }
            let value = steps.value([Double(Float(x))])
            #expect(value.isFinite, "\(name)'(\(x)) is \(expected): \(derivative.text)")
        }
    }
}
