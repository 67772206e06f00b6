import Datasets
import Kernels

/// Trains networks of one configuration. Compiles once; may run any number of times, also at the same time.
///
/// A run uses one thread, and its result follows from data, configuration and seed alone. (From one kind of processor to
/// another, sums over a batch may round differently.)
public struct Trainer: Sendable {
    /// What is trained.
    public let network: NetworkConfiguration
    private let kernels: NetworkKernels
    private let cache: KernelCache

    /// Compiles a network's kernels, or takes them from a cache.
    public init(_ network: NetworkConfiguration, cache: KernelCache = KernelCache()) throws(TrainingError) {
        try network.validate()
        self.network = network
        self.cache = cache
        kernels = try NetworkKernels(network, cache: cache)
    }

    /// Splits data, trains on the larger part and judges by the other.
    ///
    /// - Parameters:
    ///   - checkpoint: where to continue; it must be of the same network, settings and data. The result is then the same bit
    ///     for bit as without the interruption.
    ///   - watchesTest: whether the test rows are judged after each epoch too, for `EpochReport.test`. What is learned stays
    ///     the same.
    ///   - progress: called after each epoch, on the calling thread.
    ///   - onCheckpoint: called after each epoch with a function that notes where training stands; call it or not.
    ///   - isCancelled: asked before each batch; when it says yes, `TrainingError.cancelled` is thrown.
    public func train(
        _ dataset: Dataset, _ training: TrainingConfiguration = TrainingConfiguration(),
        from checkpoint: TrainingCheckpoint? = nil, watchesTest: Bool = false, progress: (EpochReport) -> Void = { _ in },
        onCheckpoint: (() -> TrainingCheckpoint) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(TrainingError) -> TrainingResult {
        try training.validate()
        guard training.batchSize > 1 || !network.hasBatchNormalization else {
            throw .setting(name: "batch size", value: "1", allowed: "at least 2 with BatchNorm (a single row has no variance)")
        }
        let data = try PreparedData(
            dataset, task: network.task, training: training, random: Self.splitStream(training))
        let run = try TrainingRun(
            network, kernels: kernels,
            optimizerKernel: try Optimizer.kernel(training.optimizer, math: network.math, cache: cache), training: training,
            data: data, rowCount: dataset.rowCount)
        if let checkpoint { try run.resume(checkpoint) }
        try run.train(watchesTest: watchesTest, progress: progress, checkpoint: onCheckpoint, isCancelled: isCancelled)
        return try run.result()
    }
}
