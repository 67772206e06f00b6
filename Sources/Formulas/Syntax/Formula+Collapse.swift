/// A formula that is the same number everywhere once its variables are one.
public struct CollapseError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the collapse left.
    public let remaining: Formula

    public var description: String {
        "with every variable replaced by x nothing depends on x any more: what is left is \(remaining.text.prefix(200))"
    }

    /// What to do about it.
    public var remedy: String { "Use the formula with all its variables, or another formula." }
}

extension Formula {
    /// The formula with every variable replaced by the one input `x`, as an activation function takes it.
    ///
    /// - Throws: `CollapseError` when the result does not depend on `x`: differences and quotients of equal expressions are
    ///   seen through (`X1 - X2` becomes `x - x`), other coincidences are not.
    public func collapsed() throws(CollapseError) -> Formula {
        var builder = FormulaBuilder(variables: ["x"], parameters: parameters)
        let input = [NodeID](repeating: builder.variable(0), count: variables.count)
        let copied = builder.insert(contentsOf: self, replacingVariables: input)
        let formula = builder.formula(outputs: outputs.map { copied[$0.index] })
        guard formula.dependsOnVariables else { throw CollapseError(remaining: formula) }
        return formula
    }

    /// Whether any output changes with the variables, as far as cancellation within one operation shows.
    private var dependsOnVariables: Bool {
        var depends: [Bool] = []
        var isZero: [Bool] = []
        for node in nodes {
            var dependsHere = node.operands.contains { depends[$0.index] }
            var isZeroHere = node.constant == 0
            switch node {
            case .variable: dependsHere = true
            case .binary(.subtract, let a, let b) where a == b:
                dependsHere = false
                isZeroHere = true
            case .binary(.divide, let a, let b) where a == b: dependsHere = false
            case .binary(.less, let a, let b) where a == b, .binary(.lessOrEqual, let a, let b) where a == b,
                .binary(.equal, let a, let b) where a == b, .binary(.notEqual, let a, let b) where a == b:
                dependsHere = false
            case .binary(.multiply, let a, let b) where isZero[a.index] || isZero[b.index]:
                dependsHere = false
                isZeroHere = true
            case .ternary(.select, _, let a, let b) where a == b: dependsHere = depends[a.index]
            default: break
            }
            depends.append(dependsHere)
            isZero.append(isZeroHere)
        }
        return outputs.contains { depends[$0.index] }
    }
}
