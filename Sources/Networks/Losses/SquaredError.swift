import Formulas
import Kernels

/// The squared distance of the output from the number it should be.
final class SquaredError: Loss {
    private let lossCall: KernelCall
    private let predictionCall: KernelCall
    private let losses: FloatBuffer
    private let reductions: Reductions

    /// Takes the kernels of `formulas`.
    init(_ kernels: [CompiledFunction<Float>], capacity: Int, reductions: Reductions) {
        self.reductions = reductions
        lossCall = KernelCall(kernels[0])
        predictionCall = KernelCall(kernels[1])
        losses = FloatBuffer(count: capacity)
    }

    func measure(_ output: OutputLayer, _ batch: BatchTargets) -> BatchResult {
        lossCall[0] = output.biases.values[0]
        lossCall[1] = Float(1 / batch.weight)
        lossCall(
            count: batch.count, output.sums.start, batch.values, batch.weights, to: losses.start, output.gradients.start)
        return BatchResult(loss: reductions.sum(losses.start, count: batch.count), hits: 0)
    }

    func predict(
        _ output: OutputLayer, count: Int, scores: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Float>
    ) {
        predictionCall[0] = output.biases.values[0]
        predictionCall(count: count, output.sums.start, to: scores)
        predictions.update(from: scores, count: count)
    }

    static func formulas() throws(TrainingError) -> [Formula] { [try lossFormula(), try predictionFormula()] }

    /// From weighted inputs, targets and weights to the loss and the mean loss's derivative. Parameters: the bias, and one
    /// over the sum of weights.
    private static func lossFormula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["sum", "target", "weight"], parameters: ["bias", "share"])
        try composer.define("distance", as: "sum + bias - target")
        try composer.define("loss", as: "weight*distance*distance")
        try composer.define("gradient", as: "2*share*weight*distance")
        return composer.formula(outputs: ["loss", "gradient"])
    }

    /// From weighted inputs to the output. Parameter: the bias.
    private static func predictionFormula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["sum"], parameters: ["bias"])
        try composer.define("output", as: "sum + bias")
        return composer.formula(outputs: ["output"])
    }
}
