import Formulas
import Foundation
import Lanes

/// A reproduction's results as plots.
struct ReproductionPlots {
    let result: ReproductionResult

    /// The activations that are tried on a set, over four deviations of their normalised input.
    func activations(on set: ExperimentSet) -> LinePlot {
        var plot = LinePlot(title: "Activations on \(set.title)", horizontalLabel: "x")
        var seen: Set<String> = []
        let texts = result.models.filter { $0.set == set }.flatMap { [$0.activation, $0.lastActivation].compactMap(\.self) }
        for text in texts where seen.insert(text).inserted {
            guard let formula = try? Formula(parsing: text),
                let interpreter = try? LaneInterpreter<Double>(LaneProgram(expanding: formula, precision: .double))
            else { continue }
            let uniforms = formula.parameters.map(\.value)
            let points = (-100...100).map { step -> (x: Double, y: Double) in
                let x = Double(step) / 25
                return (x, interpreter.run(streams: [x], uniforms: uniforms).first ?? .nan)
            }
            plot.add(LinePlot.Curve(name: text, points: points))
        }
        return plot
    }

    /// Accuracy against the decimal logarithm of the number of parameters, a dot for each seed. Models of one size stand a
    /// little apart.
    func accuracyBySize(on set: ExperimentSet) -> LinePlot {
        var plot = LinePlot(
            title: "Accuracy on \(set.title), a dot for each seed",
            horizontalLabel: "log10 of the number of parameters (equal ones set apart)", verticalLabel: "test accuracy")
        let models = result.models.filter { $0.set == set }
        for (index, model) in models.enumerated() {
            let size = log10(Double(model.parameterCount))
            let x = size + 0.025 * (Double(index) - Double(models.count - 1) / 2)
            // A point that is no number stands between each two, so that no line joins them; the first and the last keep
            // the dots off the frame.
            let points = model.runs.flatMap { [(x: x, y: $0.accuracy), (x: x, y: Double.nan)] }
            plot.add(LinePlot.Curve(name: model.title, points: [(size - 0.15, .nan)] + points + [(size + 0.15, .nan)]))
        }
        return plot
    }

    /// The mean training loss of each epoch, over the seeds.
    func learning(on set: ExperimentSet) -> LinePlot {
        var plot = LinePlot(
            title: "Training loss on \(set.title), mean over the seeds", horizontalLabel: "epoch",
            verticalLabel: "cross-entropy")
        for model in result.models where model.set == set {
            let epochs = model.runs.map(\.losses.count).min() ?? 0
            let points = (0..<epochs).map { epoch -> (x: Double, y: Double) in
                (Double(epoch + 1), model.runs.reduce(0) { $0 + $1.losses[epoch] } / Double(model.runs.count))
            }
            plot.add(LinePlot.Curve(name: model.title, points: points, isDashed: model.model.hasPrefix("heavy")))
        }
        return plot
    }
}
