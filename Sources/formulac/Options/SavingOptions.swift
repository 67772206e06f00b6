import ArgumentParser
import Foundation

/// What `train` keeps and shows of its runs.
struct SavingOptions: ParsableArguments {
    @Option(
        name: .customLong("save"),
        help: ArgumentHelp(
            "Writes the trained network as safetensors; of several runs, FILE-1, FILE-2, … in the order of formulas and seeds.",
            valueName: "file.safetensors"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "Keeps the state of all runs in a file, and continues from it where it exists.", valueName: "file"))
    var checkpoint: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The least time between two writes of the checkpoint; 0 is after every epoch, 5 if left out.", valueName: "seconds"),
        transform: Number.nonnegative)
    var checkpointInterval: Double?

    @Option(help: ArgumentHelp("Draws loss and area under the curve by epoch, as SVG.", valueName: "file"))
    var plot: String?

    func validate() throws {
        if let model { try OutputName.checkModel(model) }
        if let plot { try OutputName.checkPicture(plot) }
        if checkpoint == nil {
            try IdleOption.refuse([("--checkpoint-interval", checkpointInterval != nil)], "needs --checkpoint")
        }
    }

    /// The model file of a run: the name given, with the run's number before its ending where there are several.
    func modelPath(run: Int, of count: Int) -> String? {
        guard let model, count > 1 else { return model }
        let name = model as NSString
        let ending = name.pathExtension
        let stem = "\(name.deletingPathExtension)-\(run + 1)"
        return ending.isEmpty ? stem : "\(stem).\(ending)"
    }
}
