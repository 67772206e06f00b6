import Datasets

/// What is to be found in a data set: one number for each row, and how values are judged.
public struct SearchProblem: Sendable {
    /// What is predicted, for people: the class or the label's name.
    public let name: String
    /// One number for each row of the data set.
    public let labels: [Float]
    /// How values are judged.
    public let loss: ScoreLoss
    /// How `labels` came of the data set's; `nil` for classes.
    public var labelScaling: Scaling?

    /// The mean and deviation that numbers were brought to 0 and 1 by.
    public struct Scaling: Hashable, Sendable {
        /// The mean.
        public let mean: Double
        /// The population standard deviation.
        public let deviation: Double
    }

    /// One class against the rest, by the log-loss.
    ///
    /// - Parameter positive: the class; the larger of two if left out.
    public static func binary(_ dataset: Dataset, positive: Float? = nil) throws(DiscoveryError) -> SearchProblem {
        do {
            let labels = try dataset.binaryLabels(positive: positive)
            return SearchProblem(name: labels.positiveValue.shortText, labels: labels.values, loss: .logLoss)
        } catch {
            throw .data(error)
        }
    }

    /// Each class against all others, in the order of the classes.
    ///
    /// - Throws: `DiscoveryError` where there are fewer than two classes, or more than 100.
    public static func oneAgainstRest(_ dataset: Dataset) throws(DiscoveryError) -> [SearchProblem] {
        let classes = Set(dataset.labels).sorted()
        let mostClasses = 100
        guard classes.count <= mostClasses else {
            throw .data(DatasetError(file: dataset.source, problem: .tooManyClasses(limit: mostClasses)))
        }
        guard classes.count > 1 else {
            let problem = DatasetError.Problem.oneClass(label: classes.first ?? 0, rows: dataset.rowCount)
            throw .data(DatasetError(file: dataset.source, problem: problem))
        }
        var problems: [SearchProblem] = []
        for value in classes { problems.append(try binary(dataset, positive: value)) }
        return problems
    }

    /// The label as a number, brought to mean 0 and deviation 1, by the squared error; which is then the share of the
    /// variance that is not explained.
    public static func regression(_ dataset: Dataset) throws(DiscoveryError) -> SearchProblem {
        let count = Double(max(1, dataset.rowCount))
        let mean = dataset.labels.reduce(0) { $0 + Double($1) } / count
        let variance = dataset.labels.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        guard variance > 0 else {
            let problem = DatasetError.Problem.constantLabel(label: dataset.labels.first ?? 0, rows: dataset.rowCount)
            throw .data(DatasetError(file: dataset.source, problem: problem))
        }
        let deviation = variance.squareRoot()
        return SearchProblem(
            name: dataset.labelName, labels: dataset.labels.map { Float((Double($0) - mean) / deviation) }, loss: .squaredError,
            labelScaling: Scaling(mean: mean, deviation: deviation))
    }
}

extension Float {
    /// The number without a needless fraction: 2, 0.5.
    fileprivate var shortText: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
