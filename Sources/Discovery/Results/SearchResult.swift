/// What came of a search.
public struct SearchResult: Sendable {
    /// The best formula by fitness alone.
    public let best: DiscoveredFormula
    /// The best formula that can serve as an activation; `nil` when none can.
    public let bestUsable: DiscoveredFormula?
    /// The formulas better than that which cannot serve, the best first.
    public let unusable: [DiscoveredFormula]
    /// The formulas that no other one beats in both length and fitness, the shortest first.
    public let front: [DiscoveredFormula]

    /// Sorts out a generation.
    ///
    /// - Parameter limit: how many formulas are looked at for one that can serve, the best first.
    /// - Returns: `nil` when no program has a finite fitness.
    public init?(
        _ generation: Generation, primitives: PrimitiveSet, criteria: ActivationCriteria = ActivationCriteria(),
        limit: Int = 1000
    ) {
        let ranked = generation.ranked.filter { $0.fitness.isFinite }
        guard let first = ranked.first else { return nil }
        func described(_ entry: (program: Program, fitness: Double)) -> DiscoveredFormula {
            DiscoveredFormula(entry.program, fitness: entry.fitness, primitives: primitives, criteria: criteria)
        }
        best = described(first)
        var unusable: [DiscoveredFormula] = []
        var usable: DiscoveredFormula?
        for entry in ranked.prefix(limit) {
            let candidate = described(entry)
            if candidate.assessment.isUsable {
                usable = candidate
                break
            }
            unusable.append(candidate)
        }
        bestUsable = usable
        self.unusable = unusable
        var front: [(program: Program, fitness: Double)] = []
        for entry in ranked where entry.program.length < front.last?.program.length ?? .max { front.append(entry) }
        self.front = front.reversed().map(described)
    }
}
