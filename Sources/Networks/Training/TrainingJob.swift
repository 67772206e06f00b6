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
    /// Where it stands: it continues from there, and is not repeated where it is done.
    public var state: RunState

    /// Describes a run.
    public init(trainer: Trainer, configuration: TrainingConfiguration, state: RunState = .waiting) {
        self.trainer = trainer
        self.configuration = configuration
        self.state = state
    }
}

extension Trainer {
    /// Does several runs on the same data, spread over the cores. Results do not depend on the number of threads.
    ///
    /// - Parameters:
    ///   - threadCount: how many runs may go on at the same time; by default as many as there are cores.
    ///   - watchesTest: whether the test rows are judged after each epoch too, for `EpochReport.test`.
    ///   - progress: called with a run's index after each of its epochs, from any thread.
    ///   - onCheckpoint: called with a run's index after each of its epochs, from any thread; see `train`.
    ///   - onResult: called with a run's index when it is done, from any thread.
    ///   - isCancelled: asked before each batch, from any thread.
    /// - Returns: each run's result or failure, in the order of the runs.
    public static func trainAll(
        _ jobs: [TrainingJob], on dataset: Dataset, threadCount: Int? = nil, watchesTest: Bool = false,
        progress: @Sendable (_ job: Int, EpochReport) -> Void = { _, _ in },
        onCheckpoint: @Sendable (_ job: Int, () -> TrainingCheckpoint) -> Void = { _, _ in },
        onResult: @Sendable (_ job: Int, TrainingResult) -> Void = { _, _ in },
        isCancelled: @Sendable () -> Bool = { false }
    ) -> [Result<TrainingResult, TrainingError>] {
        let threads = max(1, min(threadCount ?? ProcessInfo.processInfo.activeProcessorCount, jobs.count))
        let nextJob = Mutex(0)
        let results = Mutex([Result<TrainingResult, TrainingError>?](repeating: nil, count: jobs.count))
        withoutActuallyEscaping(progress) { progress in
            withoutActuallyEscaping(onCheckpoint) { onCheckpoint in
                withoutActuallyEscaping(onResult) { onResult in
                    withoutActuallyEscaping(isCancelled) { isCancelled in
                        DispatchQueue.concurrentPerform(iterations: threads) { _ in
                            while true {
                                let index = nextJob.withLock { next in
                                    defer { next += 1 }
                                    return next
                                }
                                guard index < jobs.count else { break }
                                let result = Result { () throws(TrainingError) in
                                    try jobs[index].run(
                                        on: dataset, watchesTest: watchesTest, progress: { progress(index, $0) },
                                        onCheckpoint: { onCheckpoint(index, $0) }, onResult: { onResult(index, $0) },
                                        isCancelled: isCancelled)
                                }
                                results.withLock { $0[index] = result }
                            }
                        }
                    }
                }
            }
        }
        return results.withLock { $0.compactMap(\.self) }
    }
}

extension TrainingJob {
    /// Does what is left of the run.
    fileprivate func run(
        on dataset: Dataset, watchesTest: Bool, progress: (EpochReport) -> Void,
        onCheckpoint: (() -> TrainingCheckpoint) -> Void, onResult: (TrainingResult) -> Void, isCancelled: () -> Bool
    ) throws(TrainingError) -> TrainingResult {
        let checkpoint: TrainingCheckpoint?
        switch state {
        case .waiting: checkpoint = nil
        case .running(let place): checkpoint = place
        case .finished(let result): return result
        }
        let result = try trainer.train(
            dataset, configuration, from: checkpoint, watchesTest: watchesTest, progress: progress, onCheckpoint: onCheckpoint,
            isCancelled: isCancelled)
        onResult(result)
        return result
    }
}
