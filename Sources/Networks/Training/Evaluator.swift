/// Measures how a network does on rows that it has not learned from.
struct Evaluator {
    private let network: Network
    private let target: TargetEncoding
    private let batch: BatchMemory

    /// An evaluator that uses a network's memory, and that of its batches.
    init(_ network: Network, target: TargetEncoding, batch: BatchMemory) {
        self.network = network
        self.target = target
        self.batch = batch
    }

    /// Goes through all rows of a part, in batches.
    func evaluate(_ part: PreparedData.Part) -> Evaluation {
        let outputs = network.output.units
        let scores = FloatBuffer(count: part.count * outputs)
        let predictions = FloatBuffer(count: part.count * outputs)
        var total = BatchResult(loss: 0, hits: 0)
        var weight = 0.0
        for start in stride(from: 0, to: part.count, by: batch.capacity) {
            let targets = batch.take(start..<min(start + batch.capacity, part.count), of: part)
            let result = network.evaluate(
                targets, scores: scores.start + start * outputs, predictions: predictions.start + start * outputs)
            total.loss += result.loss
            weight += targets.weight
        }
        return evaluation(loss: total.loss / weight, scores: scores.values, predictions: predictions.values, part.targets)
    }

    private func evaluation(loss: Double, scores: [Float], predictions: [Float], _ targets: [Float]) -> Evaluation {
        var accuracy: Double?
        var area: Double?
        var error: Double?
        var explained: Double?
        switch target.kind {
        case .binary:
            accuracy = BinaryMetrics.accuracy(scores: predictions, labels: targets, threshold: 0.5)
            area = BinaryMetrics.areaUnderROC(scores: scores, labels: targets)
        case .classes(let classes):
            accuracy = MulticlassMetrics.accuracy(scores: scores, classCount: classes.count, targets: targets)
            area = MulticlassMetrics.areaUnderROC(scores: predictions, classCount: classes.count, targets: targets)
        case .number(_, let deviation):
            let squares = RegressionMetrics.meanSquaredError(predictions: predictions, targets: targets)
            error = squares.squareRoot() * deviation
            explained = RegressionMetrics.explainedVariance(predictions: predictions, targets: targets)
        }
        return Evaluation(
            loss: loss, accuracy: accuracy, areaUnderROC: area, rootMeanSquaredError: error, explainedVariance: explained)
    }
}
