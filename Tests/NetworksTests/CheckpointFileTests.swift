import Datasets
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Networks

@Suite("Checkpoint files")
struct CheckpointFileTests {
    private static let data = SyntheticData.physics.dataset(rowCount: 500, seed: 5)

    private static func jobs(
        _ method: OptimizerConfiguration.Method = .adam, epochs: Int = 6, activations: [String] = ["x*cos(x)", "relu(x)"],
        seeds: [UInt64] = [1, 2]
    ) throws -> [TrainingJob] {
        try activations.flatMap { text in
            let trainer = try Trainer(NetworkConfiguration(units: [6, 3], activation: try Activation(text)))
            return seeds.map { seed in
                var training = TrainingConfiguration()
                training.epochs = epochs
                training.batchSize = 64
                training.seed = seed
                training.optimizer = OptimizerConfiguration(method)
                training.earlyStopping = EarlyStopping(patience: 3)
                return TrainingJob(trainer: trainer, configuration: training)
            }
        }
    }

    /// Trains with a checkpoint file until so many epochs are done, all runs together.
    private static func train(
        _ jobs: [TrainingJob], checkpoint path: String, epochs limit: Int = .max
    ) throws -> [Result<TrainingResult, TrainingError>] {
        let file = try CheckpointFile(path: path, jobs: jobs, on: data, interval: 0)
        var jobs = jobs
        for (index, state) in file.states.enumerated() { jobs[index].state = state }
        let done = Mutex(0)
        return Trainer.trainAll(
            jobs, on: data, threadCount: 2, watchesTest: true, progress: { _, _ in done.withLock { $0 += 1 } },
            onCheckpoint: { job, state in file.note(state(), job: job) },
            onResult: { job, result in file.note(result, job: job) }, isCancelled: { done.withLock { $0 } >= limit })
    }

    @Test("Runs go on from the file as if nothing had happened", arguments: OptimizerConfiguration.Method.allCases)
    func resumption(_ method: OptimizerConfiguration.Method) throws {
        let folder = try TemporaryFolder()
        let jobs = try Self.jobs(method)
        let whole = try Self.train(jobs, checkpoint: folder.path("whole")).map { try $0.get() }
        var limit = 5
        var pieces: [TrainingResult] = []
        // Interrupted several times, so that some runs are done, some under way and some not begun.
        for _ in 0..<20 {
            let results = try Self.train(jobs, checkpoint: folder.path("pieces"), epochs: limit)
            pieces = results.compactMap { try? $0.get() }
            if pieces.count == jobs.count { break }
            limit = 3
        }
        try #require(pieces.count == jobs.count)
        for (whole, pieces) in zip(whole, pieces) {
            #expect(whole.network == pieces.network)
            #expect(whole.test == pieces.test)
            #expect(whole.bestEpoch == pieces.bestEpoch)
            #expect(whole.history.map(\.trainingLoss) == pieces.history.map(\.trainingLoss))
            #expect(whole.history.map(\.test) == pieces.history.map(\.test))
            #expect(whole.history.map(\.validation) == pieces.history.map(\.validation))
        }
        // What is done is not done again.
        let again = try Self.train(jobs, checkpoint: folder.path("pieces"), epochs: 0).map { try $0.get() }
        #expect(again.map(\.network) == whole.map(\.network))
        #expect(again.map(\.trainingSeconds) == pieces.map(\.trainingSeconds))
    }

    @Test("A checkpoint of other settings, runs or data is refused with what differs")
    func refusal() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("c")
        _ = try Self.train(Self.jobs(), checkpoint: path, epochs: 4)
        func difference(_ jobs: [TrainingJob], _ data: Dataset = Self.data) -> String? {
            do {
                _ = try CheckpointFile(path: path, jobs: jobs, on: data, interval: 0)
                return nil
            } catch {
                if case .otherTraining(let difference) = error.problem { return difference }
                return "\(error)"
            }
        }
        #expect(difference(try Self.jobs()) == nil)
        #expect(difference(try Self.jobs(epochs: 7)) == "of run 1, epochs is 6 there")
        #expect(difference(try Self.jobs(seeds: [1, 3])) == "of run 2, seed is 2 there")
        #expect(difference(try Self.jobs(seeds: [1])) == "it had 4 runs")
        #expect(try #require(difference(try Self.jobs(activations: ["x*cos(x)", "gelu(x)"]))).hasPrefix("of run 3, hidden is "))
        #expect(difference(try Self.jobs(), SyntheticData.physics.dataset(rowCount: 499, seed: 5)) == "it had 500 rows")
        #expect(difference(try Self.jobs(), SyntheticData.physics.dataset(rowCount: 500, seed: 6)) == "the data differ")
        // A model is no checkpoint, nor is a damaged one.
        try ModelFile(try ModelFileTests.network()).write(to: path)
        #expect(try #require(difference(try Self.jobs())).contains("no checkpoint"))
        try folder.write("{}", to: "c")
        #expect(try #require(difference(try Self.jobs())).contains("not even the 8"))
    }

    @Test("No damage of the description crashes its reader")
    func damage() throws {
        let folder = try TemporaryFolder()
        let jobs = try Self.jobs(activations: ["x*cos(x)"])
        _ = try Self.train(jobs, checkpoint: folder.path("c"), epochs: 8)
        var file = try Safetensors(path: folder.path("c"))
        let text = try #require(file.metadata["checkpoint"])
        let settings = jobs.map(CheckpointDescription.Settings.init)
        let fingerprint = DataFingerprint(Self.data)
        func states() throws -> [RunState] {
            try CheckpointFile.states(in: file, path: "c", jobs: jobs, settings: settings, fingerprint: fingerprint)
        }
        #expect(try states().count == 2)
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomStream(seed: seed)
        for _ in 0..<400 {
            let damaged = ModelFileTests.damaged(text, &random)
            file.metadata["checkpoint"] = damaged
            guard let read = try? states() else { continue }
            for case .running(let checkpoint) in read {
                #expect(checkpoint.history.count <= 6 && checkpoint.stepCount >= 0, "seed \(seed): \(damaged)")
            }
        }
        for (name, value) in [("stepCount", "9223372036854775807"), ("stepCount", "-1"), ("bestEpoch", "-9223372036854775808")] {
            let pattern = "\"\(name)\":[0-9]+"
            file.metadata["checkpoint"] = text.replacingOccurrences(
                of: pattern, with: "\"\(name)\":\(value)", options: .regularExpression)
            #expect(file.metadata["checkpoint"] != text)
            #expect(throws: ModelFileError.self, "\(name) is \(value)") { try states() }
        }
    }
}
