import Datasets

/// One network being trained on prepared data.
final class TrainingRun {
    private let network: Network
    private let optimizer: Adam
    private let configuration: NetworkConfiguration
    private let training: TrainingConfiguration
    private let data: PreparedData
    private var orderRandom: RandomStream
    /// The current batch's rows and labels.
    private let batchRows: FloatBuffer
    private let batchLabels: FloatBuffer
    private let capacity: Int

    /// Makes the network and takes its memory.
    init(
        _ configuration: NetworkConfiguration, kernels: NetworkKernels, training: TrainingConfiguration, data: PreparedData,
        random: (initialization: RandomStream, order: RandomStream, dropout: RandomStream)
    ) {
        self.configuration = configuration
        self.training = training
        self.data = data
        capacity = min(training.batchSize, data.trainingLabels.count)
        network = Network(
            configuration, inputCount: data.featureCount, capacity: capacity, kernels: kernels,
            initialization: random.initialization, dropout: random.dropout)
        optimizer = Adam(network.store, learningRate: training.learningRate, kernel: kernels.adam)
        orderRandom = random.order
        batchRows = FloatBuffer(count: capacity * data.featureCount)
        batchLabels = FloatBuffer(count: capacity)
    }

    /// Runs all epochs.
    func train(
        progress: (EpochReport) -> Void, isCancelled: () -> Bool
    ) throws(TrainingError) -> [EpochReport] {
        var history: [EpochReport] = []
        var order = Array(0..<data.trainingLabels.count)
        for epoch in 1...training.epochs {
            let report = try trainEpoch(epoch, &order, isCancelled: isCancelled)
            history.append(report)
            progress(report)
        }
        return history
    }

    private func trainEpoch(
        _ epoch: Int, _ order: inout [Int], isCancelled: () -> Bool
    ) throws(TrainingError) -> EpochReport {
        let clock = ContinuousClock()
        let start = clock.now
        orderRandom.shuffle(&order)
        var loss = 0.0
        var hits = 0.0
        var rowCount = 0
        for (index, batchStart) in stride(from: 0, to: order.count, by: capacity).enumerated() {
            if isCancelled() { throw .cancelled }
            let rows = order[batchStart..<min(batchStart + capacity, order.count)]
            if rows.count == 1, configuration.hidden.contains(where: \.hasBatchNormalization) { continue }
            gather(rows)
            let result = network.computeGradients(rows: batchRows.start, labels: batchLabels.start, count: rows.count)
            guard result.loss.isFinite else { throw divergence(epoch: epoch, batch: index + 1, count: rows.count) }
            optimizer.step()
            loss += result.loss
            hits += result.hits
            rowCount += rows.count
        }
        let elapsed = (clock.now - start) / .seconds(1)
        return EpochReport(
            epoch: epoch, epochCount: training.epochs, trainingLoss: loss / Double(rowCount),
            trainingAccuracy: hits / Double(rowCount), seconds: elapsed, rowsPerSecond: Double(rowCount) / elapsed)
    }

    /// Copies a batch's rows next to each other. There are at most `capacity` of them, all of the training part.
    private func gather(_ rows: ArraySlice<Int>) {
        let width = data.featureCount
        data.trainingRows.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            for (position, row) in rows.enumerated() {
                (batchRows.start + position * width).update(from: base + row * width, count: width)
                batchLabels.start[position] = data.trainingLabels[row]
            }
        }
    }

    private func divergence(epoch: Int, batch: Int, count: Int) -> TrainingError {
        let layer = network.firstDivergedLayer(count: count)
        let activation = configuration.hidden.isEmpty ? nil : configuration.hidden[(layer ?? 1) - 1].activation
        return .diverged(.init(epoch: epoch, batch: batch, layer: layer, formula: activation?.text ?? ""))
    }

    /// Judges by the test rows.
    func evaluate() -> (accuracy: Double, areaUnderROC: Double) {
        let count = data.testLabels.count
        let logits = FloatBuffer(count: count)
        let probabilities = FloatBuffer(count: count)
        data.testRows.withUnsafeBufferPointer { rows in
            guard let base = rows.baseAddress else { return }
            for start in stride(from: 0, to: count, by: capacity) {
                network.predict(
                    rows: base + start * data.featureCount, count: min(capacity, count - start), logits: logits.start + start,
                    probabilities: probabilities.start + start)
            }
        }
        return (
            BinaryMetrics.accuracy(scores: probabilities.values, labels: data.testLabels, threshold: 0.5),
            BinaryMetrics.areaUnderROC(scores: logits.values, labels: data.testLabels)
        )
    }
}
