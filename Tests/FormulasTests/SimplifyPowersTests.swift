import Accuracy
import TestSupport
import Testing

@testable import Formulas

/// Integer powers as chains of multiplications.
@Suite struct SimplifyPowersTests {
    private func power(_ exponent: Double) -> Formula {
        var builder = FormulaBuilder(variables: ["x"])
        let result = builder.binary(.power, builder.variable(0), builder.constant(exponent))
        return builder.formula(outputs: [result])
    }

    @Test(arguments: [(2, 1), (3, 2), (4, 2), (5, 3), (7, 4), (8, 3), (15, 6), (16, 4), (64, 6)])
    func chainsAreShort(_ exponent: Int, _ multiplications: Int) {
        let chain = power(Double(exponent)).expandingPowers()
        #expect(chain.nodes.filter { $0.operation == .multiply }.count == multiplications)
        #expect(!chain.nodes.contains { $0.operation == .power })
    }

    @Test func otherExponentsStay() {
        for exponent in [0.5, 65, -65, 1e300, .infinity, .nan, -2.5] {
            let formula = power(exponent)
            #expect(formula.expandingPowers() == formula)
        }
    }

    @Test(arguments: [-64, -33, -7, -4, -3, -2, -1, 0, 1, 2, 3, 5, 6, 31, 64])
    func chainsAreAccurateAndEndAsPowDoes(_ exponent: Int) {
        let chain = RoundedReference<Float>(power(Double(exponent)).expandingPowers())
        let truth = MPFRReference(power(Double(exponent)))
        var generator = SplitMix64(seed: 3)
        for x in HardPoints.special(.float) + HardPoints.random(.float, count: 200, using: &generator) {
            let value = chain.value([x])
            let expected = truth.value([x])
            #expect(ulpError(of: value, from: expected) <= Double(max(abs(exponent), 1)), "\(x)^\(exponent)")
            if value == 0 { #expect((value.sign == .minus) == expected.isNegative, "\(x)^\(exponent)") }
        }
    }

    @Test func aPowerAndItsSlopeShareTheirSteps() throws {
        let both = try DifferentiateTests.formula("x^4").valueAndGradient(withRespectTo: [.variable(0)]).simplified()
        // x², x⁴ = x²·x², x³ = x²·x, 4·x³
        #expect(both.expandingPowers().nodes.filter { $0.operation == .multiply }.count == 4)
    }
}
