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
                let formula = primitives.functions[Int(function)].formula
                let copied = builder.insert(contentsOf: formula, replacingVariables: operands)
                stack.append(copied[formula.outputs[0].index])
            }
        }
        return builder.formula(outputs: stack)
    }
}
