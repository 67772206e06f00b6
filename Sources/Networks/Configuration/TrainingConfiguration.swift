/// How to train: the paper's protocol unless changed.
public struct TrainingConfiguration: Hashable, Sendable, Codable {
    /// How often all training rows are gone through, at most.
    public var epochs = 15
    /// Rows that one step takes. A last short batch is used; one of a single row is not where there is BatchNorm, as a
    /// single row has no variance.
    public var batchSize = 1_024
    /// The first epoch's step size.
    public var learningRate = 0.001
    /// How the step size goes on.
    public var schedule = LearningRateSchedule.constant
    /// What makes steps of gradients.
    public var optimizer = OptimizerConfiguration()
    /// The largest Euclidean norm that the gradient of all numbers together may have; a longer one is shortened to it.
    public var largestGradientNorm: Double?
    /// How much each class counts. Regression has no classes.
    public var classWeights = ClassWeights.equal
    /// When to stop before the last epoch; `nil` goes through all.
    public var earlyStopping: EarlyStopping?
    /// What split, initial weights, order of rows and dropout follow.
    public var seed: UInt64 = 42
    /// What the split follows instead, for runs that share their test rows; the seed if `nil`.
    public var splitSeed: UInt64?
    /// The share of rows to judge by.
    public var testFraction = 0.2
    /// The label of the positive class of a binary task; see `Dataset.binaryLabels(positive:)`.
    public var positiveLabel: Float?

    /// The paper's protocol.
    public init() {}

    /// The step size of an epoch, from 1.
    public func learningRate(epoch: Int) -> Double {
        learningRate * schedule.factor(epoch: epoch, epochCount: epochs)
    }

    func validate() throws(TrainingError) {
        guard (1...1_000_000).contains(epochs) else {
            throw .setting(name: "epochs", value: "\(epochs)", allowed: "from 1 to 1000000")
        }
        guard (1...(1 << 20)).contains(batchSize) else {
            throw .setting(name: "batch size", value: "\(batchSize)", allowed: "from 1 to 1048576")
        }
        guard learningRate > 0, learningRate.isFinite else {
            throw .setting(name: "learning rate", value: "\(learningRate)", allowed: "above 0")
        }
        guard testFraction > 0, testFraction < 1 else {
            throw .setting(name: "test fraction", value: "\(testFraction)", allowed: "above 0 and below 1")
        }
        if let norm = largestGradientNorm, !(norm > 0) {
            throw .setting(name: "largest gradient norm", value: "\(norm)", allowed: "above 0")
        }
        try schedule.validate()
        try optimizer.validate()
        try earlyStopping?.validate()
    }
}
