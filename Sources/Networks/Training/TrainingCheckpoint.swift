/// Where a training stands between two epochs: all that continuing it bit for bit takes, besides the data.
///
/// Random numbers need no state of their own here: order of rows and dropout of an epoch follow the seed and the epoch's
/// number alone.
public struct TrainingCheckpoint: Hashable, Sendable {
    /// The network.
    public let network: NetworkConfiguration
    /// The protocol, the seed among it.
    public let training: TrainingConfiguration
    /// The features' names.
    public let featureNames: [String]
    /// How many rows the data set had.
    public let rowCount: Int
    /// One report for each finished epoch.
    public let history: [EpochReport]
    /// All numbers after the last of them.
    public let weights: NetworkWeights
    /// How many steps the optimiser has taken.
    public let stepCount: Int
    /// What the optimiser remembers of each number, in the order of `weights` without BatchNorm's running figures:
    /// `mean` and `square` of Adam and AdamW, `velocity` of SGD.
    public let optimizerMemory: [NamedTensor]
    /// The best epoch so far and its numbers, where training may stop early.
    public let best: Best?

    /// The epoch of the lowest validation loss.
    public struct Best: Hashable, Sendable {
        /// The epoch, from 1.
        public let epoch: Int
        /// Its validation loss.
        public let loss: Double
        /// Its numbers.
        public let weights: NetworkWeights

        /// Puts the parts together, as from a file.
        public init(epoch: Int, loss: Double, weights: NetworkWeights) {
            self.epoch = epoch
            self.loss = loss
            self.weights = weights
        }
    }

    /// Puts the parts together, as from a file; a training checks them when it continues.
    public init(
        network: NetworkConfiguration, training: TrainingConfiguration, featureNames: [String], rowCount: Int,
        history: [EpochReport], weights: NetworkWeights, stepCount: Int, optimizerMemory: [NamedTensor], best: Best?
    ) {
        self.network = network
        self.training = training
        self.featureNames = featureNames
        self.rowCount = rowCount
        self.history = history
        self.weights = weights
        self.stepCount = stepCount
        self.optimizerMemory = optimizerMemory
        self.best = best
    }

    /// Sees that the checkpoint is of a training.
    func validate(
        network: NetworkConfiguration, training: TrainingConfiguration, featureNames: [String], rowCount: Int
    ) throws(TrainingError) {
        func differs(_ what: String) -> TrainingError { .checkpoint("the checkpoint is of another training: \(what)") }
        guard network == self.network else { throw differs("the network differs") }
        guard training == self.training else { throw differs("the settings differ") }
        guard featureNames == self.featureNames, rowCount == self.rowCount else { throw differs("the data differ") }
        guard history.count <= training.epochs else { throw differs("it has more epochs") }
        try weights.validate(for: network, inputCount: featureNames.count)
        try best?.weights.validate(for: network, inputCount: featureNames.count)
        let memory = OptimizerRule.rule(training.optimizer.method).memory
        let count = network.parameterCount(inputCount: featureNames.count)
        guard optimizerMemory.map(\.name) == memory, optimizerMemory.allSatisfy({ $0.values.count == count }) else {
            throw .checkpoint("the checkpoint's optimiser has not \(count) numbers in each of \(memory.joined(separator: ", "))")
        }
        guard (training.earlyStopping == nil) == (best == nil) || history.isEmpty else {
            throw .checkpoint("the checkpoint lacks the best epoch's numbers")
        }
    }
}
