import Formulas
import Kernels

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
    /// Whose functions compute the formula; `nil` where it is compiled here. It has no part in equality: the results are
    /// those of the formula.
    public let library: ActivationLibrary?

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
        library = nil
    }

    /// Takes the functions of a library.
    ///
    /// - Throws: `TrainingError.noSuchParameter`, and `TrainingError.setting` when parameters are to be trained by which the
    ///   library does not differentiate.
    public init(
        _ library: ActivationLibrary, trainedParameters: [String] = [], parameterSharing: ParameterSharing = .layer
    ) throws(TrainingError) {
        let plain = try Self(
            text: library.text, formula: library.formula, trainedParameters: trainedParameters,
            parameterSharing: parameterSharing)
        guard trainedParameters.isEmpty || library.differentiatesParameters else {
            throw .setting(
                name: "trained parameter of \(library.path)", value: trainedParameters.joined(separator: ", "),
                allowed: "one by which the library differentiates (`formulac export shared --parameter-gradients`)")
        }
        text = plain.text
        formula = plain.formula
        self.trainedParameters = plain.trainedParameters
        self.parameterSharing = parameterSharing
        self.library = library
    }

    public static func == (a: Self, b: Self) -> Bool {
        a.text == b.text && a.formula == b.formula && a.trainedParameters == b.trainedParameters
            && a.parameterSharing == b.parameterSharing
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
        hasher.combine(formula)
        hasher.combine(trainedParameters)
        hasher.combine(parameterSharing)
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
