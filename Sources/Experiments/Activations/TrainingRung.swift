/// One step of successive halving: how much training each candidate gets, and how many go on.
///
/// After K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016.
public struct TrainingRung: Hashable, Sendable {
    /// The most rows that a training may use, those it is judged by among them; `nil` for all.
    public var rowLimit: Int?
    /// Passes over them.
    public var epochs: Int
    /// Rows in a step of the optimiser. Short trainings on few rows take small steps often, to get anywhere.
    public var batchSize: Int
    /// On how many splits, each with its own initial weights.
    public var repetitions: Int
    /// The share of candidates that goes on to the next rung.
    public var survivors: Double

    /// Describes a rung.
    public init(rowLimit: Int? = nil, epochs: Int = 15, batchSize: Int = 1_024, repetitions: Int = 1, survivors: Double = 0.25) {
        self.rowLimit = rowLimit
        self.epochs = epochs
        self.batchSize = batchSize
        self.repetitions = repetitions
        self.survivors = survivors
    }

    /// Rungs that suit a number of rows: the last ones train as the paper does, on ever more splits, so that luck with one
    /// of them is not taken for merit; those before them take a part of the rows and few epochs.
    ///
    /// On Forest Cover the order in which the first two of the long ladder put two dozen formulas had rank correlations of
    /// 0.70 and 0.85 with that of full trainings. Fewer rows with more epochs, 8,000 and 8, had 0.13: what learns few rows
    /// by heart is another thing than what learns many well. Few rows take no time; there each rung has more splits.
    public static func ladder(rowCount: Int) -> [TrainingRung] {
        guard rowCount >= 16_000 else {
            let repetitions = max(2, min(12, 40_000 / max(1, rowCount)))
            return [
                TrainingRung(repetitions: max(1, repetitions / 6)), TrainingRung(repetitions: max(1, repetitions / 2)),
                TrainingRung(repetitions: 2 * repetitions),
            ]
        }
        return [
            TrainingRung(rowLimit: 32_000, epochs: 4, batchSize: 256, survivors: 0.35),
            TrainingRung(epochs: 4, batchSize: 512, survivors: 0.25), TrainingRung(repetitions: 3, survivors: 0.25),
            TrainingRung(repetitions: 12),
        ]
    }
}
