import Formulas

/// What an exported function computes of a formula.
public enum ExportVariant: String, CaseIterable, Codable, Hashable, Sendable {
    /// The value.
    case forward
    /// The derivatives by the inputs that were asked for.
    case gradient
    /// The same, each times the derivative `dy` that arrives from above: an input after the variables.
    case backward
    /// The value, then the derivatives.
    case valueAndGradient = "value_and_gradient"
    /// The derivatives of `backward`, for differentiating twice: inputs are the variables, `dy` and one number `v_x` for
    /// each result of `backward`, by which the loss changes with that result. Results are the sums over them of v times
    /// the derivatives of `backward` by each variable and parameter asked for and, last, by dy.
    case doubleBackward = "double_backward"

    /// The formula that computes the variant.
    ///
    /// - Parameter inputs: what to differentiate by.
    public func formula(_ formula: Formula, withRespectTo inputs: [FormulaInput]) -> Formula {
        switch self {
        case .forward: formula
        case .gradient: formula.gradient(withRespectTo: inputs)
        case .backward: formula.backward(withRespectTo: inputs)
        case .valueAndGradient: formula.valueAndGradient(withRespectTo: inputs)
        case .doubleBackward: Self.doubleBackward(formula, inputs)
        }
    }

    private static func doubleBackward(_ formula: Formula, _ inputs: [FormulaInput]) -> Formula {
        let backward = formula.backward(withRespectTo: inputs)
        var names = backward.variables
        for input in inputs {
            var name = "v_\(formula.name(of: input))"
            while names.contains(name) || formula.parameters.contains(where: { $0.name == name }) { name += "_" }
            names.append(name)
        }
        var builder = FormulaBuilder(variables: names, parameters: formula.parameters)
        let ids = builder.insert(contentsOf: backward)
        var sum: NodeID?
        for (index, output) in backward.outputs.enumerated() {
            let weight = builder.variable(backward.variables.count + index)
            let product = builder.binary(.multiply, ids[output.index], weight)
            sum = sum.map { builder.binary(.add, $0, product) } ?? product
        }
        let output = sum ?? builder.constant(0)
        return builder.formula(outputs: [output])
            .gradient(withRespectTo: inputs + [.variable(formula.variables.count)])
    }

    /// What each result is, for inputs that are named.
    func results(_ formula: Formula, withRespectTo inputs: [FormulaInput]) -> [String] {
        let names = inputs.map(formula.name)
        return switch self {
        case .forward: ["y"]
        case .gradient: names.map { "dy/d\($0)" }
        case .backward: names.map { "d\($0)" }
        case .valueAndGradient: ["y"] + names.map { "dy/d\($0)" }
        case .doubleBackward: names.map { "d\($0)" } + ["ddy"]
        }
    }
}

extension Formula {
    /// The name of a variable or parameter.
    func name(of input: FormulaInput) -> String {
        switch input {
        case .variable(let index): variables[index]
        case .parameter(let index): parameters[index].name
        }
    }
}
