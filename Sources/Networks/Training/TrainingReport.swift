/// What an epoch gave.
public struct EpochReport: Hashable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// How many there will be.
    public let epochCount: Int
    /// The mean loss over the epoch's rows, each in its batch, with dropout.
    public let trainingLoss: Double
    /// The share of labels hit meanwhile.
    public let trainingAccuracy: Double
    /// How long the epoch took.
    public let seconds: Double
    /// How many rows were trained on in each second.
    public let rowsPerSecond: Double
}

/// What a run gave.
public struct TrainingResult: Sendable {
    /// One report for each epoch.
    public let history: [EpochReport]
    /// The share of the test rows' labels that are hit, a probability above 0.5 counting as positive.
    public let accuracy: Double
    /// The area under the receiver operating characteristic on the test rows. Ranked by logits, which tell apart what
    /// probabilities rounded to 1 do not.
    public let areaUnderROC: Double
    /// All numbers that training changed, BatchNorm's among them.
    public let parameterCount: Int
    /// How many rows there were to learn from, and to judge by.
    public let trainingRowCount, testRowCount: Int
    /// What the run followed.
    public let seed: UInt64
    /// The time of all epochs together.
    public let trainingSeconds: Double

    /// The paper's E_param.
    public var parameterEfficiency: Double {
        BinaryMetrics.parameterEfficiency(areaUnderROC: areaUnderROC, parameterCount: parameterCount)
    }
}
