import Formulas

extension Activation: Codable {
    /// An activation in a model file: the text that is computed, and what its author wrote.
    private struct Description: Codable {
        let written: String
        let formula: String
        let parameters: [Named]
        let trained: [String]
        let sharing: ParameterSharing

        struct Named: Codable {
            let name: String
            let value: Double
        }
    }

    /// Reads what `encode(to:)` wrote. The formula is parsed, within the limits of all formulas, never run.
    public init(from decoder: any Decoder) throws {
        let description = try Description(from: decoder)
        let parameters = description.parameters.map { Parameter(name: $0.name, value: $0.value) }
        let formula = try Formula(
            parsing: description.formula, options: ParsingOptions(parameters: parameters, names: .any))
        try self.init(
            text: description.written, formula: formula, trainedParameters: description.trained,
            parameterSharing: description.sharing)
    }

    /// Writes the formula in formulac's own spelling, from which the same graph is read.
    public func encode(to encoder: any Encoder) throws {
        try Description(
            written: text, formula: formula.text,
            parameters: formula.parameters.map { Description.Named(name: $0.name, value: $0.value) },
            trained: trainedParameters, sharing: parameterSharing
        ).encode(to: encoder)
    }
}
