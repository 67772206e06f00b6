import ArgumentParser
import Datasets
import Formulas
import Networks

/// `formulac export onnx`: an ONNX file.
struct ExportONNX: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onnx",
        abstract: "Writes a formula as an ONNX model.",
        discussion: """
            The model consists of standard operators of operator set 17 in Float. What ONNX has no operator for is composed
            of others, so that the results are formulac's but for roundings.

            A formula's variables are inputs of the shape [rows], its parameters initializers, and its output is `value`.

            Example:
              formulac export onnx "silu(x)" -o silu.onnx
            """)

    @Argument(help: "The formula, or - for standard input.")
    var formula: String

    @OptionGroup var formulaOptions: FormulaOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String

    @Flag(help: "Prints the model's inputs, outputs and operators as JSON.")
    var json = false

    func validate() throws {
        if formulaOptions.type != .float { throw ValidationError("ONNX models are of Float: leave out --type") }
    }

    func run() throws {
        let model = try ONNXModel(
            try formulaOptions.formula(formula).simplified(formulaOptions.simplification), text: formula)
        let file = try AtomicFile(path: output, compressed: false)
        try file.write(model.bytes)
        try file.commit()
        if json {
            try Console.json(
                Report(file: output, inputs: model.inputs, outputs: model.outputs, operators: model.operators))
        } else {
            Console.result(output)
        }
    }

    private struct Report: Encodable {
        let file: String
        let inputs: [String]
        let outputs: [String]
        let operators: [String]
    }
}
