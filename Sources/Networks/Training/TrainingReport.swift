/// What an epoch gave.
public struct EpochReport: Hashable, Sendable, Codable {
    /// The epoch, from 1.
    public let epoch: Int
    /// How many there will be, unless training stops early.
    public let epochCount: Int
    /// The step size.
    public let learningRate: Double
    /// The mean loss over the epoch's rows, each in its batch, with dropout and class weights.
    public let trainingLoss: Double
    /// The share of labels hit meanwhile; `nil` for a regression.
    public let trainingAccuracy: Double?
    /// How the rows set aside for early stopping fare after the epoch; `nil` where there are none.
    public let validation: Evaluation?
    /// How the test rows fare after the epoch; `nil` unless that was asked for.
    public let test: Evaluation?
    /// How long the epoch took, without the evaluations.
    public let seconds: Double
    /// How many rows were trained on in each second.
    public let rowsPerSecond: Double
}

/// How well a network does on rows that it has not learned from.
public struct Evaluation: Hashable, Sendable, Codable {
    /// The mean loss; class weights count.
    public let loss: Double
    /// The share of labels that are hit: by a probability above 0.5, or by the largest of several. `nil` for a regression.
    public let accuracy: Double?
    /// The area under the receiver operating characteristic, ranked by logits, which tell apart what probabilities rounded
    /// to 1 do not; of several classes the mean over each against the rest. NaN when a class is missing, `nil` for a regression.
    public let areaUnderROC: Double?
    /// The root of the mean squared error in the label's unit; `nil` unless for a regression.
    public let rootMeanSquaredError: Double?
    /// The share of the labels' variance that is explained (R²); `nil` unless for a regression.
    public let explainedVariance: Double?
}

/// What a run gave.
public struct TrainingResult: Sendable {
    /// One report for each epoch.
    public let history: [EpochReport]
    /// How the test rows fare.
    public let test: Evaluation
    /// The network: of the best epoch with early stopping, otherwise of the last.
    public let network: TrainedNetwork
    /// The epoch, from 1, whose weights the network has.
    public let bestEpoch: Int
    /// How many rows there were to learn from, to stop by, and to judge by.
    public let trainingRowCount, validationRowCount, testRowCount: Int
    /// What the run followed.
    public let seed: UInt64
    /// The time of all epochs together.
    public let trainingSeconds: Double

    /// The share of the test rows' labels that are hit; NaN for a regression.
    public var accuracy: Double { test.accuracy ?? .nan }
    /// The area under the receiver operating characteristic on the test rows; NaN for a regression.
    public var areaUnderROC: Double { test.areaUnderROC ?? .nan }
    /// All numbers that training changed, BatchNorm's among them.
    public var parameterCount: Int { network.parameterCount }
    /// The paper's E_param.
    public var parameterEfficiency: Double {
        BinaryMetrics.parameterEfficiency(areaUnderROC: areaUnderROC, parameterCount: parameterCount)
    }
}
