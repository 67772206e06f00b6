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
        var split = Split(rowCount: dataset.rowCount, testFraction: configuration.testFraction, random: &random)
        if let stopping = configuration.earlyStopping { split = split.takingValidation(fraction: stopping.validationFraction) }
        guard split.training.count >= 2, split.test.count >= 1 else {
            let needed = configuration.earlyStopping == nil ? 3 : 4
            throw .data(DatasetError(file: dataset.source, problem: .tooFewRows(rows: dataset.rowCount, needed: needed)))
        }
        let standardization = Standardization(measuring: split.training, of: dataset.features)
        let target = try TargetEncoding(dataset, task: task, positive: configuration.positiveLabel, rows: split.training)
        func part(_ rows: [Int]) -> Part {
            Part(
                rows: standardization.apply(to: rows, of: dataset.features),
                targets: target.encode(dataset.labels, rows: rows))
        }
        training = part(split.training)
        validation = split.validation.isEmpty ? nil : part(split.validation)
        test = part(split.test)
        featureNames = dataset.features.columnNames
        self.standardization = standardization
        self.target = target
    }
}
