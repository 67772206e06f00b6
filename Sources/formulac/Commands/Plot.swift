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

    @Argument(help: "Formulas of one variable.", transform: LeadingMinus.trimmed)
    var formulas: [String]

    @OptionGroup var options: FormulaOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The SVG file; the terminal if left out.", valueName: "file"))
    var output: String?

    @Option(parsing: .unconditional, help: "The left end; -6 if left out.", transform: Number.double)
    var from = -6.0

    @Option(parsing: .unconditional, help: "The right end; 6 if left out.", transform: Number.double)
    var to = 6.0

    @Flag(help: "Draws the derivatives too: dashed, in the terminal by capitals.")
    var derivative = false

    func validate() throws {
        if let output { try OutputName.checkPicture(output) }
        if !(from < to) { throw ValidationError("--from must be less than --to") }
        let largest = Double(Float.greatestFiniteMagnitude)
        for (name, end) in [("--from", from), ("--to", to)] where options.type == .float && abs(end) > largest {
            throw ValidationError("\(name) \(end) is no float, which end at \(Float.greatestFiniteMagnitude): add --type double")
        }
        if !(to - from).isFinite {
            throw ValidationError("--from and --to are further apart than the largest double: choose a shorter range")
        }
    }

    func run() throws {
        switch options.type {
        case .float: try draw(as: Float.self)
        case .double: try draw(as: Double.self)
        }
    }

    private func draw<Value: LaneFloat>(as type: Value.Type) throws {
        let parsed = try formulas.map { try options.parse($0) }
        try options.requireNames(in: parsed)
        var plot = LinePlot(title: formulas.joined(separator: ", "), horizontalLabel: "x")
        var unseen: [String] = []
        for (index, (text, formula)) in zip(formulas, parsed).enumerated() {
            guard formula.variables.count <= 1 else {
                throw CommandFailure(
                    .badInput,
                    "\(text): has several variables (\(formula.variables.joined(separator: ", "))); --collapse makes them one")
            }
            let samples = try sample(formula, as: type)
            if !samples.contains(where: \.value.isFinite) { unseen.append(text) }
            plot.add(LinePlot.Curve(name: text, points: samples.map { ($0.x, $0.value) }, colorGroup: index))
            if derivative, !formula.variables.isEmpty {
                plot.add(
                    LinePlot.Curve(
                        name: "derivative of \(text)", points: samples.map { ($0.x, $0.slope) }, isDashed: true,
                        colorGroup: index))
            }
        }
        if !unseen.isEmpty {
            let message = "\(unseen.joined(separator: ", ")): no finite value between \(from) and \(to)"
            // A picture without any curve helps nobody.
            guard unseen.count < formulas.count else {
                throw CommandFailure(.badInput, "\(message). Choose another range (--from, --to)")
            }
            Console.note("note: \(message)")
        }
        if let output {
            try AtomicFile.write(PlotFigure(plot).svg, to: output)
        } else {
            Console.result(plot.text())
        }
    }

    /// Value and slope at points from the left end to the right, in the type that is asked for.
    private func sample<Value: LaneFloat>(
        _ formula: Formula, as type: Value.Type
    ) throws -> [(x: Double, value: Double, slope: Double)] {
        let inputs = formula.variables.indices.map(FormulaInput.variable)
        let derived = formula.simplified(options.simplification).valueAndGradient(withRespectTo: inputs)
            .simplified(options.simplification)
        let interpreter = try LaneInterpreter<Value>(
            LaneProgram(expanding: derived, precision: options.type, math: options.math))
        let uniforms = derived.parameters.map { Value($0.value) }
        return (0...480).map { step in
            let x = Value(from + (to - from) * Double(step) / 480)
            let outputs = interpreter.run(streams: inputs.isEmpty ? [] : [x], uniforms: uniforms)
            return (Double(x), Double(outputs[0]), inputs.isEmpty ? 0 : Double(outputs[1]))
        }
    }
}
