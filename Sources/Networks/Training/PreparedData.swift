import Datasets

/// Rows split by a seed and standardised by the training part's figures.
struct PreparedData {
    /// Feature values of the training rows, row after row.
    let trainingRows: [Float]
    let trainingLabels: [Float]
    /// Feature values of the test rows.
    let testRows: [Float]
    let testLabels: [Float]
    let featureCount: Int

    /// Splits and standardises.
    init(_ dataset: Dataset, labels: BinaryLabels, testFraction: Double, random: RandomStream) throws(TrainingError) {
        var random = random
        let split = Split(rowCount: dataset.rowCount, testFraction: testFraction, random: &random)
        guard split.training.count >= 2, split.test.count >= 1 else {
            throw .data(DatasetError(file: dataset.source, problem: .tooFewRows(rows: dataset.rowCount, needed: 3)))
        }
        let standardization = Standardization(measuring: split.training, of: dataset.features)
        trainingRows = standardization.apply(to: split.training, of: dataset.features)
        testRows = standardization.apply(to: split.test, of: dataset.features)
        trainingLabels = split.training.map { labels.values[$0] }
        testLabels = split.test.map { labels.values[$0] }
        featureCount = dataset.featureCount
    }
}
