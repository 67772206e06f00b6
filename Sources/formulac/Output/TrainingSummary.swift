import Networks

/// What came of training runs: one row for each network, over its seeds.
struct TrainingSummary {
    /// One finished run.
    struct Run: Encodable {
        let activation: String
        let seed: UInt64
        let loss: Double
        let accuracy: Double?
        let auc: Double?
        let rmse: Double?
        let r2: Double?
        let parameters: Int
        let eParam: Double?
        let seconds: Double
        let epochs: Int
        let bestEpoch: Int
        let losses: [Double]
        let epochSeconds: [Double]
        let trained: [String: [Float]]?

        init(activation: String, result: TrainingResult) {
            self.activation = activation
            seed = result.seed
            loss = result.test.loss
            accuracy = result.test.accuracy
            auc = result.test.areaUnderROC
            rmse = result.test.rootMeanSquaredError
            r2 = result.test.explainedVariance
            parameters = result.parameterCount
            eParam = auc.map { BinaryMetrics.parameterEfficiency(areaUnderROC: $0, parameterCount: result.parameterCount) }
            seconds = result.trainingSeconds
            epochs = result.history.count
            bestEpoch = result.bestEpoch
            losses = result.history.map(\.trainingLoss)
            epochSeconds = result.history.map(\.seconds)
            let parameters = result.network.weights.tensors.filter { $0.name.contains(".activation.") }
            trained = parameters.isEmpty ? nil : Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.values) })
        }
    }

    let data: String
    let runs: [Run]

    func print(json: Bool) throws {
        if json { return try Console.json(Report(data: data, runs: runs)) }
        let isRegression = runs.contains { $0.rmse != nil }
        var table = TextTable(
            header: ["activation"]
                + (isRegression ? ["RMSE", "R²", "parameters"] : ["accuracy", "AUC", "parameters", "E_param"])
                + ["seconds"])
        var seen: Set<String> = []
        for activation in runs.map(\.activation) where seen.insert(activation).inserted {
            let own = runs.filter { $0.activation == activation }
            let figures =
                isRegression
                ? [Self.spread(own.map(\.rmse)), Self.spread(own.map(\.r2)), "\(own[0].parameters)"]
                : [
                    Self.spread(own.map(\.accuracy)), Self.spread(own.map(\.auc)), "\(own[0].parameters)",
                    Self.spread(own.map(\.eParam)),
                ]
            table.append([activation] + figures + [own.reduce(0) { $0 + $1.seconds }.formatted(digits: 2)])
        }
        table.lines.forEach(Console.result)
        if runs.contains(where: { $0.auc?.isNaN == true }) {
            Console.note("note: AUC is not defined where the test rows are of one class only")
        }
        for run in runs {
            guard let trained = run.trained else { continue }
            let values = trained.keys.sorted().map { name in
                let shown = trained[name, default: []].prefix(4).map { Double($0).formatted(digits: 4) }
                return "\(name) = \(shown.joined(separator: ", "))\(trained[name, default: []].count > 4 ? ", …" : "")"
            }
            Console.result("\(run.activation), seed \(run.seed): \(values.joined(separator: "; "))")
        }
    }

    private struct Report: Encodable {
        let data: String
        let runs: [Run]
    }

    /// One figure alone, or mean ± population standard deviation.
    private static func spread(_ figures: [Double?]) -> String {
        let values = figures.compactMap(\.self)
        let mean = values.reduce(0, +) / Double(values.count)
        // The area under the curve of test rows of one class.
        if mean.isNaN { return "-" }
        guard values.count > 1 else { return mean.formatted(digits: 4) }
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return "\(mean.formatted(digits: 4)) ± \(variance.squareRoot().formatted(digits: 4))"
    }
}
