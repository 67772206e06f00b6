import Datasets

/// What is to be found in a data set: one number for each row, and how values are judged.
public struct SearchProblem: Sendable {
    /// What is predicted, for people: the class or the label's name.
    public let name: String
    /// One number for each row of the data set.
    public let labels: [Float]
    /// How values are judged.
    public let loss: ScoreLoss

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
        guard (2...100).contains(classes.count) else {
            throw .setting(name: "the number of classes", value: "\(classes.count)", allowed: "2 to 100")
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
            throw .setting(name: "the label's variance", value: "0", allowed: "above 0 for a regression")
        }
        let deviation = variance.squareRoot()
        return SearchProblem(
            name: dataset.labelName, labels: dataset.labels.map { Float((Double($0) - mean) / deviation) }, loss: .squaredError)
    }
}

extension Float {
    /// The number without a needless fraction: 2, 0.5.
    fileprivate var shortText: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
