import Datasets
import Testing

@testable import Networks

@Suite struct ResumptionTests {
    private let physics = SyntheticData.physics.dataset(rowCount: 1_500, seed: 5)

    private func configuration(_ method: OptimizerConfiguration.Method) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.epochs = 6
        configuration.batchSize = 128
        configuration.optimizer = OptimizerConfiguration(method)
        configuration.schedule = .cosine
        return configuration
    }

    private func trainer() throws -> Trainer {
        let activation = try Activation(
            "param b = 1; x*sigmoid(b*x)", trainedParameters: ["b"], parameterSharing: .unit)
        return try Trainer(NetworkConfiguration(units: [12, 6], activation: activation))
    }

    /// A run continued from the checkpoint of any epoch gives the bits of the run that was not interrupted.
    @Test(arguments: OptimizerConfiguration.Method.allCases, [false, true])
    func anyEpoch(_ method: OptimizerConfiguration.Method, stopsEarly: Bool) throws {
        var configuration = configuration(method)
        if stopsEarly { configuration.earlyStopping = EarlyStopping(patience: 2, validationFraction: 0.2) }
        let trainer = try trainer()
        var checkpoints: [TrainingCheckpoint] = []
        let whole = try trainer.train(physics, configuration, onCheckpoint: { checkpoints.append($0()) })
        #expect(checkpoints.count == whole.history.count)
        for checkpoint in checkpoints {
            let resumed = try trainer.train(physics, configuration, from: checkpoint)
            #expect(resumed.network == whole.network)
            #expect(resumed.test == whole.test)
            #expect(resumed.history.map(\.trainingLoss) == whole.history.map(\.trainingLoss))
            #expect(resumed.bestEpoch == whole.bestEpoch)
        }
    }

    @Test func otherTrainingsAreRefused() throws {
        let configuration = configuration(.adam)
        let trainer = try trainer()
        var last: TrainingCheckpoint?
        _ = try trainer.train(physics, configuration, onCheckpoint: { last = $0() })
        let checkpoint = try #require(last)
        var other = configuration
        other.seed = 43
        #expect(throws: TrainingError.self) { try trainer.train(physics, other, from: checkpoint) }
        let fewer = SyntheticData.physics.dataset(rowCount: 1_400, seed: 5)
        #expect(throws: TrainingError.self) { try trainer.train(fewer, configuration, from: checkpoint) }
        let narrow = try Trainer(.light(try Activation("relu(x)")))
        #expect(throws: TrainingError.self) { try narrow.train(physics, configuration, from: checkpoint) }
    }

    /// The network of a result predicts the rows as the run itself did.
    @Test func prediction() throws {
        let trainer = try trainer()
        var configuration = configuration(.adam)
        configuration.testFraction = 0.5
        let result = try trainer.train(physics, configuration)
        let predictor = try Predictor(result.network)
        let predictions = try predictor.predict(physics.features)
        let split = {
            var random = Purpose.split.stream(of: RandomStream(seed: configuration.seed))
            return Split(rowCount: physics.rowCount, testFraction: 0.5, random: &random)
        }()
        let labels = try physics.binaryLabels().values
        let hits = split.test.count { predictions.labels[$0] == labels[$0] }
        #expect(Double(hits) / Double(split.test.count) == result.accuracy)
        let area = BinaryMetrics.areaUnderROC(
            scores: split.test.map { predictions.scores[$0] }, labels: split.test.map { labels[$0] })
        #expect(area == result.areaUnderROC)
        let narrow = try #require(Table<Float>(columnNames: ["a"], values: [1, 2]))
        #expect(throws: TrainingError.self) { try predictor.predict(narrow) }
    }

    /// Names and shapes are PyTorch's.
    @Test func names() throws {
        let result = try trainer().train(physics, configuration(.sgd))
        let tensors = result.network.weights.tensors
        let count = physics.featureCount
        #expect(
            tensors.map { "\($0.name) \($0.shape)" } == [
                "layers.0.weight [12, \(count)]", "layers.0.bias [12]", "layers.0.norm.weight [12]", "layers.0.norm.bias [12]",
                "layers.0.norm.running_mean [12]", "layers.0.norm.running_var [12]", "layers.0.activation.b [12]",
                "layers.1.weight [6, 12]", "layers.1.bias [6]", "layers.1.norm.weight [6]", "layers.1.norm.bias [6]",
                "layers.1.norm.running_mean [6]", "layers.1.norm.running_var [6]", "layers.1.activation.b [6]",
                "output.weight [1, 6]", "output.bias [1]",
            ])
        #expect(tensors.allSatisfy { $0.values.count == $0.shape.reduce(1, *) })
        let network = result.network
        for change: (inout [NamedTensor]) -> Void in [
            { $0.removeLast() }, { $0.append(NamedTensor(name: "more", shape: [1], values: [1])) },
            { $0[1] = NamedTensor(name: "layers.0.bias", shape: [11], values: [Float](repeating: 0, count: 11)) },
            { $0[1] = NamedTensor(name: "layers.0.bias", shape: [12], values: [Float](repeating: .nan, count: 12)) },
        ] {
            var wrong = network.weights
            change(&wrong.tensors)
            #expect(throws: TrainingError.self) {
                try TrainedNetwork(
                    configuration: network.configuration, featureNames: network.featureNames,
                    standardization: network.standardization, target: network.target, weights: wrong)
            }
        }
    }
}
