import Datasets
import Formulas
import Foundation
import Synchronization

/// The state of all runs of a training in one safetensors file, written whole or not at all, so that a killed training goes
/// on from its last writing and gives the same bits as without the interruption.
///
/// May be used from any thread.
public final class CheckpointFile: Sendable {
    private let path: String
    private let jobs: [TrainingJob]
    private let settings: [CheckpointDescription.Settings]
    private let fingerprint: DataFingerprint
    private let interval: Duration
    private let progress: Mutex<Progress>

    private struct Progress {
        var states: [RunState]
        var lastWriting: ContinuousClock.Instant?
        /// The first writing that failed.
        var failure: DatasetError?
    }

    /// Prepares a file for runs on data, and reads where they stand if it exists.
    ///
    /// - Parameters:
    ///   - interval: the least number of seconds between two writings; 0 writes after every epoch of every run.
    /// - Throws: `ModelFileError` when the file exists and is not the checkpoint of these runs on these data.
    public init(
        path: String, jobs: [TrainingJob], on dataset: Dataset, interval: Double
    ) throws(ModelFileError) {
        self.path = path
        self.jobs = jobs
        self.interval = .seconds(min(interval, 1e9))
        settings = jobs.map(CheckpointDescription.Settings.init)
        fingerprint = DataFingerprint(dataset)
        var states = jobs.map { _ in RunState.waiting }
        if FileManager.default.fileExists(atPath: path) {
            do {
                let file = try Safetensors(path: path)
                states = try Self.states(in: file, path: path, jobs: jobs, settings: settings, fingerprint: fingerprint)
            } catch { throw error.of(.checkpoint) }
        }
        progress = Mutex(Progress(states: states))
    }

    /// Where each run stands.
    public var states: [RunState] { progress.withLock { $0.states } }

    /// Takes note of where a run stands after an epoch.
    public func note(_ checkpoint: TrainingCheckpoint, job: Int) { note(.running(checkpoint), job: job, isUrgent: false) }

    /// Takes note of what came of a run.
    public func note(_ result: TrainingResult, job: Int) { note(.finished(result), job: job, isUrgent: true) }

    /// Writes what has been noted.
    ///
    /// - Throws: the first failure of any writing, unless this one succeeds.
    public func write() throws(DatasetError) {
        let failure = progress.withLock { progress in
            save(&progress)
            return progress.failure
        }
        if let failure { throw failure }
    }

    private func note(_ state: RunState, job: Int, isUrgent: Bool) {
        progress.withLock { progress in
            progress.states[job] = state
            let isDue = progress.lastWriting.map { ContinuousClock.now - $0 >= interval } ?? true
            if isUrgent || isDue { save(&progress) }
        }
    }

    private func save(_ progress: inout Progress) {
        do {
            try Self.file(progress.states, settings: settings, fingerprint: fingerprint).write(to: path)
            progress.failure = nil
        } catch {
            progress.failure = progress.failure ?? error
        }
        progress.lastWriting = .now
    }
}

// MARK: - The file

extension CheckpointFile {
    private static let key = "checkpoint"

    private static func file(
        _ states: [RunState], settings: [CheckpointDescription.Settings], fingerprint: DataFingerprint
    ) -> Safetensors {
        var file = Safetensors(metadata: ["formulac": Release.version])
        var runs: [CheckpointDescription.Run] = []
        for (index, (state, settings)) in zip(states, settings).enumerated() {
            var run = CheckpointDescription.Run(settings: settings)
            let prefix = "run.\(index)."
            switch state {
            case .waiting: break
            case .running(let checkpoint):
                run.history = checkpoint.history
                run.stepCount = checkpoint.stepCount
                file.append(checkpoint.weights, prefix: prefix)
                for memory in checkpoint.optimizerMemory {
                    file["\(prefix)optimizer.\(memory.name)"] = Safetensors.Tensor(memory.values)
                }
                if let best = checkpoint.best {
                    (run.bestEpoch, run.bestLoss) = (best.epoch, best.loss)
                    file.append(best.weights, prefix: prefix + "best.")
                }
            case .finished(let result):
                run.history = result.history
                run.result = CheckpointDescription.Result(
                    network: file.append(result.network, prefix: prefix), test: result.test, bestEpoch: result.bestEpoch,
                    trainingRowCount: result.trainingRowCount, validationRowCount: result.validationRowCount,
                    testRowCount: result.testRowCount, trainingSeconds: result.trainingSeconds)
            }
            runs.append(run)
        }
        file.describe(CheckpointDescription(version: Release.version, data: fingerprint, runs: runs), as: key)
        return file
    }

    static func states(
        in file: Safetensors, path: String, jobs: [TrainingJob], settings: [CheckpointDescription.Settings],
        fingerprint: DataFingerprint
    ) throws(ModelFileError) -> [RunState] {
        guard file.metadata[key] != nil else { throw ModelFileError(file: path, problem: .foreign) }
        let description: CheckpointDescription = try file.described(key, in: path)
        func other(_ what: String) -> ModelFileError {
            ModelFileError(file: path, problem: .otherTraining(what))
        }
        guard description.version == Release.version else {
            throw other("it was written by formulac \(description.version), this is \(Release.version)")
        }
        guard description.data == fingerprint else {
            throw other(
                description.data.rows == fingerprint.rows ? "the data differ" : "it had \(description.data.rows.counted("row"))")
        }
        guard description.runs.count == jobs.count else { throw other("it had \(description.runs.count.counted("run"))") }
        for (index, run) in description.runs.enumerated() {
            guard let difference = settings[index].difference(from: run.settings) else { continue }
            throw other("of run \(index + 1), \(difference)")
        }
        var states: [RunState] = []
        for (index, run) in description.runs.enumerated() {
            states.append(
                try state(
                    run, of: jobs[index], features: fingerprint.features, rows: fingerprint.rows, file, "run.\(index).", path))
        }
        return states
    }

    private static func state(
        _ run: CheckpointDescription.Run, of job: TrainingJob, features: [String], rows: Int, _ file: Safetensors,
        _ prefix: String, _ path: String
    ) throws(ModelFileError) -> RunState {
        let network = job.trainer.network
        if let result = run.result {
            // The formulas are the job's own: equal by their text, they need not be read.
            let description = TrainedNetworkDescription(
                layers: network, features: result.network.features, target: result.network.target)
            return .finished(
                TrainingResult(
                    history: run.history, test: result.test,
                    network: try file.trainedNetwork(prefix: prefix, description: description, in: path),
                    bestEpoch: result.bestEpoch, trainingRowCount: result.trainingRowCount,
                    validationRowCount: result.validationRowCount, testRowCount: result.testRowCount,
                    seed: job.configuration.seed, trainingSeconds: result.trainingSeconds))
        }
        guard let stepCount = run.stepCount else { return .waiting }
        // What counting on from here relies on.
        let epochs = run.history.count
        guard (0...1 << 48).contains(stepCount), epochs <= job.configuration.epochs,
            (1...max(epochs, 1)).contains(run.bestEpoch ?? 1)
        else {
            throw ModelFileError(file: path, problem: .inconsistent("its counts of steps and epochs contradict each other"))
        }
        func weights(_ prefix: String) throws(ModelFileError) -> NetworkWeights {
            try file.weights(of: network, inputCount: features.count, prefix: prefix, in: path)
        }
        let count = [network.parameterCount(inputCount: features.count)]
        var memory: [NamedTensor] = []
        for name in OptimizerRule.rule(job.configuration.optimizer.method).memory {
            memory.append(
                NamedTensor(
                    name: name, shape: count, values: try file.numbers("\(prefix)optimizer.\(name)", shape: count, in: path)))
        }
        var best: TrainingCheckpoint.Best?
        if let epoch = run.bestEpoch, let loss = run.bestLoss {
            best = .init(epoch: epoch, loss: loss, weights: try weights(prefix + "best."))
        }
        return .running(
            TrainingCheckpoint(
                network: network, training: job.configuration, featureNames: features, rowCount: rows, history: run.history,
                weights: try weights(prefix), stepCount: stepCount, optimizerMemory: memory, best: best))
    }
}
