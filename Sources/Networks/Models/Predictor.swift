import Datasets
import Kernels

/// Uses a trained network on new rows. Compiles its kernels once, or takes them from a cache. Not thread-safe; make one for
/// each thread.
public final class Predictor {
    /// What predicts.
    public let trained: TrainedNetwork
    private let network: Network

    /// Rows that are computed at a time.
    private static let capacity = 1_024

    /// Prepares a network for use.
    public init(_ trained: TrainedNetwork, cache: KernelCache = KernelCache()) throws(TrainingError) {
        self.trained = trained
        network = try Network(
            trained.configuration, inputCount: trained.featureNames.count, capacity: Self.capacity,
            kernels: try NetworkKernels(trained.configuration, cache: cache))
        network.load(trained.weights)
    }

    /// Predicts all rows of a table whose columns are the network's features, in its order (`TrainedNetwork.featureNames`),
    /// not standardised.
    ///
    /// - Throws: `TrainingError.weights` for another number of columns.
    public func predict(_ table: Table<Float>) throws(TrainingError) -> Predictions {
        let width = trained.featureNames.count
        guard table.columnCount == width else {
            throw .weights("the network takes \(width) features, but the table has \(table.columnCount) columns")
        }
        let outputs = trained.configuration.task.outputCount
        let scores = FloatBuffer(count: table.rowCount * outputs)
        let values = FloatBuffer(count: table.rowCount * outputs)
        for start in stride(from: 0, to: table.rowCount, by: Self.capacity) {
            let end = min(start + Self.capacity, table.rowCount)
            let rows = trained.standardization.apply(to: Array(start..<end), of: table)
            network.input.transpose(rows: rows, 0..<end - start)
            network.predict(
                count: end - start, scores: scores.start + start * outputs,
                predictions: values.start + start * outputs)
        }
        return Predictions(target: trained.target, outputCount: outputs, scores: scores.values, encoded: values.values)
    }
}

/// What a network says about rows.
public struct Predictions: Hashable, Sendable {
    /// How many outputs there are for each row.
    public let outputCount: Int
    /// The output layer's sums, row after row: a logit (binary), one for each class, or the standardised number.
    public let scores: [Float]
    /// Row after row: the positive class's probability, the classes' probabilities, or the number in the label's unit.
    public let values: [Float]
    /// What each row is taken for: 1 for the positive class and 0 for the rest, the likeliest class's label, or the number.
    public let labels: [Float]

    init(target: TargetEncoding, outputCount: Int, scores: [Float], encoded: [Float]) {
        self.outputCount = outputCount
        self.scores = scores
        switch target.kind {
        case .binary:
            values = encoded
            labels = encoded.map { $0 > 0.5 ? 1 : 0 }
        case .classes(let classes):
            values = encoded
            labels = stride(from: 0, to: scores.count, by: outputCount).map { row in
                let own = scores[row..<row + outputCount]
                return classes[(own.indices.max { own[$0] < own[$1] } ?? row) - row]
            }
        case .number(let mean, let deviation):
            values = encoded.map { Float(Double($0) * deviation + mean) }
            labels = values
        }
    }

    /// What is said about some of the rows.
    init(_ rows: [Int], of all: Predictions) {
        let outputs = all.outputCount
        outputCount = outputs
        scores = rows.flatMap { all.scores[$0 * outputs..<($0 + 1) * outputs] }
        values = rows.flatMap { all.values[$0 * outputs..<($0 + 1) * outputs] }
        labels = rows.map { all.labels[$0] }
    }
}
