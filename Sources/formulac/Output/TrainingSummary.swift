import Networks

/// What came of training runs: one row for each activation, over its seeds.
struct TrainingSummary {
    /// One finished run.
    struct Run: Encodable {
        let activation: String
        let seed: UInt64
        let accuracy: Double
        let auc: Double
        let parameters: Int
        let eParam: Double
        let seconds: Double
        let losses: [Double]

        init(activation: String, result: TrainingResult) {
            self.activation = activation
            seed = result.seed
            accuracy = result.accuracy
            auc = result.areaUnderROC
            parameters = result.parameterCount
            eParam = result.parameterEfficiency
            seconds = result.trainingSeconds
            losses = result.history.map(\.trainingLoss)
        }
    }

    let data: String
    let runs: [Run]

    func print(json: Bool) throws {
        if json { return try Console.json(Report(data: data, runs: runs)) }
        var table = TextTable(header: ["activation", "accuracy", "AUC", "parameters", "E_param", "seconds"])
        var seen: Set<String> = []
        for activation in runs.map(\.activation) where seen.insert(activation).inserted {
            let own = runs.filter { $0.activation == activation }
            table.append([
                activation, Self.spread(own.map(\.accuracy)), Self.spread(own.map(\.auc)), "\(own[0].parameters)",
                Self.spread(own.map(\.eParam)), own.reduce(0) { $0 + $1.seconds }.formatted(digits: 2),
            ])
        }
        table.lines.forEach(Console.result)
    }

    private struct Report: Encodable {
        let data: String
        let runs: [Run]
    }

    /// One figure alone, or mean ± population standard deviation.
    private static func spread(_ values: [Double]) -> String {
        let mean = values.reduce(0, +) / Double(values.count)
        guard values.count > 1 else { return mean.formatted(digits: 4) }
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        return "\(mean.formatted(digits: 4)) ± \(variance.squareRoot().formatted(digits: 4))"
    }
}
