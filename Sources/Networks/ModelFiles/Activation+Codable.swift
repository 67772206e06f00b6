import Formulas

extension Activation: Codable {
    /// An activation in a model file: the text that is computed, and what its author wrote.
    private struct Description: Codable {
        let written: String
        let formula: String
        let variable: String
        let parameters: [Named]
        let trained: [String]
        let sharing: ParameterSharing

        struct Named: Codable {
            let name: String
            let value: Double
        }

        /// The formula over the one variable and all parameters, whether its text still names them or not: simplified,
        /// `x^0` is 1.
        func parsed() throws -> Formula {
            let parameters = parameters.map { Parameter(name: $0.name, value: $0.value) }
            let parsed = try Formula(parsing: formula, options: ParsingOptions(parameters: parameters, names: .any))
            guard parsed.variables.allSatisfy({ $0 == variable }), parsed.outputs.count == 1 else {
                throw TrainingError.notOneVariable(formula: formula, variables: parsed.variables)
            }
            var builder = FormulaBuilder(variables: [variable], parameters: parameters)
            var translated: [NodeID] = []
            for node in parsed.nodes {
                switch node {
                case .parameter(let index):
                    let name = parsed.parameters[index].name
                    translated.append(builder.parameter(parameters.firstIndex { $0.name == name } ?? 0))
                default: translated.append(builder.insert(node.mappingOperands { translated[$0.index] }))
                }
            }
            return builder.formula(outputs: parsed.outputs.map { translated[$0.index] })
        }
    }

    /// Reads what `encode(to:)` wrote. The formula is parsed, within the limits of all formulas, never run.
    public init(from decoder: any Decoder) throws {
        let description = try Description(from: decoder)
        try self.init(
            text: description.written, formula: try description.parsed(), trainedParameters: description.trained,
            parameterSharing: description.sharing)
    }

    /// Writes the formula in formulac's own spelling, from which the same graph is read.
    public func encode(to encoder: any Encoder) throws {
        try Description(
            written: text, formula: formula.text, variable: formula.variables[0],
            parameters: formula.parameters.map { Description.Named(name: $0.name, value: $0.value) },
            trained: trainedParameters, sharing: parameterSharing
        ).encode(to: encoder)
    }
}
