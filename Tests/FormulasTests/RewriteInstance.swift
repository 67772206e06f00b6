import Accuracy
import Testing

@testable import Formulas

/// A rule at work on one instance of its pattern, with the rule alone: what was there before and what after.
struct RewriteInstance {
    let before: Formula
    let after: Formula

    /// Puts literals for the variables that the rule's conditions want to be literals, expressions of the right kind for those
    /// that a condition asks something else of, and lets the rule work.
    ///
    /// - Returns: `nil` if the conditions do not hold for these literals.
    init?(_ rule: RewriteRule, literals: [String: Double], precision: Precision) {
        let pattern = rule.pattern
        let kept = pattern.variables.filter { literals[$0] == nil }
        var builder = FormulaBuilder(variables: kept)
        var translated: [NodeID] = []
        for node in pattern.nodes {
            guard case .variable(let index) = node else {
                translated.append(builder.insert(node.mappingOperands { translated[$0.index] }))
                continue
            }
            let name = pattern.variables[index]
            guard let place = kept.firstIndex(of: name) else {
                translated.append(builder.constant(literals[name] ?? .nan))
                continue
            }
            let variable = builder.variable(place)
            switch rule.property(of: name) {
            case .nonnegative: translated.append(builder.unary(.absolute, variable))
            case .condition: translated.append(builder.binary(.less, variable, builder.constant(0.5)))
            default: translated.append(variable)
            }
        }
        before = builder.formula(outputs: [translated[pattern.outputs[0].index]])
        after = before.rewritten(RewriteRuleSet([rule], kind: rule.kind), precision: precision)
        // Reordering alone is no rewriting.
        guard after != before.rewritten(RewriteRuleSet([], kind: rule.kind), precision: precision) else { return nil }
    }

    /// Literals to try for each variable that must be one: the Cartesian product where it is small, else a seeded sample.
    static func literals(for rule: RewriteRule, using generator: inout SplitMix64) -> [[String: Double]] {
        let names = rule.pattern.variables.filter { rule.property(of: $0)?.impliesConstant ?? false }
        guard !names.isEmpty else { return [[:]] }
        return (0..<40).map { _ in
            var assignment: [String: Double] = [:]
            for name in names {
                let choices = rule.property(of: name).map(candidates) ?? []
                assignment[name] = choices.randomElement(using: &generator)
            }
            return assignment
        }
    }

    private static func candidates(_ property: RewriteCondition.Property) -> [Double] {
        switch property {
        case .positive: [0.5, 1, 2, 3, 0.1, 1.6732632423543772, 7, 1e-3, 1e10, 0x1p-100, 40]
        case .negative: [-0.5, -1, -2, -3, -0.1, -7.25, -1e-3, -1e10, -0.0]
        case .smallInteger: [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8, 12, 21, 32]
        case .evenInteger: [-4, -2, 2, 4, 6, 8, 10, 16]
        case .oddInteger: [-5, -3, -1, 1, 3, 5, 7, 9, 15]
        case .powerOfTwo: [0.5, 2, -4, 0.125, 0x1p20, -0x1p-30, 0x1p100]
        default: [0.5, 1, 2, 3, -1, -2, 0.1, 0.25, -0.3, 6, 7, 100, 1e-3, 1e10, 0x1p-100, 0x1p100]
        }
    }
}

extension RewriteRule: CustomTestStringConvertible {
    public var testDescription: String { name }

    /// What the conditions ask of one variable on its own.
    func property(of name: String) -> RewriteCondition.Property? {
        conditions.first { !$0.isNegated && $0.subject.nodes.count == 1 && $0.subject.variables == [name] }?.property
    }
}
