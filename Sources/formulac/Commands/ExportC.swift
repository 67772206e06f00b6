import ArgumentParser
import Formulas
import Lanes
import Networks

/// `formulac export c`: header, C99 source and manifest.
struct ExportC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "c",
        abstract: "Writes a formula as a C99 header and source with a JSON manifest, or a trained network as one C99 file.",
        discussion: """
            NAME.h, NAME.c and NAME.json hold value, gradient, backward and value-and-gradient functions for float and \
            double, of one element and of arrays. They need no library but C's fma, compile as C++ too, and give the same \
            bits as formulac itself at every optimisation level. For vectors: cc -O3 -march=native -c NAME.c

            With --model, NAME.c is a whole predictor, from the features as they are in the data to the predictions, and \
            NAME.h declares its function NAME_predict. Its results are the bits of `predict` at every optimisation level.

            Examples:
              formulac export c "x*cos(x)" -o exported --name x_cos_x
              formulac export c --model spam.safetensors -o exported --name spam
            """)

    @OptionGroup var options: ExportOptions

    @Flag(help: "Derivatives by the parameters follow those by the variables.")
    var parameterGradients = false

    @Option(help: ArgumentHelp("A model file instead of a formula.", valueName: "file"))
    var model: String?

    func validate() throws {
        if (options.formula == nil) == (model == nil) { throw ValidationError("give either a formula or --model FILE") }
        if model != nil, parameterGradients { throw ValidationError("a model has no --parameter-gradients") }
    }

    func run() throws {
        if let model { return try write(try ModelFile(path: model)) }
        let export = try options.export { $0.differentiatesParameters = parameterGradients }
        let source = try export.cSource()
        try options.write(
            [
                ExportFile(name: "\(source.name).h", text: source.header),
                ExportFile(name: "\(source.name).c", text: source.source),
            ], export.manifest)
    }

    /// Writes a predictor.
    private func write(_ model: ModelFile) throws {
        let banner = model.summary + ["", "Written by formulac \(Formulac.version). Do not edit."]
        let predictor = try CPredictor(model.network, name: options.name, banner: banner).source
        let files = [
            ExportFile(name: "\(predictor.name).h", text: predictor.header),
            ExportFile(name: "\(predictor.name).c", text: predictor.singleFile),
        ]
        let paths = try ExportFile.write(files, to: options.output)
        if options.json {
            let task = model.network.configuration.task
            try Console.json(
                PredictorReport(
                    name: predictor.name, files: paths, function: "\(predictor.name)_predict",
                    features: model.network.featureNames, outputs: task.outputCount, task: task.name))
        } else {
            paths.forEach(Console.result)
        }
    }

    private struct PredictorReport: Encodable {
        let name: String
        let files: [String]
        let function: String
        let features: [String]
        let outputs: Int
        let task: String
    }
}
