import ArgumentParser
import Datasets
import Experiments
import Formulas
import Lanes

/// `formulac plot`: formulas and their derivatives as curves.
struct Plot: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Draws formulas of one variable, as SVG or in the terminal.",
        discussion: """
            Examples:
              formulac plot "x*cos(x)" "silu(x)" -o curves.svg
              formulac plot "gelu(x)" --derivative --from -4 --to 4
            """)

    @Argument(help: "Formulas of one variable.")
    var formulas: [String]

    @OptionGroup var options: FormulaOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The SVG file; the terminal if left out.", valueName: "file"))
    var output: String?

    @Option(parsing: .unconditional, help: "The left end.")
    var from = -6.0

    @Option(parsing: .unconditional, help: "The right end.")
    var to = 6.0

    @Flag(help: "Draws the derivatives too: dashed, in the terminal by capitals.")
    var derivative = false

    func validate() throws {
        if !(from < to) || !from.isFinite || !to.isFinite { throw ValidationError("--from must be less than --to") }
    }

    func run() throws {
        var plot = LinePlot(title: formulas.joined(separator: ", "), horizontalLabel: "x")
        for (index, text) in formulas.enumerated() {
            let parsed = try options.formula(text)
            guard parsed.variables.count <= 1 else {
                throw CommandFailure(
                    .badInput,
                    "\(text): has several variables (\(parsed.variables.joined(separator: ", "))); --collapse makes them one")
            }
            let inputs = parsed.variables.indices.map(FormulaInput.variable)
            let formula = parsed.simplified(options.simplification).valueAndGradient(withRespectTo: inputs)
                .simplified(options.simplification)
            let interpreter = try LaneInterpreter<Double>(LaneProgram(expanding: formula, precision: .double))
            let uniforms = formula.parameters.map(\.value)
            let samples = (0...480).map { step -> (x: Double, outputs: [Double]) in
                let x = from + (to - from) * Double(step) / 480
                return (x, interpreter.run(streams: inputs.isEmpty ? [] : [x], uniforms: uniforms))
            }
            plot.add(LinePlot.Curve(name: text, points: samples.map { ($0.x, $0.outputs[0]) }, colorGroup: index))
            if derivative, !inputs.isEmpty {
                plot.add(
                    LinePlot.Curve(
                        name: "derivative of \(text)", points: samples.map { ($0.x, $0.outputs[1]) }, isDashed: true,
                        colorGroup: index))
            }
        }
        if let output {
            try AtomicFile.write(PlotFigure(plot).svg, to: output)
        } else {
            Console.result(plot.text())
        }
    }
}
