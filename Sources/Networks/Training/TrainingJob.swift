import Datasets
import Dispatch
import Foundation
import Synchronization

/// One run among several.
public struct TrainingJob: Sendable {
    /// The network, compiled.
    public let trainer: Trainer
    /// The protocol, the seed among it.
    public let configuration: TrainingConfiguration
    /// Where it continues; `nil` for a run from the beginning.
    public let checkpoint: TrainingCheckpoint?

    /// Describes a run.
    public init(trainer: Trainer, configuration: TrainingConfiguration, from checkpoint: TrainingCheckpoint? = nil) {
        self.trainer = trainer
        self.configuration = configuration
        self.checkpoint = checkpoint
    }
}

extension Trainer {
    /// Does several runs on the same data, spread over the cores. Results do not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - threadCount: how many runs may go on at the same time; by default as many as there are cores.
    ///   - progress: called with a run's index after each of its epochs, from any thread.
    ///   - onCheckpoint: called with a run's index after each of its epochs, from any thread; see `train`.
    ///   - isCancelled: asked before each batch, from any thread.
    /// - Returns: each run's result or failure, in the order of the runs.
    public static func trainAll(
        _ jobs: [TrainingJob], on dataset: Dataset, threadCount: Int? = nil,
        progress: @Sendable (_ job: Int, EpochReport) -> Void = { _, _ in },
        onCheckpoint: @Sendable (_ job: Int, () -> TrainingCheckpoint) -> Void = { _, _ in },
        isCancelled: @Sendable () -> Bool = { false }
    ) -> [Result<TrainingResult, TrainingError>] {
        let threads = max(1, min(threadCount ?? ProcessInfo.processInfo.activeProcessorCount, jobs.count))
        let nextJob = Mutex(0)
        let results = Mutex([Result<TrainingResult, TrainingError>?](repeating: nil, count: jobs.count))
        withoutActuallyEscaping(progress) { progress in
            withoutActuallyEscaping(onCheckpoint) { onCheckpoint in
                withoutActuallyEscaping(isCancelled) { isCancelled in
                    DispatchQueue.concurrentPerform(iterations: threads) { _ in
                        while true {
                            let index = nextJob.withLock { next in
                                defer { next += 1 }
                                return next
                            }
                            guard index < jobs.count else { break }
                            let job = jobs[index]
                            let result = Result { () throws(TrainingError) in
                                try job.trainer.train(
                                    dataset, job.configuration, from: job.checkpoint, progress: { progress(index, $0) },
                                    onCheckpoint: { onCheckpoint(index, $0) }, isCancelled: isCancelled)
                            }
                            results.withLock { $0[index] = result }
                        }
                    }
                }
            }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}
