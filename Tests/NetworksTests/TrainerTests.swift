import Datasets
import Foundation
import Synchronization
import Testing

@testable import Networks

@Suite struct TrainerTests {
    private let physics = SyntheticData.physics.dataset(rowCount: 3_000, seed: 5)

    private func trainer(_ activation: String = "max(x, 0)", units: [Int] = [16, 8], dropout: Double = 0.3) throws -> Trainer {
        try Trainer(NetworkConfiguration(units: units, activation: try Activation(activation), dropout: dropout))
    }

    private func configuration(epochs: Int = 3, seed: UInt64 = 42) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.epochs = epochs
        configuration.seed = seed
        configuration.batchSize = 256
        return configuration
    }

    private func bits(_ result: TrainingResult) -> [UInt64] {
        result.history.map(\.trainingLoss.bitPattern) + [result.accuracy.bitPattern, result.areaUnderROC.bitPattern]
    }

    @Test func sameSeedSameBits() throws {
        let trainer = try trainer()
        let first = try trainer.train(physics, configuration())
        #expect(bits(try trainer.train(physics, configuration())) == bits(first))
        #expect(bits(try trainer.train(physics, configuration(seed: 43))) != bits(first))
    }

    @Test func threadCountDoesNotMatter() throws {
        let trainers = [try trainer(), try trainer("x*cos(x)")]
        let jobs = trainers.flatMap { trainer in
            (42...44).map { TrainingJob(trainer: trainer, configuration: configuration(seed: $0)) }
        }
        let alone = try Trainer.trainAll(jobs, on: physics, threadCount: 1).map { bits(try $0.get()) }
        for threads in [2, 4] {
            #expect(try Trainer.trainAll(jobs, on: physics, threadCount: threads).map { bits(try $0.get()) } == alone)
        }
        #expect(Set(alone).count == jobs.count)
        #expect(bits(try trainers[1].train(physics, configuration(seed: 44))) == alone[5])
    }

    /// A Light network finds what the made-up physics hides; guessing gives 0.5.
    @Test(arguments: SyntheticData.allCases)
    func learns(_ data: SyntheticData) throws {
        var configuration = configuration(epochs: 15)
        configuration.positiveLabel = data.positiveValue
        let trainer = try Trainer(.light(try Activation("max(x, 0)")))
        let result = try trainer.train(data.dataset(rowCount: 10_000, seed: 1), configuration)
        #expect(result.areaUnderROC > 0.75)
        #expect(result.accuracy > 0.68)
        #expect(result.history.count == 15)
        #expect(result.history[14].trainingLoss < result.history[0].trainingLoss)
        #expect(result.trainingRowCount == 8_000)
        #expect(result.testRowCount == 2_000)
    }

    @Test func reportsEachEpoch() throws {
        var epochs: [Int] = []
        let result = try trainer().train(physics, configuration(epochs: 4)) {
            epochs.append($0.epoch)
            #expect($0.epochCount == 4)
            #expect($0.seconds > 0 && $0.rowsPerSecond > 0)
        }
        #expect(epochs == [1, 2, 3, 4])
        #expect(result.seed == 42)
    }

    @Test func stopsWhenAsked() throws {
        #expect {
            var batches = 0
            _ = try trainer().train(physics, configuration()) { _ in
            } isCancelled: {
                batches += 1
                return batches > 5
            }
        } throws: {
            if case .cancelled = $0 as? TrainingError { true } else { false }
        }
    }

    /// Batches that leave one row over, of two rows, of one, and of more rows than there are.
    @Test(arguments: [(799, true), (799, false), (400, true), (2, true), (1, false), (100_000, true)])
    func awkwardBatches(batchSize: Int, hasBatchNormalization: Bool) throws {
        let layer = LayerConfiguration(
            units: 4, activation: try Activation("max(x, 0)"), hasBatchNormalization: hasBatchNormalization)
        var configuration = configuration(epochs: 2)
        configuration.batchSize = batchSize
        let data = SyntheticData.physics.dataset(rowCount: 1_000, seed: 6)
        let result = try Trainer(NetworkConfiguration(hidden: [layer])).train(data, configuration)
        #expect(result.history.allSatisfy { $0.trainingLoss.isFinite })
        #expect(result.areaUnderROC.isFinite)
    }

    @Test func singleRowsCannotBeNormalized() throws {
        var configuration = configuration()
        configuration.batchSize = 1
        #expect(throws: TrainingError.self) { try trainer().train(physics, configuration) }
    }

    @Test func divergenceNamesItsPlace() throws {
        let layers = [
            LayerConfiguration(units: 4, activation: try Activation("max(x, 0)")),
            LayerConfiguration(units: 4, activation: try Activation("x/(x - x)")),
        ]
        let trainer = try Trainer(NetworkConfiguration(hidden: layers))
        #expect {
            try trainer.train(physics, configuration())
        } throws: {
            guard case .diverged(let divergence) = $0 as? TrainingError else { return false }
            return divergence == .init(epoch: 1, batch: 1, layer: 2, formula: "x/(x - x)", gap: .init(input: 0, output: "nan"))
        }
    }

    /// Sizes that are finite still, but beyond any use.
    @Test func explosionNamesItsPlace() throws {
        let layers = [
            LayerConfiguration(units: 4, activation: try Activation("x"), hasBatchNormalization: false, dropout: 0),
            LayerConfiguration(units: 4, activation: try Activation("1e9*x"), hasBatchNormalization: false, dropout: 0),
        ]
        let trainer = try Trainer(NetworkConfiguration(hidden: layers))
        #expect {
            try trainer.train(physics, configuration())
        } throws: {
            guard case .diverged(let divergence) = $0 as? TrainingError else { return false }
            return divergence == .init(epoch: 1, batch: 1, layer: 2, formula: "1e9*x", gap: nil)
        }
    }

    /// A test row on which the network explodes is no matter of training, which goes on to its last epoch.
    @Test func watchingTestRowsChangesNothing() throws {
        var configuration = configuration(epochs: 4)
        configuration.batchSize = 190
        let layer = LayerConfiguration(
            units: 4, activation: try Activation("exp(x)"), hasBatchNormalization: false, dropout: 0)
        let trainer = try Trainer(NetworkConfiguration(hidden: [layer]))
        var random = Purpose.split.stream(of: RandomStream(seed: configuration.seed))
        let split = Split(rowCount: 1_000, testFraction: configuration.testFraction, random: &random)
        let data = SyntheticData.physics.dataset(rowCount: 1_000, seed: 6)
        var values = data.features.values
        for row in split.test { values[row * data.featureCount] = 1e30 }
        let features = try #require(Table<Float>(columnNames: data.features.columnNames, values: values))
        let outliers = try #require(
            Dataset(source: "outliers", features: features, labelName: data.labelName, labels: data.labels))
        func losses(watchesTest: Bool) -> [Double] {
            let job = TrainingJob(trainer: trainer, configuration: configuration)
            let losses = Mutex<[Double]>([])
            let results = Trainer.trainAll([job], on: outliers, watchesTest: watchesTest) { _, report in
                losses.withLock { $0.append(report.trainingLoss) }
            }
            // Judged at last, the network is of no use.
            #expect(throws: TrainingError.self) { try results[0].get() }
            return losses.withLock { $0 }
        }
        let unwatched = losses(watchesTest: false)
        #expect(unwatched.count == 4)
        #expect(losses(watchesTest: true) == unwatched)
    }

    @Test(arguments: ["x + y", "2", "a*x"])
    func activationsThatAreNone(_ text: String) {
        #expect(throws: TrainingError.self) { try Activation(text) }
    }

    @Test func parametersOfActivationsCount() throws {
        let plain = try Trainer(.light(try Activation("max(x, 0.25*x)"))).train(physics, configuration())
        let parametrised = try Trainer(.light(try Activation("param a = 0.25; max(x, a*x)"))).train(physics, configuration())
        #expect(bits(plain) == bits(parametrised))
    }

    @Test func settingsOutOfRange() throws {
        #expect(throws: TrainingError.self) { try trainer(units: [0]) }
        #expect(throws: TrainingError.self) { try trainer(dropout: 1) }
        for change: (inout TrainingConfiguration) -> Void in [
            { $0.epochs = 0 }, { $0.batchSize = 0 }, { $0.learningRate = -1 }, { $0.learningRate = .nan },
            { $0.testFraction = 1 },
            { $0.positiveLabel = 7 },
        ] {
            var wrong = configuration()
            change(&wrong)
            #expect(throws: TrainingError.self) { try trainer().train(physics, wrong) }
        }
        let few = SyntheticData.physics.dataset(rowCount: 2, seed: 1)
        #expect(throws: TrainingError.self) { try trainer().train(few, configuration()) }
    }
}
