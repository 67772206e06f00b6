import Formulas

extension Program {
    /// The program as a formula over all of the primitives' variables, operation by operation, with protected functions as
    /// what they compute.
    public func formula(_ primitives: PrimitiveSet) -> Formula {
        var builder = FormulaBuilder(variables: primitives.variableNames)
        // From the last node to the first, a function finds its operands on the stack, the first on top.
        var stack: [NodeID] = []
        for node in nodes.reversed() {
            switch node {
            case .variable(let index): stack.append(builder.variable(Int(index)))
            case .constant(let value): stack.append(builder.constant(value))
            case .function(let function, let arity):
                let operands = Array(stack.suffix(Int(arity)).reversed())
                stack.removeLast(Int(arity))
                stack.append(builder.insert(primitives.functions[Int(function)].formula, of: operands))
            }
        }
        return builder.formula(outputs: stack)
    }
}

extension FormulaBuilder {
    /// Copies a formula of one output with its variables replaced by nodes of this builder.
    mutating func insert(_ formula: Formula, of operands: [NodeID]) -> NodeID {
        var translated: [NodeID] = []
        translated.reserveCapacity(formula.nodes.count)
        for node in formula.nodes {
            if case .variable(let index) = node {
                translated.append(operands[index])
            } else {
                translated.append(insert(node.mappingOperands { translated[$0.index] }))
            }
        }
        return translated[formula.outputs[0].index]
    }
}
