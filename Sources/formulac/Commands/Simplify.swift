import ArgumentParser
import Formulas

/// `formulac simplify`: the formula after rewriting, as text or LaTeX.
struct Simplify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a formula in its simplest accurate form.",
        discussion: """
            Rewrites keep the result as accurate as the formula was written, or make it more so. With --relaxed they \
            may also change the domain (x/x => 1) or rounding.

            Examples:
              formulac simplify "log(1 + exp(x))"
              formulac simplify "x/x + 0*x" --relaxed
              formulac simplify "0.5*x*(1 + erf(x/sqrt(2)))" --latex
            """)

    @Argument(help: "The formula, or - for standard input.", transform: LeadingMinus.trimmed)
    var formula: String

    @OptionGroup var options: FormulaOptions

    @Flag(help: "Prints LaTeX.")
    var latex = false

    @Flag(help: "Prints JSON.")
    var json = false

    func run() throws {
        let parsed = try options.formula(formula)
        try FormulaReport(parsed.simplified(options.simplification), parsed: parsed).print(latex: latex, json: json)
    }
}
