import Formulas
import Kernels

/// Cross-entropy of the classes' softmax.
///
/// Class after class over the whole batch, each pass one kernel: the largest logit of each row, the exponentials of the
/// distances from it and their total, then derivatives. Losses are log(total) − (the label's distance), so that no logit
/// is too large.
final class SoftmaxCrossEntropy: Loss {
    private let largestCall: KernelCall
    private let exponentialCall: KernelCall
    private let gradientCall: KernelCall
    private let lossCall: KernelCall
    private let probabilityCall: KernelCall
    private let largest: FloatBuffer
    private let totals: FloatBuffer
    /// The distance of the label's logit from the largest one.
    private let distances: FloatBuffer
    private let losses: FloatBuffer
    private let reductions: Reductions
    private let hits: FloatBuffer
    private let column: FloatBuffer
    private let scoreColumn: FloatBuffer

    /// Takes the kernels of `formulas`.
    init(_ kernels: [CompiledFunction<Float>], capacity: Int, reductions: Reductions) {
        self.reductions = reductions
        largestCall = KernelCall(kernels[0])
        exponentialCall = KernelCall(kernels[1])
        gradientCall = KernelCall(kernels[2])
        lossCall = KernelCall(kernels[3])
        probabilityCall = KernelCall(kernels[4])
        func buffer() -> FloatBuffer { FloatBuffer(count: capacity) }
        (largest, totals, distances, losses) = (buffer(), buffer(), buffer(), buffer())
        (hits, column, scoreColumn) = (buffer(), buffer(), buffer())
    }

    func measure(_ output: OutputLayer, _ batch: BatchTargets) -> BatchResult {
        let count = batch.count
        findLargest(output, count: count)
        totals.start.update(repeating: 0, count: count)
        distances.start.update(repeating: 0, count: count)
        for unit in 0..<output.units {
            exponentialCall[0] = output.biases.values[unit]
            exponentialCall[1] = Float(unit)
            exponentialCall(
                count: count, output.sums.unit(unit), largest.start, totals.start, batch.values, distances.start,
                to: output.gradients.unit(unit), totals.start, distances.start)
        }
        gradientCall[1] = Float(1 / batch.weight)
        for unit in 0..<output.units {
            gradientCall[0] = Float(unit)
            let gradients = output.gradients.unit(unit)
            gradientCall(count: count, gradients, totals.start, batch.values, batch.weights, to: gradients)
        }
        lossCall(count: count, totals.start, distances.start, batch.weights, to: losses.start, hits.start)
        return BatchResult(
            loss: reductions.sum(losses.start, count: count), hits: reductions.sum(hits.start, count: count))
    }

    func predict(
        _ output: OutputLayer, count: Int, scores: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Float>
    ) {
        findLargest(output, count: count)
        totals.start.update(repeating: 0, count: count)
        let units = output.units
        // No class is asked for: NaN equals no label.
        for unit in 0..<units {
            exponentialCall[0] = output.biases.values[unit]
            exponentialCall[1] = .nan
            exponentialCall(
                count: count, output.sums.unit(unit), largest.start, totals.start, largest.start, distances.start,
                to: output.gradients.unit(unit), totals.start, distances.start)
        }
        for unit in 0..<units {
            probabilityCall[0] = output.biases.values[unit]
            probabilityCall(
                count: count, output.sums.unit(unit), output.gradients.unit(unit), totals.start, to: scoreColumn.start,
                column.start)
            for row in 0..<count {
                scores[row * units + unit] = scoreColumn.start[row]
                predictions[row * units + unit] = column.start[row]
            }
        }
    }

    private func findLargest(_ output: OutputLayer, count: Int) {
        largest.start.update(repeating: -.infinity, count: count)
        for unit in 0..<output.units {
            largestCall[0] = output.biases.values[unit]
            largestCall(count: count, output.sums.unit(unit), largest.start, to: largest.start)
        }
    }

    /// The kernels' formulas: largest logit; exponential, total and distance; gradient; loss and hit; probability.
    static func formulas() throws(TrainingError) -> [Formula] {
        var largest = FormulaComposer(variables: ["sum", "largest"], parameters: ["bias"])
        try largest.define("result", as: "max(sum + bias, largest)")

        var exponential = FormulaComposer(
            variables: ["sum", "largest", "total", "label", "distance"], parameters: ["bias", "class"])
        try exponential.define("own", as: "sum + bias - largest")
        try exponential.define("exponential", as: "exp(own)")
        try exponential.define("total", as: "total + exponential")
        try exponential.define("distance", as: "where(label == class, own, distance)")

        var gradient = FormulaComposer(
            variables: ["exponential", "total", "label", "weight"], parameters: ["class", "share"])
        try gradient.define("result", as: "share*weight*(exponential/total - (label == class))")

        var loss = FormulaComposer(variables: ["total", "distance", "weight"], parameters: [])
        try loss.define("loss", as: "weight*(log(total) - distance)")
        try loss.define("hit", as: "distance == 0")

        var probability = FormulaComposer(variables: ["sum", "exponential", "total"], parameters: ["bias"])
        try probability.define("score", as: "sum + bias")
        try probability.define("probability", as: "exponential/total")
        return [
            largest.formula(outputs: ["result"]), exponential.formula(outputs: ["exponential", "total", "distance"]),
            gradient.formula(outputs: ["result"]), loss.formula(outputs: ["loss", "hit"]),
            probability.formula(outputs: ["score", "probability"]),
        ]
    }
}
