import Formulas

extension ONNXGraph {
    /// Adds a formula's operations.
    ///
    /// - Parameter inputs: gives the formula's variables and parameters, of Float.
    /// - Returns: the formula's outputs, of Float.
    mutating func insert(_ formula: Formula, inputs: (FormulaInput) -> ONNXValue) throws(ONNXError) -> [ONNXValue] {
        let values = try insert(formula, .float, inputs: inputs)
        return formula.outputs.map { cast(values[$0.index], to: .float) }
    }

    /// Adds a formula's operations in a type.
    ///
    /// - Returns: a value for each node: a number of the type, or a truth value where an operator gives one.
    private mutating func insert(
        _ formula: Formula, _ type: ONNXType, inputs: (FormulaInput) -> ONNXValue
    ) throws(ONNXError) -> [ONNXValue] {
        var values: [ONNXValue] = []
        values.reserveCapacity(formula.nodes.count)
        for node in formula.nodes {
            switch node {
            case .constant(let constant): values.append(self.constant(constant.value, type))
            case .variable(let index): values.append(inputs(.variable(index)))
            case .parameter(let index): values.append(inputs(.parameter(index)))
            case .unary(let operation, _), .binary(let operation, _, _), .ternary(let operation, _, _, _):
                values.append(try insert(operation, node.operands.map { values[$0.index] }, type))
            }
        }
        return values
    }

    /// Adds an operation. A number stands for true as an operand when it differs from 0, and true for 1.
    private mutating func insert(
        _ operation: Operator, _ operands: [ONNXValue], _ type: ONNXType
    ) throws(ONNXError) -> ONNXValue {
        switch ONNXOperators.forms[operation] {
        case nil: throw .noForm(operation)
        case .node(let name): return node(name, operands.map { cast($0, to: type) }, type: type)
        case .comparison(let name): return node(name, operands.map { cast($0, to: type) }, type: .bool)
        case .logic(let name): return node(name, operands.map { cast($0, to: .bool) }, type: .bool)
        case .choice:
            let operands = zip(operands, [.bool, type, type]).map { cast($0, to: $1) }
            return node("Where", operands, type: type)
        case .formula(let text): return try insert(text, of: operation, operands.map { cast($0, to: type) }, type)
        case .wide(let text):
            // Through Float, whose rounding of a literal is part of the formula's meaning.
            let operands = operands.map { cast(cast($0, to: type), to: .double) }
            return cast(try insert(text, of: operation, operands, .double), to: type)
        }
    }

    /// Adds a composed form of an operator, over its operands a and b.
    private mutating func insert(
        _ text: String, of operation: Operator, _ operands: [ONNXValue], _ type: ONNXType
    ) throws(ONNXError) -> ONNXValue {
        let formula: Formula
        do { formula = try Formula(parsing: text, options: ParsingOptions(names: .declared(["a", "b"]))) } catch {
            throw .malformedForm(operation, error)
        }
        let values = try insert(formula, type) { input in
            if case .variable(let index) = input, formula.variables[index] == "b" { operands[1] } else { operands[0] }
        }
        return cast(values[formula.outputs[0].index], to: type)
    }
}
