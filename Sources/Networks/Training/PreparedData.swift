import Datasets

/// Rows split by a seed, standardised by the training part's figures, with encoded targets.
struct PreparedData {
    /// Some of the rows.
    struct Part {
        /// Feature values, row after row.
        let rows: [Float]
        /// 0 or 1, the class's index, or the standardised number.
        let targets: [Float]
        /// How many rows there are.
        var count: Int { targets.count }
    }

    /// What there is to learn from.
    let training: Part
    /// What decides when to stop; `nil` where nothing does.
    let validation: Part?
    /// What there is to judge by.
    let test: Part
    let featureNames: [String]
    let standardization: Standardization
    let target: TargetEncoding

    /// How many features a row has.
    var featureCount: Int { featureNames.count }

    /// Splits, standardises and encodes.
    init(
        _ dataset: Dataset, task: LearningTask, training configuration: TrainingConfiguration, random: RandomStream
    ) throws(TrainingError) {
        var random = random
        let split = Split(rowCount: dataset.rowCount, testFraction: configuration.testFraction, random: &random)
        let (learned, watched) = try Self.divide(split.training, by: configuration.earlyStopping, of: dataset)
        guard learned.count >= 2, split.test.count >= 1 else {
            throw .data(DatasetError(file: dataset.source, problem: .tooFewRows(rows: dataset.rowCount, needed: 3)))
        }
        let standardization = Standardization(measuring: Array(learned), of: dataset.features)
        let target = try TargetEncoding(dataset, task: task, positive: configuration.positiveLabel, rows: learned)
        func part(_ rows: ArraySlice<Int>) -> Part {
            Part(
                rows: standardization.apply(to: Array(rows), of: dataset.features),
                targets: target.encode(dataset.labels, rows: rows))
        }
        training = part(learned)
        validation = watched.isEmpty ? nil : part(watched)
        test = part(split.test[...])
        featureNames = dataset.features.columnNames
        self.standardization = standardization
        self.target = target
    }

    /// Sets rows aside for early stopping: the last ones, their order being random.
    private static func divide(
        _ rows: [Int], by stopping: EarlyStopping?, of dataset: Dataset
    ) throws(TrainingError) -> (learned: ArraySlice<Int>, watched: ArraySlice<Int>) {
        guard let stopping else { return (rows[...], []) }
        let count = Int((Double(rows.count) * stopping.validationFraction).rounded(.up))
        guard rows.count - count >= 2 else {
            throw .data(DatasetError(file: dataset.source, problem: .tooFewRows(rows: dataset.rowCount, needed: 4)))
        }
        return (rows.dropLast(count), rows.suffix(count))
    }
}
