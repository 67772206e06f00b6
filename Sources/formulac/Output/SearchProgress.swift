import Discovery

/// Tells how a search gets on: one moving line on a terminal, a line for each generation elsewhere.
struct SearchProgress {
    let primitives: PrimitiveSet
    let generations: Int
    private let start = ContinuousClock.now

    init(primitives: PrimitiveSet, generations: Int) {
        self.primitives = primitives
        self.generations = generations
    }

    /// Takes note of a generation.
    func report(_ generation: Int, best: Program, loss: Double) {
        let elapsed = (ContinuousClock.now - start).milliseconds / 1000
        let line =
            "generation \(generation)/\(generations), \(elapsed.formatted(digits: 1)) s, best \(loss.formatted(digits: 5)) "
            + "\(best.text(primitives).prefix(100))"
        if Console.isInteractive { Console.progress(line) } else { Console.note(line) }
    }
}
