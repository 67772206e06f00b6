import Datasets
import Kernels

/// Trains networks of one configuration. Compiles once; may run any number of times, also at the same time.
///
/// A run uses one thread, and its result follows from data, configuration and seed alone. (From one kind of processor to
/// another, OpenBLAS's products may round differently.)
public struct Trainer: Sendable {
    /// What is trained.
    public let network: NetworkConfiguration
    private let kernels: NetworkKernels

    /// Compiles a network's kernels, or takes them from a cache.
    public init(_ network: NetworkConfiguration, cache: KernelCache = KernelCache()) throws(TrainingError) {
        try network.validate()
        self.network = network
        kernels = try NetworkKernels(network, cache: cache)
    }

    /// Splits data, trains on the larger part and judges by the other.
    ///
    /// - Parameters:
    ///   - progress: called after each epoch, on the calling thread.
    ///   - isCancelled: asked before each batch; when it says yes, `TrainingError.cancelled` is thrown.
    public func train(
        _ dataset: Dataset, _ training: TrainingConfiguration = TrainingConfiguration(),
        progress: (EpochReport) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(TrainingError) -> TrainingResult {
        try training.validate()
        guard training.batchSize > 1 || !network.hidden.contains(where: \.hasBatchNormalization) else {
            throw .setting(name: "batch size", value: "1", allowed: "at least 2 with BatchNorm, as a single row has no variance")
        }
        let labels: BinaryLabels
        do { labels = try dataset.binaryLabels(positive: training.positiveLabel) } catch { throw .data(error) }
        let seed = RandomStream(seed: training.seed)
        let data = try PreparedData(
            dataset, labels: labels, testFraction: training.testFraction, random: seed.stream(Purpose.split.rawValue))
        let run = TrainingRun(
            network, kernels: kernels, training: training, data: data,
            random: (
                initialization: seed.stream(Purpose.initialization.rawValue), order: seed.stream(Purpose.order.rawValue),
                dropout: seed.stream(Purpose.dropout.rawValue)
            ))
        let history = try run.train(progress: progress, isCancelled: isCancelled)
        let test = run.evaluate()
        return TrainingResult(
            history: history, accuracy: test.accuracy, areaUnderROC: test.areaUnderROC,
            parameterCount: network.parameterCount(inputCount: dataset.featureCount),
            trainingRowCount: data.trainingLabels.count, testRowCount: data.testLabels.count, seed: training.seed,
            trainingSeconds: history.reduce(0) { $0 + $1.seconds })
    }

    /// What random numbers are for; each has a stream of its own.
    private enum Purpose: UInt64 {
        case split, initialization, order, dropout
    }
}
