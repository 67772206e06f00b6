import Networks
import Synchronization

/// Shows how far several training runs are: one moving line on a terminal, a line for each fifth epoch elsewhere.
final class TrainingProgress: Sendable {
    /// Activation and seed of each run.
    let labels: [(activation: String, seed: UInt64)]
    private let epochs: Int
    private let finishedEpochs = Mutex(0)
    /// Those that were finished before this process began.
    private let skippedEpochs = Mutex(0)
    private let start = ContinuousClock.now

    init(labels: [(String, UInt64)], epochs: Int) {
        self.labels = labels
        self.epochs = epochs
    }

    /// Takes note of what was done before, as a checkpoint tells.
    func skip(_ states: [RunState]) {
        let done = states.reduce(0) { sum, state in
            switch state {
            case .waiting: sum
            case .running(let checkpoint): sum + checkpoint.history.count
            case .finished: sum + epochs
            }
        }
        finishedEpochs.withLock { $0 = done }
        skippedEpochs.withLock { $0 = done }
        if done > 0 { Console.note("note: \(done) of \(epochs * labels.count) epochs were done before") }
    }

    /// Takes note of an epoch; may be called from any thread.
    func report(job: Int, _ epoch: EpochReport) {
        let done = finishedEpochs.withLock { finished in
            finished += 1
            return finished
        }
        let total = epochs * labels.count
        let elapsed = (ContinuousClock.now - start).milliseconds / 1000
        let left = elapsed / Double(done - skippedEpochs.withLock { $0 }) * Double(total - done)
        let (activation, seed) = labels[job]
        let line =
            "\(activation), seed \(seed): epoch \(epoch.epoch)/\(epoch.epochCount), loss \(epoch.trainingLoss.formatted(digits: 4)), "
            + (epoch.trainingAccuracy.map { "accuracy \($0.formatted(digits: 4)), " } ?? "")
            + (epoch.validation.map { "validation loss \($0.loss.formatted(digits: 4)), " } ?? "")
            + "\(Int(epoch.rowsPerSecond)) rows/s, "
            + "\(left.formatted(digits: 1)) s left"
        if Console.isInteractive {
            Console.progress(line)
        } else if epoch.epoch % 5 == 0 || epoch.epoch == epoch.epochCount {
            Console.note(line)
        }
    }
}
