import Formulas
import Networks

/// The activations of the Light network's two hidden layers.
struct LayerFormulas: Hashable {
    /// The formula of both layers, or of the first.
    let first: Formula
    /// The last layer's own, if it has one.
    let last: Formula?

    /// One formula for both layers.
    init(_ formula: Formula) {
        first = formula
        last = nil
    }

    /// A formula for each layer.
    init(first: Formula, last: Formula) {
        self.first = first
        self.last = last == first ? nil : last
    }

    /// Reads a candidate's formulas.
    init(_ candidate: ActivationCandidate) throws(FormulaError) {
        first = try Formula(parsing: candidate.formula)
        if let text = candidate.lastFormula { last = try Formula(parsing: text) } else { last = nil }
    }

    /// The Light network with them.
    func network() throws -> NetworkConfiguration {
        func activation(_ formula: Formula) throws -> Activation { try Activation(text: formula.text, formula: formula) }
        return .light(try activation(first), last: try last.map(activation))
    }
}
