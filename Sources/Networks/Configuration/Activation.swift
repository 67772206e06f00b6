import Formulas

/// A formula of one variable that stands between two layers.
public struct Activation: Hashable, Sendable {
    /// The formula as the user wrote it.
    public let text: String
    /// The function; its one variable is what the layer before gives. Parameters begin with the values that they declare.
    public let formula: Formula
    /// The names of the parameters that training changes along with the weights, in the formula's order. The others keep
    /// their values.
    public let trainedParameters: [String]
    /// Who shares a trained parameter.
    public let parameterSharing: ParameterSharing

    /// Who shares a trained parameter.
    public enum ParameterSharing: String, CaseIterable, Hashable, Sendable, Codable {
        /// All units of a layer have one value.
        case layer
        /// Each unit has a value of its own.
        case unit
    }

    /// Takes a formula.
    ///
    /// - Throws: `TrainingError.notOneVariable` for a formula of more variables, or a constant one;
    ///   `TrainingError.noSuchParameter` for a trained parameter that the formula does not have.
    public init(
        text: String, formula: Formula, trainedParameters: [String] = [], parameterSharing: ParameterSharing = .layer
    ) throws(TrainingError) {
        guard formula.variables.count == 1, formula.outputs.count == 1 else {
            throw .notOneVariable(formula: text, variables: formula.variables)
        }
        let names = formula.parameters.map(\.name)
        if let missing = trainedParameters.first(where: { !names.contains($0) }) {
            throw .noSuchParameter(missing, formula: text, parameters: names)
        }
        self.text = text
        self.formula = formula
        self.trainedParameters = names.filter(trainedParameters.contains)
        self.parameterSharing = parameterSharing
    }

    /// Reads a formula.
    public init(
        _ text: String, options: ParsingOptions = ParsingOptions(), trainedParameters: [String] = [],
        parameterSharing: ParameterSharing = .layer
    ) throws(TrainingError) {
        let formula: Formula
        do { formula = try Formula(parsing: text, options: options) } catch { throw .formula(error) }
        try self.init(
            text: text, formula: formula, trainedParameters: trainedParameters, parameterSharing: parameterSharing)
    }

    /// How many numbers a layer of so many units has for each trained parameter.
    func parameterCount(units: Int) -> Int { parameterSharing == .unit ? units : 1 }
}
