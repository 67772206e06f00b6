import Formulas

/// The loss of a task, with its memory for batches of up to a number of rows. Not thread-safe.
protocol Loss: AnyObject {
    /// Measures a batch, and writes the mean loss's derivatives by the output layer's sums into `output.gradients`.
    ///
    /// The mean weighs each row by its weight: Σ weight · loss / Σ weight.
    ///
    /// - Parameters:
    ///   - output: the layer whose sums, without their bias, are the batch's.
    ///   - batch: its targets and weights.
    func measure(_ output: OutputLayer, _ batch: BatchTargets) -> BatchResult

    /// Writes scores (the output layer's sums with their bias) and what they say (probabilities, or the number itself), row
    /// after row, `output.units` numbers each.
    ///
    /// - Parameters:
    ///   - scores: room for `count · units` numbers.
    ///   - predictions: room for as many.
    func predict(
        _ output: OutputLayer, count: Int, scores: UnsafeMutablePointer<Float>, predictions: UnsafeMutablePointer<Float>)
}

/// What a batch's rows should have given.
struct BatchTargets {
    /// 0 or 1; the class's index; or the number, one for each row.
    let values: UnsafePointer<Float>
    /// How much each row counts.
    let weights: UnsafePointer<Float>
    /// The sum of the weights.
    let weight: Double
    /// How many rows there are.
    let count: Int
}

/// What a batch gave.
struct BatchResult {
    /// The sum of the rows' losses, each times its weight.
    var loss: Double
    /// How many labels were hit; rows count alike.
    var hits: Double
}

extension LearningTask {
    /// The formulas of the task's loss, in the order in which the loss takes their kernels.
    func lossFormulas() throws(TrainingError) -> [Formula] {
        switch self {
        case .binary: try BinaryCrossEntropy.formulas()
        case .multiclass: try SoftmaxCrossEntropy.formulas()
        case .regression: try SquaredError.formulas()
        }
    }

    /// The loss, with memory for batches of up to `capacity` rows.
    func loss(_ kernels: NetworkKernels, capacity: Int, reductions: Reductions) -> any Loss {
        switch self {
        case .binary: BinaryCrossEntropy(kernels.loss, capacity: capacity, reductions: reductions)
        case .multiclass: SoftmaxCrossEntropy(kernels.loss, capacity: capacity, reductions: reductions)
        case .regression: SquaredError(kernels.loss, capacity: capacity, reductions: reductions)
        }
    }
}
