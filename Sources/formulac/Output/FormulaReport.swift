import Formulas

/// A formula as a command's result: text, LaTeX or JSON.
struct FormulaReport: Encodable {
    private let formula: String
    private let latex: String
    private let variables: [String]
    private let nodes: Int

    /// - Parameter parsed: the formula as it was read, whose variables are reported.
    init(_ result: Formula, parsed: Formula) {
        formula = result.text
        latex = result.latex
        variables = parsed.variables
        nodes = result.nodes.count
    }

    func print(latex wantsLaTeX: Bool, json: Bool) throws {
        if json {
            try Console.json(self)
        } else {
            Console.result(wantsLaTeX ? latex : formula)
        }
    }
}
