import ArgumentParser
import Datasets
import Formulas
import Networks

/// `formulac export onnx`: an ONNX file.
struct ExportONNX: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onnx",
        abstract: "Writes a trained network or a formula as an ONNX model.",
        discussion: """
            The model consists of standard operators of operator set 17 in Float. What ONNX has no operator for is composed \
            of others, so that the results are formulac's but for roundings.

            Of a model (train --save) everything is written, from the features as they are in the data (`features`, of the \
            shape [rows, features]) to `probability` and `logit`, `probabilities` and `logits`, or `prediction`. A formula's \
            variables are inputs of the shape [rows], its parameters initializers, and its output is `value`.

            Examples:
              formulac export onnx --model spam.safetensors -o spam.onnx
              formulac export onnx "silu(x)" -o silu.onnx
            """)

    @Argument(help: "The formula, or - for standard input; none with --model.", transform: LeadingMinus.trimmed)
    var formula: String?

    @Option(help: ArgumentHelp("A model file instead of a formula.", valueName: "file"))
    var model: String?

    @OptionGroup var formulaOptions: FormulaOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file.onnx"))
    var output: String

    @Flag(help: "Prints the model's inputs, outputs and operators as JSON.")
    var json = false

    func validate() throws {
        if (formula == nil) == (model == nil) { throw ValidationError("give either a formula or --model FILE") }
        if formulaOptions.type != .float { throw ValidationError("ONNX models are of Float: leave out --type") }
        try OutputName.checkONNX(output)
        try OutputName.checkDistinct(outputs: [output], inputs: [model])
    }

    func run() throws {
        let model = try onnx()
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

    private func onnx() throws -> ONNXModel {
        if let model { return try ONNXModel(try ModelFile(path: model).network) }
        let text = formula ?? ""
        return try ONNXModel(
            try formulaOptions.formula(text).simplified(formulaOptions.simplification), text: text)
    }

    private struct Report: Encodable {
        let file: String
        let inputs: [String]
        let outputs: [String]
        let operators: [String]
    }
}
