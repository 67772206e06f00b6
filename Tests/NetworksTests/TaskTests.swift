import Datasets
import Foundation
import Testing

@testable import Networks

/// Tasks besides the binary one, and what changes how any of them is learned.
@Suite struct TaskTests {
    /// Points of the plane in four classes by quadrant, three quarters of them in one; or a smooth function of them.
    private func plane(_ label: (Float, Float) -> Float, count: Int = 2_000) throws -> Dataset {
        var random = RandomStream(seed: 8)
        let values = (0..<2 * count).map { _ in random.uniform(in: -2...2) }
        let features = try #require(Table<Float>(columnNames: ["a", "b"], values: values))
        let labels = (0..<count).map { label(values[2 * $0], values[2 * $0 + 1]) }
        return try #require(Dataset(source: "plane", features: features, labelName: "label", labels: labels))
    }

    private func configuration(epochs: Int = 30) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.epochs = epochs
        configuration.batchSize = 64
        configuration.learningRate = 0.01
        return configuration
    }

    private func network(_ task: LearningTask, _ activation: String = "x*cos(x)") throws -> NetworkConfiguration {
        NetworkConfiguration(units: [16, 8], activation: try Activation(activation), dropout: 0, task: task)
    }

    @Test func classes() throws {
        let data = try plane { a, b in a > 0 ? (b > 0 ? 7 : -1) : (b > 0 ? 3 : 4) }
        #expect(try TargetEncoding.classes(of: data) == [-1, 3, 4, 7])
        let result = try Trainer(network(.multiclass(classCount: 4))).train(data, configuration())
        #expect(result.accuracy > 0.95)
        #expect(result.areaUnderROC > 0.99)
        #expect(result.network.target.kind == .classes([-1, 3, 4, 7]))
        let predictions = try Predictor(result.network).predict(data.features)
        let hits = zip(predictions.labels, data.labels).count { $0 == $1 }
        #expect(Double(hits) > 0.95 * Double(data.rowCount))
        for row in 0..<50 {
            let probabilities = predictions.values[4 * row..<4 * row + 4]
            #expect(abs(probabilities.reduce(0, +) - 1) < 1e-6)
        }
        #expect(throws: TrainingError.self) { try Trainer(network(.multiclass(classCount: 3))).train(data, configuration()) }
    }

    @Test func numbers() throws {
        let data = try plane { 1_000 + 50 * sin($0) * $1 }
        let result = try Trainer(network(.regression)).train(data, configuration())
        let explained = try #require(result.test.explainedVariance)
        let error = try #require(result.test.rootMeanSquaredError)
        #expect(explained > 0.97)
        #expect(result.test.accuracy == nil && result.accuracy.isNaN)
        let predictions = try Predictor(result.network).predict(data.features)
        let squares = zip(predictions.labels, data.labels).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
        #expect((squares / Double(data.rowCount)).squareRoot() < 1.5 * error)
        let constant = try plane { _, _ in 1 }
        #expect(throws: TrainingError.self) { try Trainer(network(.regression)).train(constant, configuration()) }
    }

    /// Class weights move the border towards the class that counts less; equal ones change no bit.
    @Test func classWeights() throws {
        let data = try plane { a, b in a + b + 1.5 * sin(9 * a) > 1.5 ? 1 : 0 }
        let trainer = try Trainer(network(.binary, "max(x, 0)"))
        func positives(_ weights: ClassWeights) throws -> (Int, TrainingResult) {
            var configuration = configuration(epochs: 8)
            configuration.classWeights = weights
            let result = try trainer.train(data, configuration)
            return (try Predictor(result.network).predict(data.features).labels.count { $0 == 1 }, result)
        }
        let (plain, first) = try positives(.equal)
        let (same, second) = try positives(.given([1, 1]))
        #expect(plain == same && first.network == second.network)
        #expect(try positives(.given([1, 5])).0 > plain)
        #expect(try positives(.given([5, 1])).0 < plain)
        #expect(try positives(.balanced).0 > plain)
        for wrong in [[1], [1, -1], [0, 0], [1, .nan]] {
            #expect(throws: TrainingError.self) { try positives(.given(wrong)) }
        }
    }

    /// With a step that is far too long after the best epoch, the best epoch's numbers come back.
    @Test func earlyStopping() throws {
        let data = try plane { a, b in a * b > 0 ? 1 : 0 }
        let trainer = try Trainer(network(.binary, "max(x, 0)"))
        var configuration = configuration(epochs: 60)
        configuration.earlyStopping = EarlyStopping(patience: 3, validationFraction: 0.25)
        let result = try trainer.train(data, configuration)
        let losses = result.history.compactMap(\.validation?.loss)
        #expect(losses.count == result.history.count)
        #expect(result.history.count == min(60, result.bestEpoch + 3))
        #expect(losses.min() == losses[result.bestEpoch - 1])
        #expect(result.trainingRowCount == 1_200 && result.validationRowCount == 400 && result.testRowCount == 400)
        // The same run ended at the best epoch has the same numbers.
        configuration.epochs = result.bestEpoch
        #expect(try trainer.train(data, configuration).network == result.network)
    }

    @Test func schedules() {
        let cosine = (1...4).map { LearningRateSchedule.cosine.factor(epoch: $0, epochCount: 4) }
        for (found, wanted) in zip(cosine, [1, 0.853553390593274, 0.5, 0.146446609406726]) {
            #expect(abs(found - wanted) < 1e-15)
        }
        #expect(
            (1...5).map { LearningRateSchedule.step(epochs: 2, factor: 0.5).factor(epoch: $0, epochCount: 5) } == [
                1, 1, 0.5, 0.5, 0.25,
            ])
        #expect(LearningRateSchedule.constant.factor(epoch: 3, epochCount: 4) == 1)
    }

    @Test func otherSettingsOutOfRange() throws {
        let data = try plane { a, b in a * b > 0 ? 1 : 0 }
        let trainer = try Trainer(network(.binary))
        for change: (inout TrainingConfiguration) -> Void in [
            { $0.largestGradientNorm = 0 }, { $0.schedule = .step(epochs: 0, factor: 0.5) },
            { $0.schedule = .step(epochs: 1, factor: 0) }, { $0.optimizer.momentum = 1 }, { $0.optimizer.weightDecay = -1 },
            { $0.earlyStopping = EarlyStopping(patience: 0) }, { $0.earlyStopping = EarlyStopping(validationFraction: 1) },
        ] {
            var wrong = configuration()
            change(&wrong)
            #expect(throws: TrainingError.self) { try trainer.train(data, wrong) }
        }
        #expect(throws: TrainingError.self) { try Trainer(network(.multiclass(classCount: 1))) }
        #expect(throws: TrainingError.self) {
            try Activation("a*x", options: .init(parameters: [.init(name: "a", value: 1)]), trainedParameters: ["b"])
        }
    }
}
