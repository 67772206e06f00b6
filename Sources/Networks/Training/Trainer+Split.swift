import Datasets

extension Trainer {
    /// How `train` divides so many rows into those to learn from and those to judge by, for who wants to leave the latter
    /// alone beforehand.
    public static func split(rowCount: Int, _ training: TrainingConfiguration = TrainingConfiguration()) -> Split {
        var random = splitStream(training)
        return Split(rowCount: rowCount, testFraction: training.testFraction, random: &random)
    }

    /// The random numbers that the split follows.
    static func splitStream(_ training: TrainingConfiguration) -> RandomStream {
        Purpose.split.stream(of: RandomStream(seed: training.splitSeed ?? training.seed))
    }
}
