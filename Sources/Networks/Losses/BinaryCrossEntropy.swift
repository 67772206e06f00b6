import Formulas
import Kernels

/// Binary cross-entropy of a logit.
///
/// With s = 1 for label 0 and −1 for label 1, the loss is softplus(s·logit) and its derivative s·sigmoid(s·logit): both
/// keep all digits however large the logit is.
final class BinaryCrossEntropy: Loss {
    private let lossCall: KernelCall
    private let probabilityCall: KernelCall
    private let losses: FloatBuffer
    private let reductions: Reductions
    private let hits: FloatBuffer

    /// Takes the kernels of `formulas`.
    init(_ kernels: [CompiledFunction<Float>], capacity: Int, reductions: Reductions) {
        self.reductions = reductions
        lossCall = KernelCall(kernels[0])
        probabilityCall = KernelCall(kernels[1])
        losses = FloatBuffer(count: capacity)
        hits = FloatBuffer(count: capacity)
    }

    func measure(_ output: OutputLayer, _ batch: BatchTargets) -> BatchResult {
        lossCall[0] = output.biases.values[0]
        lossCall[1] = Float(1 / batch.weight)
        lossCall(
            count: batch.count, output.sums.start, batch.values, batch.weights, to: losses.start, output.gradients.start,
            hits.start)
        return BatchResult(
            loss: reductions.sum(losses.start, count: batch.count), hits: reductions.sum(hits.start, count: batch.count))
    }

    func predict(
        _ output: OutputLayer, count: Int, scores: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Float>
    ) {
        probabilityCall[0] = output.biases.values[0]
        probabilityCall(count: count, output.sums.start, to: scores, predictions)
    }

    static func formulas() throws(TrainingError) -> [Formula] { [try lossFormula(), try probabilityFormula()] }

    /// From weighted inputs, labels and weights to the loss, the mean loss's derivative, and 1 where the label is hit.
    /// Parameters: the bias, and one over the sum of weights.
    private static func lossFormula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["sum", "label", "weight"], parameters: ["bias", "share"])
        try composer.define("logit", as: "sum + bias")
        try composer.define("side", as: "1 - 2*label")
        try composer.define("loss", as: "weight*softplus(side*logit)")
        try composer.define("gradient", as: "share*weight*side*sigmoid(side*logit)")
        try composer.define("hit", as: "side*logit < 0")
        return composer.formula(outputs: ["loss", "gradient", "hit"])
    }

    /// From weighted inputs to the logit and the probability of the positive class. Parameter: the bias.
    static func probabilityFormula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["sum"], parameters: ["bias"])
        try composer.define("logit", as: "sum + bias")
        try composer.define("probability", as: "sigmoid(logit)")
        return composer.formula(outputs: ["logit", "probability"])
    }
}
