import Discovery

/// Tells how a search gets on: one moving line on a terminal, a line for each generation elsewhere.
struct SearchProgress {
    let primitives: PrimitiveSet
    let generations: Int

    /// Takes note of a generation.
    func report(_ generation: Generation) {
        guard let best = generation.ranked.first else { return }
        let line =
            "generation \(generation.number)/\(generations), mean length \(generation.meanLength.formatted(digits: 1)), best "
            + "\(best.fitness.formatted(digits: 5)) \(best.program.text(primitives).prefix(100))"
        if Console.isInteractive { Console.progress(line) } else { Console.note(line) }
    }
}
