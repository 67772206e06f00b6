import Datasets
import Kernels

/// One network being trained on prepared data.
final class TrainingRun {
    private let network: Network
    private let optimizer: Optimizer
    private let configuration: NetworkConfiguration
    private let training: TrainingConfiguration
    private let data: PreparedData
    private let rowCount: Int
    private let seed: RandomStream
    private let batch: BatchMemory
    private let evaluator: Evaluator
    private var history: [EpochReport] = []
    private var best: TrainingCheckpoint.Best?

    /// Makes the network and takes its memory.
    ///
    /// - Parameter rowCount: how many rows the data set had before it was split.
    init(
        _ configuration: NetworkConfiguration, kernels: NetworkKernels, optimizerKernel: CompiledFunction<Float>,
        training: TrainingConfiguration, data: PreparedData, rowCount: Int
    ) throws(TrainingError) {
        self.configuration = configuration
        self.training = training
        self.data = data
        self.rowCount = rowCount
        seed = RandomStream(seed: training.seed)
        let capacity = min(training.batchSize, max(data.training.count, data.test.count))
        network = try Network(
            configuration, inputCount: data.featureCount, capacity: capacity, kernels: kernels,
            initialization: Purpose.initialization.stream(of: seed))
        optimizer = try Optimizer(
            network.store, training.optimizer, largestGradientNorm: training.largestGradientNorm, kernel: optimizerKernel)
        let counts = data.target.classCounts(data.training.targets)
        let classWeights = counts.isEmpty ? nil : try training.classWeights.values(counts: counts)
        batch = BatchMemory(network.input, capacity: capacity, classWeights: classWeights)
        evaluator = Evaluator(network, target: data.target, batch: batch)
    }

    /// Runs all epochs that are left.
    ///
    /// - Parameters:
    ///   - watchesTest: whether the test rows are judged after each epoch too, which changes nothing about training, not
    ///     even where the network fails on them.
    ///   - progress: called after each epoch.
    ///   - checkpoint: called after each epoch with what notes where training stands.
    func train(
        watchesTest: Bool, progress: (EpochReport) -> Void, checkpoint: (() -> TrainingCheckpoint) -> Void,
        isCancelled: () -> Bool
    ) throws(TrainingError) {
        while history.count < training.epochs, !isExhausted {
            let epoch = history.count + 1
            let report = try trainEpoch(epoch, watchesTest: watchesTest, isCancelled: isCancelled)
            history.append(report)
            if let stopping = training.earlyStopping, let validation = report.validation,
                validation.loss < (best?.loss ?? .infinity) - stopping.minimumImprovement
            {
                best = TrainingCheckpoint.Best(epoch: epoch, loss: validation.loss, weights: network.weights)
            }
            progress(report)
            checkpoint(makeCheckpoint)
        }
        if let best { network.load(best.weights) }
    }

    /// Whether as many epochs as patience allows went by without a better one.
    private var isExhausted: Bool {
        guard let stopping = training.earlyStopping else { return false }
        return history.count - (best?.epoch ?? 0) >= stopping.patience
    }

    private func trainEpoch(_ epoch: Int, watchesTest: Bool, isCancelled: () -> Bool) throws(TrainingError) -> EpochReport {
        let clock = ContinuousClock()
        let start = clock.now
        var orderRandom = Purpose.order.stream(of: seed).stream(UInt64(epoch))
        let order = orderRandom.permutation(count: data.training.count)
        network.drawDropout(from: Purpose.dropout.stream(of: seed).stream(UInt64(epoch)))
        let learningRate = training.learningRate(epoch: epoch)
        var total = BatchResult(loss: 0, hits: 0)
        var weight = 0.0
        var count = 0
        for (index, batchStart) in stride(from: 0, to: order.count, by: batch.capacity).enumerated() {
            if isCancelled() { throw .cancelled }
            let rows = order[batchStart..<min(batchStart + batch.capacity, order.count)]
            if rows.count == 1, configuration.hasBatchNormalization { continue }
            let targets = batch.take(rows, of: data.training)
            // Rows whose classes all count nothing teach nothing.
            guard targets.weight > 0 else { continue }
            let result = network.computeGradients(targets)
            guard result.loss <= Self.largestMeanLoss * targets.weight else {
                throw divergence(epoch: epoch, batch: index + 1, count: rows.count)
            }
            optimizer.step(learningRate: learningRate)
            total.loss += result.loss
            total.hits += result.hits
            weight += targets.weight
            count += rows.count
        }
        let elapsed = (clock.now - start) / .seconds(1)
        return EpochReport(
            epoch: epoch, epochCount: training.epochs, learningRate: learningRate, trainingLoss: total.loss / weight,
            trainingAccuracy: configuration.task == .regression ? nil : total.hits / Double(count),
            validation: try data.validation.map { part throws(TrainingError) in try evaluate(part, epoch: epoch) },
            test: watchesTest ? evaluator.evaluate(data.test) : nil,
            seconds: elapsed, rowsPerSecond: Double(count) / elapsed)
    }

    /// Judges by rows that were not learned from.
    private func evaluate(_ part: PreparedData.Part, epoch: Int) throws(TrainingError) -> Evaluation {
        let evaluation = evaluator.evaluate(part)
        guard evaluation.loss <= Self.largestMeanLoss else { throw divergence(epoch: epoch, batch: nil, count: 0) }
        return evaluation
    }

    /// A batch's mean loss, or an activation, beyond this has exploded: a logit is off by as much, or a standardised number by
    /// the root of it. NaN and infinities are not below it either.
    private static let largestMeanLoss = 1e6

    private func divergence(epoch: Int, batch: Int?, count: Int) -> TrainingError {
        let layer = network.firstDivergedLayer(count: count, limit: Float(Self.largestMeanLoss))
        let activation = configuration.hidden.isEmpty ? nil : configuration.hidden[(layer ?? 1) - 1].activation
        return .diverged(
            .init(epoch: epoch, batch: batch, layer: layer, formula: activation?.text ?? "", gap: activation?.firstGap))
    }

    /// Continues where a checkpoint of this training stands.
    func resume(_ checkpoint: TrainingCheckpoint) throws(TrainingError) {
        try checkpoint.validate(
            network: configuration, training: training, featureNames: data.featureNames, rowCount: rowCount)
        network.load(checkpoint.weights)
        optimizer.restore(stepCount: checkpoint.stepCount, memory: checkpoint.optimizerMemory.map(\.values))
        history = checkpoint.history
        best = checkpoint.best
    }

    private func makeCheckpoint() -> TrainingCheckpoint {
        TrainingCheckpoint(
            network: configuration, training: training, featureNames: data.featureNames, rowCount: rowCount,
            history: history, weights: network.weights, stepCount: optimizer.stepCount,
            optimizerMemory: optimizer.memory.map { memory in
                NamedTensor(name: memory.name, shape: [memory.values.count], values: memory.values.values)
            }, best: best)
    }

    /// Judges the trained network.
    func result() throws(TrainingError) -> TrainingResult {
        TrainingResult(
            history: history, test: try evaluate(data.test, epoch: history.count),
            network: try TrainedNetwork(
                configuration: configuration, featureNames: data.featureNames, standardization: data.standardization,
                target: data.target, weights: network.weights),
            bestEpoch: best?.epoch ?? history.count, trainingRowCount: data.training.count,
            validationRowCount: data.validation?.count ?? 0, testRowCount: data.test.count, seed: training.seed,
            trainingSeconds: history.reduce(0) { $0 + $1.seconds })
    }
}

/// What random numbers are for; each has a stream of its own.
enum Purpose: UInt64 {
    case split, initialization, order, dropout

    /// The stream of a seed.
    func stream(of seed: RandomStream) -> RandomStream { seed.stream(rawValue) }
}
