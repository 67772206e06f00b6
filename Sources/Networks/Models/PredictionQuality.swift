import Datasets

/// How predictions compare with the labels that rows have.
public struct PredictionQuality: Hashable, Sendable, Encodable {
    /// The label's column.
    public let label: String
    /// The share of labels that are hit; `nil` for a regression.
    public let accuracy: Double?
    /// The area under the receiver operating characteristic, of several classes the mean over each against the rest; NaN
    /// when a class is missing, `nil` for a regression.
    public let auc: Double?
    /// The root of the mean squared error in the label's unit, and the share of the labels' variance that is explained;
    /// `nil` unless for a regression.
    public let rmse, r2: Double?
}

extension Predictions {
    /// Compares the predictions with labels as they stand in the data, one for each row, NaN where there is none.
    ///
    /// - Returns: `nil` when no row has a label.
    public func quality(_ labels: [Float], of target: TargetEncoding) -> PredictionQuality? {
        let known = labels.indices.filter { !labels[$0].isNaN }
        if known.isEmpty { return nil }
        if known.count < labels.count { return Predictions(known, of: self).quality(known.map { labels[$0] }, of: target) }
        func share(_ expected: [Float]) -> Double {
            Double(zip(self.labels, expected).count { $0 == $1 }) / Double(max(expected.count, 1))
        }
        switch target.kind {
        case .binary(let positive):
            let expected: [Float] = labels.map { $0 == positive ? 1 : 0 }
            return PredictionQuality(
                label: target.labelName, accuracy: share(expected),
                auc: BinaryMetrics.areaUnderROC(scores: scores, labels: expected), rmse: nil, r2: nil)
        case .classes(let classes):
            // A label that the network does not know is of no class.
            let indices = labels.map { label in Float(classes.firstIndex(of: label) ?? -1) }
            return PredictionQuality(
                label: target.labelName, accuracy: share(labels),
                auc: MulticlassMetrics.areaUnderROC(scores: values, classCount: classes.count, targets: indices), rmse: nil,
                r2: nil)
        case .number:
            return PredictionQuality(
                label: target.labelName, accuracy: nil, auc: nil,
                rmse: RegressionMetrics.meanSquaredError(predictions: values, targets: labels).squareRoot(),
                r2: RegressionMetrics.explainedVariance(predictions: values, targets: labels))
        }
    }
}
