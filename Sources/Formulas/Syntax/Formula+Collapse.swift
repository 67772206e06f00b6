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
    /// The formula with every variable replaced by the one input `x`, as an activation function takes it; otherwise it stays
    /// as it was written.
    ///
    /// - Throws: `CollapseError` when the result does not depend on `x`, as far as simplification by all rules shows:
    ///   `X1 - X2` becomes `x - x`, which is 0.
    public func collapsed() throws(CollapseError) -> Formula {
        var builder = FormulaBuilder(variables: ["x"], parameters: parameters)
        var translated: [NodeID] = []
        translated.reserveCapacity(nodes.count)
        for node in nodes {
            if case .variable = node {
                translated.append(builder.variable(0))
            } else {
                translated.append(builder.insert(node.mappingOperands { translated[$0.index] }))
            }
        }
        let results = outputs.map { translated[$0.index] }
        let formula = builder.formula(outputs: results)
        let simplest = formula.simplified(SimplificationOptions(precision: .double, relaxed: true))
        guard simplest.nodes.contains(.variable(0)) else { throw CollapseError(remaining: simplest) }
        return formula
    }
}
