import ArgumentParser
import Formulas

/// `formulac diff`: derivatives as text or LaTeX.
struct Differentiate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Prints a derivative.",
        discussion: """
            The derivative is by the only variable, or by --by NAME; --order repeats it.

            Examples:
              formulac diff "x*cos(x)"
              formulac diff "x*cos(x)" --order 2 --latex
              formulac diff "x*sin(y)" --variables y --by y
            """)

    @Argument(help: "The formula, or - for standard input.", transform: LeadingMinus.trimmed)
    var formula: String

    @OptionGroup var options: FormulaOptions

    @Option(help: ArgumentHelp("The variable or parameter to differentiate by.", valueName: "name"))
    var by: String?

    @Option(parsing: .unconditional, help: "How often to differentiate; 1 if left out.", transform: Number.count)
    var order = 1

    @Flag(help: "Prints LaTeX.")
    var latex = false

    @Flag(help: "Prints JSON.")
    var json = false

    func run() throws {
        let parsed = try options.formula(formula)
        let input = try self.input(of: parsed)
        var derivative = parsed.simplified(options.simplification)
        for _ in 0..<order {
            derivative = derivative.gradient(withRespectTo: [input]).simplified(options.simplification)
            guard derivative.nodes.count <= options.limitNodes else {
                throw CommandFailure(
                    .badInput,
                    "the derivative has \(derivative.nodes.count) nodes, more than the \(options.limitNodes) allowed; raise --limit-nodes"
                )
            }
        }
        try FormulaReport(derivative, parsed: parsed).print(latex: latex, json: json)
    }

    private func input(of formula: Formula) throws -> FormulaInput {
        if let by {
            if let index = formula.variables.firstIndex(of: by) { return .variable(index) }
            if let index = formula.parameters.firstIndex(where: { $0.name == by }) { return .parameter(index) }
            let known = (formula.variables + formula.parameters.map(\.name)).joined(separator: ", ")
            throw ValidationError("--by \(by): the formula has no such input; it has \(known.isEmpty ? "none" : known)")
        }
        guard formula.variables.count <= 1 else {
            throw ValidationError(
                "the formula has several variables (\(formula.variables.joined(separator: ", "))): name one with --by")
        }
        guard !formula.variables.isEmpty else {
            throw CommandFailure(.badInput, "the formula has no variable to differentiate by")
        }
        return .variable(0)
    }
}
