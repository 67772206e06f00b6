import Datasets
import Discovery
import Experiments
import Formulas
import Kernels

/// One search of `formulac discover`, with its progress, checkpoint and report.
struct SearchRun {
    let options: SearchOptions
    let threads: Int
    let problem: SearchProblem
    /// What keeps generations, if they are to be kept.
    let checkpoint: CheckpointKeeper?

    /// What a search found.
    struct Outcome {
        let report: DiscoveryReport
        /// The best formula's values on the rows held out, and what they should tell; nothing where there are none.
        let heldOutScores: [Float]
        let heldOutLabels: [Float]
    }

    /// What a search ended with.
    struct Found {
        let generation: Generation
        /// Whether it ended by itself, not by Ctrl-C.
        let isComplete: Bool
        /// Node evaluations of the runs that this one went on from.
        let priorEvaluations: Int
    }

    /// Searches.
    ///
    /// - Returns: `nil` when it was interrupted before anything was found.
    func run(on dataset: Dataset, className: String?) throws -> Outcome? {
        let data = try SearchData(
            dataset, rows: SearchData.rows(of: dataset, fraction: options.share, seed: options.seed), labels: problem.labels,
            loss: problem.loss)
        let primitives = try options.primitives(variableCount: data.featureCount)
        let evaluator = try PopulationEvaluator(
            primitives, data: data, threads: threads, options: KernelOptions(math: options.math),
            judgesOverflowInDouble: options.preset == .paper, isCancelled: { Interruption.isRequested })
        let clock = ContinuousClock()
        let start = clock.now
        let found = options.preset == .paper ? try runPaper(evaluator) : try runModern(evaluator)
        let seconds = (clock.now - start).milliseconds / 1000
        Console.endProgress()
        guard let found else { return nil }
        guard let result = SearchResult(found.generation, primitives: primitives) else {
            throw CommandFailure(.failure, "no program has a finite loss on these data")
        }
        let heldOut = HeldOutRows(
            dataset, fraction: options.share, seed: options.seed, problem: problem, data: data)
        let report = DiscoveryReport(
            dataset: dataset, className: className, problem: problem, evaluator: evaluator, seed: options.seed, found: found,
            result: result, heldOut: try heldOut.map { try figures(result, $0) } ?? [:], seconds: seconds)
        return Outcome(
            report: report, heldOutScores: try heldOut?.scores(of: result.best.formula, threads: threads) ?? [],
            heldOutLabels: heldOut?.labels ?? [])
    }

    /// How what is reported does on the rows held out, by formula.
    private func figures(_ result: SearchResult, _ heldOut: HeldOutRows) throws -> [Formula: HeldOutFigures] {
        let formulas = Set(([result.best] + [result.bestUsable].compactMap(\.self) + result.front).map(\.formula)).sorted {
            $0.text < $1.text
        }
        let figures = try heldOut.figures(of: formulas, threads: threads)
        return Dictionary(uniqueKeysWithValues: zip(formulas, figures))
    }

    private func runPaper(_ evaluator: PopulationEvaluator) throws -> Found? {
        let search = options.generational
        var settings = search
        // More generations go on with the same search.
        settings.generations = 0
        let identity = identity(settings, evaluator)
        let kept = try read(identity) { try ($0.generation(evaluator.primitives, file: $1), $0.nodeEvaluations) }
        let prior = kept?.1 ?? 0
        let progress = SearchProgress(primitives: evaluator.primitives, generations: search.generations)
        let last = try search.run(
            evaluator.primitives, fitness: evaluator, from: kept?.0,
            progress: { generation in
                if let best = generation.ranked.first {
                    progress.report(generation.number, best: best.program, loss: best.fitness)
                }
                checkpoint?.keep(
                    SearchCheckpoint(
                        generation, nodeEvaluations: prior + evaluator.statistics.nodeEvaluations, identity: identity))
            }, isCancelled: { Interruption.isRequested })
        return last.map { Found(generation: $0, isComplete: !Interruption.isRequested, priorEvaluations: prior) }
    }

    private func runModern(_ evaluator: PopulationEvaluator) throws -> Found? {
        let search = options.island
        let start = try options.startPrograms(evaluator.primitives)
        var settings = search
        (settings.generations, settings.budget) = (0, SearchBudget())
        let identity = identity(settings, evaluator) + " | \(options.starts)"
        let kept = try read(identity) { try $0.state(evaluator.primitives, file: $1) }
        if let checkpoint, let kept, kept.islands.count != search.islands {
            throw DiscoveryError.checkpoint(
                file: checkpoint.path, reason: "holds \(kept.islands.count.counted("island")) of \(search.islands)")
        }
        let progress = SearchProgress(primitives: evaluator.primitives, generations: search.generations)
        let last = try search.run(
            evaluator, start: start, from: kept, threads: threads,
            progress: { state in
                if let best = state.best { progress.report(state.generation, best: best.program, loss: best.loss) }
                checkpoint?.keep(SearchCheckpoint(state, identity: identity))
            }, isCancelled: { Interruption.isRequested })
        return last.map {
            Found(generation: $0, isComplete: !Interruption.isRequested, priorEvaluations: kept?.nodeEvaluations ?? 0)
        }
    }

    /// What a checkpoint must have been made with. Another release or accuracy may give other bits.
    private func identity(_ settings: some Any, _ evaluator: PopulationEvaluator) -> String {
        SearchCheckpoint.identity(settings, evaluator.primitives, evaluator.data) + " | \(options.math) | \(Release.version)"
    }

    /// What the checkpoint holds, if there is one.
    private func read<State>(_ identity: String, _ state: (SearchCheckpoint, String) throws -> State) throws -> State? {
        guard let checkpoint, let kept = try SearchCheckpoint.read(checkpoint.path, identity: identity) else { return nil }
        Console.note("going on after generation \(kept.generation) (\(checkpoint.path))")
        return try state(kept, checkpoint.path)
    }
}
