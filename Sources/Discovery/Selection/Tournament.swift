import Datasets

/// Selection by tournament: the best of a few individuals drawn at random, with replacement.
public struct Tournament: Hashable, Sendable {
    /// What an individual whose fitness is not a number counts as.
    public enum InvalidFitness: String, Hashable, Sendable {
        /// It beats every other, as in gplearn, whose `np.argmin` takes the first NaN for the least number.
        case wins
        /// It loses to every number.
        case loses
    }

    /// How many individuals take part.
    public var size: Int
    /// What NaN counts as.
    public var invalidFitness: InvalidFitness

    /// gplearn's default size.
    public init(size: Int = 20, invalidFitness: InvalidFitness = .loses) {
        self.size = size
        self.invalidFitness = invalidFitness
    }

    /// The index of the winner: the one with the least fitness, of equals the one drawn first.
    public func winner(_ fitness: [Double], _ random: inout RandomStream) -> Int {
        var best = random.integer(below: fitness.count)
        for _ in 1..<max(1, size) {
            let contender = random.integer(below: fitness.count)
            if isBetter(fitness[contender], than: fitness[best]) { best = contender }
        }
        return best
    }

    /// The index of the best of all.
    func best(_ fitness: [Double]) -> Int {
        var best = 0
        for index in fitness.indices.dropFirst() where isBetter(fitness[index], than: fitness[best]) { best = index }
        return best
    }

    private func isBetter(_ a: Double, than b: Double) -> Bool {
        switch invalidFitness {
        case .wins: a < b || (a.isNaN && !b.isNaN)
        case .loses: a < b || (b.isNaN && !a.isNaN)
        }
    }
}
