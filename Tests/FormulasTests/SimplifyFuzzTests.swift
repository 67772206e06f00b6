import Accuracy
import TestSupport
import Testing

@testable import Formulas

/// Properties of simplification on random expressions.
@Suite struct SimplifyFuzzTests {
    private static let seed: UInt64 = 42

    private func formulas(_ count: Int, operations: [Operator] = Operator.allCases) -> [Formula] {
        var generator = SplitMix64(seed: Self.seed)
        let source = RandomFormula(operations: operations)
        return (0..<count).map { source.formula(operations: 2 + $0 % 24, using: &generator) }
    }

    @Test func simplifyingTwiceChangesNothing() {
        for formula in formulas(1_500) {
            for options in [
                SimplificationOptions(), SimplificationOptions(precision: .double), SimplificationOptions(relaxed: true),
            ] {
                let once = formula.simplified(options)
                #expect(once.simplified(options) == once, "seed \(Self.seed): \(formula.text) => \(once.text)")
            }
            let slope = formula.gradient(withRespectTo: [.variable(0)]).simplified()
            #expect(slope.simplified() == slope, "seed \(Self.seed): slope of \(formula.text)")
        }
    }

    @Test func theResultDependsOnTheFormulaAlone() throws {
        for formula in formulas(200) {
            #expect(formula.simplified() == formula.simplified())
            // Printed and read back, nodes are built in another order.
            var options = ParsingOptions(names: .declared(["x", "y"]))
            options.limits.nodes = 1_000_000
            let again = try Formula(parsing: formula.text, options: options)
            #expect(again.simplified().text == formula.simplified().text, "seed \(Self.seed): \(formula.text)")
        }
    }

    @Test func exactRulesKeepEveryBitOfRandomFormulas() {
        var generator = SplitMix64(seed: Self.seed)
        for formula in formulas(400) {
            let rewritten = formula.rewritten(.upTo(.exact), precision: .float).expandingPowers()
            let expanded = formula.expandingPowers()
            let points = HardPoints.special(.float) + HardPoints.random(.float, count: 20, using: &generator)
            for _ in 0..<12 {
                let point = (0..<2).map { _ in points.randomElement(using: &generator) ?? 1 }
                let before = RoundedReference<Float>(expanded).value(Array(point.prefix(formula.variables.count)))
                let after = RoundedReference<Float>(rewritten).value(Array(point.prefix(formula.variables.count)))
                #expect(
                    before.bitPattern == after.bitPattern || (before.isNaN && after.isNaN),
                    "seed \(Self.seed), at \(point): \(formula.text) => \(rewritten.text)")
            }
        }
    }

    @Test func stableRulesKeepRealValuesOfRandomFormulas() {
        var generator = SplitMix64(seed: Self.seed)
        var compared = 0
        for formula in formulas(
            500, operations: RandomFormula.smoothOperations + [.absolute, .maximum, .minimum, .select, .less])
        {
            let simplified = formula.simplified(SimplificationOptions(precision: .double))
            guard simplified != formula else { continue }
            for _ in 0..<3 {
                let point = (0..<2).map { _ in Double.random(in: -3...3, using: &generator) }
                let before = MPFRReference(formula).value(point)
                let after = MPFRReference(simplified).value(point)
                guard !before.isNaN, !before.isInfinite, !before.isZero, abs(before.exponent) < 1_000 else { continue }
                compared += 1
                // Literals are computed in Double, and their rounding may be amplified.
                #expect(
                    after.agrees(with: before, bits: 25),
                    "seed \(Self.seed), at \(point): \(formula.text) => \(simplified.text): \(before) => \(after)")
            }
        }
        #expect(compared > 400)
    }

    @Test func fiftyThousandNodesTakeLinearTime() {
        func wide(_ count: Int) -> Formula {
            var generator = SplitMix64(seed: Self.seed)
            return RandomFormula().formula(operations: count, using: &generator)
        }
        func deep(_ count: Int) -> Formula {
            var builder = FormulaBuilder(variables: ["x"])
            var result = builder.variable(0)
            let one = builder.constant(1)
            for index in 0..<count / 2 {
                let power = builder.binary(.multiply, result, builder.variable(0))
                result = index % 2 == 0 ? builder.unary(.negate, power) : builder.binary(.add, one, power)
            }
            return builder.formula(outputs: [result])
        }
        for formula in [wide(50_000), deep(50_000)] {
            var simplified: Formula?
            let time = ContinuousClock().measure { simplified = formula.simplified() }
            // About half a second on one core of a small machine; the bound leaves room for a busy one.
            #expect(time < .seconds(20))
            #expect((simplified?.nodes.count ?? .max) <= formula.nodes.count)
        }
    }
}
