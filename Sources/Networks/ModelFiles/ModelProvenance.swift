import Datasets
import Formulas
import Foundation

/// Where a trained network comes from.
///
/// There is no date: the same training gives the same file, byte for byte.
public struct ModelProvenance: Hashable, Sendable, Codable {
    /// The version of formulac that trained.
    public var version: String
    /// The data file's name, without its folder, or the generated set's.
    public var data: String
    /// How many rows there were, and how many of them to learn from, to stop by and to judge by.
    public var rowCount, trainingRowCount, validationRowCount, testRowCount: Int
    /// The protocol, the seed among it.
    public var training: TrainingConfiguration
    /// The epoch, from 1, whose numbers the network has.
    public var epoch: Int
    /// How the test rows fare.
    public var test: Evaluation

    /// The provenance of a run's network.
    public init(_ result: TrainingResult, data: Dataset, training: TrainingConfiguration) {
        version = Release.version
        self.data = URL(fileURLWithPath: data.source).lastPathComponent
        rowCount = data.rowCount
        trainingRowCount = result.trainingRowCount
        validationRowCount = result.validationRowCount
        testRowCount = result.testRowCount
        self.training = training
        epoch = result.bestEpoch
        test = result.test
    }
}
