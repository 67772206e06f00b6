import Datasets
import Dispatch
import Kernels
import Lanes
import Synchronization

extension IslandSearch {
    /// Runs the search.
    ///
    /// - Parameters:
    ///   - evaluator: judges programs; its data should be in random order, as subsamples are stretches of it.
    ///   - start: programs to begin with, in place of random ones.
    ///   - state: where to go on; from the beginning if left out.
    ///   - progress: called after each generation, on the calling thread; may keep the state.
    ///   - isCancelled: asked often; when it says yes, what was found so far comes out.
    /// - Returns: all individuals with their losses on all rows, the constants of the best tuned further; `nil` when not
    ///   even the first generation was finished.
    public func run(
        _ evaluator: PopulationEvaluator, start: [Program] = [], from state: IslandState? = nil, threads: Int = 1,
        progress: (IslandState) throws -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws -> Generation? {
        try validate()
        let breeder = Breeder(
            search: self, primitives: evaluator.primitives, simplifier: try ProgramSimplifier(evaluator.primitives),
            tuner: try evaluator.tuner(), threads: threads)
        let clock = ContinuousClock()
        let begin = clock.now
        var current = state
        let priorEvaluations = state?.nodeEvaluations ?? 0
        while (current?.generation ?? 0) < generations {
            guard let next = try generation(after: current, breeder, evaluator, start, isCancelled: isCancelled) else { break }
            current = next
            current?.nodeEvaluations = priorEvaluations + evaluator.statistics.nodeEvaluations
            if let current {
                try progress(current)
                if let limit = budget.nodeEvaluations, current.nodeEvaluations >= limit { break }
            }
            if let limit = budget.seconds, (clock.now - begin) / .seconds(1) >= limit { break }
        }
        guard let current else { return nil }
        return try final(current, breeder, evaluator)
    }

    /// One generation on all islands; `nil` when it was cancelled.
    private func generation(
        after state: IslandState?, _ breeder: Breeder, _ evaluator: PopulationEvaluator, _ start: [Program],
        isCancelled: () -> Bool
    ) throws(DiscoveryError) -> IslandState? {
        let number = state?.generation ?? 0
        let rows = self.rows(ofGeneration: number, evaluator.data.rowCount)
        let stream = RandomStream(seed: seed).stream(StreamPurpose.islands.rawValue).stream(UInt64(number))
        var islands = state?.islands ?? [[Individual]](repeating: [], count: self.islands)
        if number > 0, rows != self.rows(ofGeneration: number - 1, evaluator.data.rowCount) {
            islands = try judged(islands.map { $0.map(\.program) }, evaluator, rows)
        }
        let offspring = islands.indices.map { island in
            breeder.offspring(of: islands[island], start: start, stream.stream(UInt64(island)))
        }
        let tuned = breeder.tuned(offspring, rows: rows.prefix(tuningRows), stream)
        let children = try judged(tuned, evaluator, rows)
        if isCancelled() { return nil }
        for island in islands.indices {
            islands[island] = (islands[island] + children[island]).withoutDuplicates.survivors(populationSize)
        }
        if (number + 1).isMultiple(of: migrationInterval), islands.count > 1 { islands = migrated(islands) }
        return IslandState(generation: number + 1, islands: islands, nodeEvaluations: 0)
    }

    /// The rows that judge a generation: a stretch of the data that moves on every few generations.
    private func rows(ofGeneration number: Int, _ rowCount: Int) -> Range<Int> {
        let count = min(subsampleRows, rowCount)
        let stretches = max(1, rowCount / count)
        let start = number / rotationInterval % stretches * count
        return start..<start + count
    }

    /// The best of each island copied to the next, in place of the worst.
    private func migrated(_ islands: [[Individual]]) -> [[Individual]] {
        islands.indices.map { island in
            let before = islands[(island + islands.count - 1) % islands.count]
            return (before.prefix(migrants) + islands[island]).withoutDuplicates.survivors(populationSize)
        }
    }

    private func judged(
        _ programs: [[Program]], _ evaluator: PopulationEvaluator, _ rows: Range<Int>, toTheEnd: Bool = false
    ) throws(DiscoveryError) -> [[Individual]] {
        // All islands in one graph: what they have in common is computed once.
        let losses = try evaluator.losses(of: Array(programs.joined()), rows: rows, toTheEnd: toTheEnd)
        var next = 0
        return programs.map { programs in
            programs.map { program in
                defer { next += 1 }
                return Individual(program: program, loss: losses[next])
            }
        }
    }

    /// All individuals judged by all rows, those of the front once more with constants tuned on more rows.
    private func final(
        _ state: IslandState, _ breeder: Breeder, _ evaluator: PopulationEvaluator
    ) throws(DiscoveryError) -> Generation {
        let all = 0..<evaluator.data.rowCount
        // The budget and a request to stop are for the search; what it found is judged all the same.
        var individuals = try judged(
            [Array(state.islands.joined()).withoutDuplicates.map(\.program)], evaluator, all, toTheEnd: true)[0]
        let sorting = individuals.sorting
        let front = individuals.indices.filter { sorting.ranks[$0] == 0 && individuals[$0].loss.isFinite }
        let tuned = breeder.tuned(
            front.map { individuals[$0].program }, rows: all.prefix(16 * tuningRows), steps: 4 * tuningSteps)
        individuals += try judged([tuned], evaluator, all, toTheEnd: true)[0]
        individuals = individuals.withoutDuplicates
        return Generation(
            number: state.generation, programs: individuals.map(\.program), fitness: individuals.map(\.loss))
    }
}

extension Sequence<Individual> {
    /// The individuals, each program once.
    fileprivate var withoutDuplicates: [Individual] {
        var seen: Set<Program> = []
        return filter { seen.insert($0.program).inserted }
    }
}
