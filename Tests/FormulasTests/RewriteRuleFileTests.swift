import Grammar
import Testing

@testable import Formulas

/// The grammar files load, and faults in them are named.
@Suite struct RewriteRuleFileTests {
    @Test func theRuleFileLoads() throws {
        let rules = try RewriteRule.parse(Grammar.rewrites)
        #expect(rules.count >= 60)
        #expect(Set(rules.map(\.name)).count == rules.count)
        #expect(RewriteRule.standard.count == rules.count)
        for kind in RewriteClass.allCases { #expect(rules.contains { $0.kind == kind }) }
    }

    @Test func everyOperationHasItsDerivatives() throws {
        let table = try DerivativeTable(Grammar.derivatives)
        for operation in Operator.allCases { #expect(table[operation].count == operation.arity) }
    }

    @Test(arguments: [
        ("x + 0 => x", "begins with no name and class"), ("zero [sure]: x + 0 => x", "begins with no name and class"),
        ("zero [exact]: x + 0", "has no replacement"), ("zero [exact]: x + 0 => y", "uses a variable that its pattern lacks"),
        ("all [exact]: x => x", "matches everything"), ("c [exact]: x*c => c if c constant", "has a condition without `is`"),
        ("c [exact]: x*c => c if c is nice", "asks for an unknown property"),
        ("c [exact]: x*c => c if d is constant", "uses a variable that its pattern lacks"),
    ])
    func faultyRulesAreNamed(_ line: String, _ reason: String) {
        #expect(throws: GrammarError(line: line, reason: reason)) { try RewriteRule.parse(line) }
    }

    @Test(arguments: [
        ("d sine(x) = cos(x)", "is of no primitive operation"), ("sin(x) = cos(x)", "is no derivative"),
        ("d sin(x) = cos(x), 1", "needs as many operands and derivatives as the operation takes"),
        ("d sin(x) = cos(y)", "uses a name that is no operand"),
    ])
    func faultyDerivativesAreNamed(_ line: String, _ reason: String) {
        #expect(throws: GrammarError(line: line, reason: reason)) { try DerivativeTable(line) }
    }

    @Test func rulesThatGoRoundInCirclesEnd() throws {
        let rules = try RewriteRule.parse("there [exact]: sin(x) => cos(x)\nback [exact]: cos(x) => sin(x)")
        let formula = try DifferentiateTests.formula("sin(sin(sin(x)))")
        let result = formula.rewritten(RewriteRuleSet(rules, kind: .exact), precision: .float)
        #expect(result.variables == ["x"])
    }
}
