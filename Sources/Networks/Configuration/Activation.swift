import Formulas

/// A formula of one variable that stands between two layers.
public struct Activation: Hashable, Sendable {
    /// The formula as the user wrote it.
    public let text: String
    /// The function; its one variable is what the layer before gives. Parameters have the values that they declare.
    public let formula: Formula

    /// Takes a formula.
    ///
    /// - Throws: `TrainingError.notOneVariable` for a formula of more variables, or a constant one.
    public init(text: String, formula: Formula) throws(TrainingError) {
        guard formula.variables.count == 1, formula.outputs.count == 1 else {
            throw .notOneVariable(formula: text, variables: formula.variables)
        }
        self.text = text
        self.formula = formula
    }

    /// Reads a formula.
    public init(_ text: String, options: ParsingOptions = ParsingOptions()) throws(TrainingError) {
        let formula: Formula
        do { formula = try Formula(parsing: text, options: options) } catch { throw .formula(error) }
        try self.init(text: text, formula: formula)
    }
}
