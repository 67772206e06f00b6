import Datasets
import Discovery
import Formulas
import Foundation
import Networks

/// Finds activation functions for the Light network on a data set: candidates are all small formulas of one variable, then
/// those that genetic programming makes, and are judged by what they will be, activations in training.
///
/// The rows of one seed's test part are set aside before anything else and never looked at. The rest is divided anew for
/// each training, into rows to learn from and rows to judge by. A seed fixes the result bit for bit, whatever the number
/// of threads.
public struct ActivationSearch: Sendable {
    /// Programs, generations, selection and variation.
    public var search = GenerationalSearch(
        populationSize: 200, generations: 6, tournament: Tournament(size: 4, invalidFitness: .loses), parsimony: 0.00005,
        variation: Variation(
            crossover: 0.35, subtreeMutation: 0.3, hoistMutation: 0.05, pointMutation: 0.3, pointReplacement: 0.25,
            initialization: Initialization(depths: 2...4)),
        targetFitness: -.infinity, seed: 42)
    /// What programs are made of; `nil` for `PrimitiveSet.activations()`.
    public var primitives: PrimitiveSet?
    /// What keeps a formula from being tried at all.
    public var criteria = ActivationCriteria()
    /// The rungs of successive halving; `nil` for those that suit the number of rows.
    public var rungs: [TrainingRung]?
    /// Formulas of `x` that are measured before all others, so that small changes may begin with them.
    public var starts: [Formula] = []
    /// Whether all small formulas are tried before any is drawn at random.
    public var triesSmallPrograms = true
    /// How many rounds of small changes to the best follow the generations.
    public var refinements = 12
    /// How many changes are tried in a round.
    public var refinementSize = 64
    /// How many rounds look for a formula of its own for the last hidden layer, after all others; 0 leaves that out.
    public var layerRounds = 0
    /// How many of those that reach the last rung are measured again, on splits that had no part in choosing them.
    public var finalistCount = 12
    /// On how many splits; `nil` for as many as the number of rows suggests.
    public var finalRepetitions: Int?
    /// The seed whose test rows are set aside: one for all searches, so that what each of them found can be tested on
    /// rows that none of them read.
    public var testSeed = Self.unseenSplitSeed
    /// The seed of the split whose test rows no search reads unless told otherwise.
    public static let unseenSplitSeed: UInt64 = 42
    /// How many trainings may go on at the same time.
    public var threadCount = ProcessInfo.processInfo.activeProcessorCount

    /// The search that found the formulas of `Grammar/Discovered.formula`.
    public init() {}

    /// What a search tells after each generation.
    public struct Progress: Sendable {
        /// The step, from 1, and how many there will be: the trial of small formulas, generations, rounds of refinement and
        /// for the layers.
        public let generation, generationCount: Int
        /// The best candidate so far among those with the last rung's training.
        public let best: ActivationCandidate?
        /// How many formulas were tried, and trainings run.
        public let formulaCount, trainingCount: Int
    }

    /// What a search found.
    public struct Outcome: Sendable {
        /// The finalists, measured on splits that had no part in choosing them, the best first.
        public let finalists: [ActivationCandidate]
        /// The best with a formula for each hidden layer, on the same splits.
        public let byLayer: [ActivationCandidate]
        /// ReLU, GELU and SiLU on the same splits.
        public let references: [ActivationCandidate]
        /// How many different formulas were tried, and how many programs could not serve.
        public let formulaCount, unusableCount: Int
        /// How many networks were trained.
        public let trainingCount: Int
        /// How many rows the search saw, and how many were set aside.
        public let rowCount, testRowCount: Int
        /// Whether it ran to its end.
        public let isComplete: Bool
    }

    /// Searches.
    ///
    /// - Parameters:
    ///   - positiveLabel: the positive class's label; the larger of two if `nil`.
    ///   - progress: called after each generation, on the calling thread.
    ///   - isCancelled: asked often, from any thread; what was found until it says yes is what comes out.
    public func run(
        _ dataset: Dataset, positiveLabel: Float? = nil, progress: (Progress) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> Outcome {
        // Trainings take failures for bad candidates: labels that no candidate could be trained on are told here.
        _ = try dataset.binaryLabels(positive: positiveLabel)
        var configuration = TrainingConfiguration()
        configuration.seed = testSeed
        let split = Trainer.split(rowCount: dataset.rowCount, configuration)
        let visible = dataset.rows(split.training)
        let rungs = self.rungs ?? TrainingRung.ladder(rowCount: split.training.count)
        let judge = TrainingJudge(
            visible, positiveLabel: positiveLabel, primitives: try primitives ?? .activations(), criteria: criteria, rungs: rungs,
            parsimony: search.parsimony, seed: search.seed &+ 1_000, threadCount: threadCount, isCancelled: isCancelled)
        let starts = try self.starts.map { try start($0).program }
        // Known to be worth it: they need not climb.
        _ = judge.fitness(of: starts, from: rungs.count - 1)
        let first = triesSmallPrograms ? 1 : 0
        func report(_ generation: Int) {
            progress(
                Progress(
                    generation: first + generation, generationCount: first + search.generations + refinements + layerRounds,
                    best: [false, true].flatMap { judge.finalists(1, byLayer: $0) }.min { $0.price < $1.price }?.candidate,
                    formulaCount: judge.triedCount, trainingCount: judge.trainingCount))
        }
        if triesSmallPrograms {
            _ = judge.fitness(of: judge.primitives.smallPrograms, from: 0)
            if !isCancelled() { report(0) }
        }
        _ = try search.run(judge.primitives, fitness: judge, progress: { report($0.number) }, isCancelled: isCancelled)
        for round in 0..<refinements where !isCancelled() {
            refine(judge, round: round)
            if !isCancelled() { report(search.generations + round + 1) }
        }
        for round in 0..<layerRounds where !isCancelled() {
            searchLayers(judge, round: round)
            if !isCancelled() { report(search.generations + refinements + round + 1) }
        }
        let best = judge.finalists(finalistCount).map(\.candidate)
        let bestByLayer = judge.finalists(finalistCount, byLayer: true).map(\.candidate)
        var final = rungs.last ?? TrainingRung()
        final.repetitions = finalRepetitions ?? max(8, 2 * final.repetitions)
        let formulas =
            try (best + bestByLayer).map { try LayerFormulas($0) }
            + ["relu(x)", "gelu(x)", "silu(x)"].map { LayerFormulas(try Formula(parsing: $0)) }
        let measured = judge.measure(
            formulas, final, on: visible, number: rungs.count + 1, firstSeed: search.seed &+ 2_000)
        // Where the search was interrupted before, the figures of the last rung stand; otherwise who cannot be measured on
        // the fresh splits is out: its figures of the last rung are those it was chosen by.
        let isInterrupted = isCancelled()
        func finalists(_ best: [ActivationCandidate], _ measured: ArraySlice<ActivationCandidate?>) -> [ActivationCandidate] {
            zip(best, measured).compactMap { $1 ?? (isInterrupted ? $0 : nil) }
                .sorted { ($0.loss, $0.formula) < ($1.loss, $1.formula) }
        }
        return Outcome(
            finalists: finalists(best, measured[...]), byLayer: finalists(bestByLayer, measured.dropFirst(best.count)),
            references: measured.dropFirst(best.count + bestByLayer.count).compactMap(\.self),
            formulaCount: judge.triedCount, unusableCount: judge.unusableCount, trainingCount: judge.trainingCount,
            rowCount: split.training.count, testRowCount: split.test.count, isComplete: !isCancelled())
    }

    /// Tries variants of the best programs so far, the better ones oftener. They skip the first rung: they differ from what
    /// is good already by too little for it to tell.
    private func refine(_ judge: TrainingJudge, round: Int) {
        let best = judge.finalists(finalistCount).map(\.programs[0])
        guard !best.isEmpty, let refinement = ActivationRefinement(judge.primitives) else { return }
        // Far from the streams of the generations, which are numbered from 0.
        let stream = RandomStream(seed: search.seed).stream(0xF1E1D).stream(UInt64(round))
        let variants = (0..<refinementSize).map { index in
            var random = stream.stream(UInt64(index))
            let program = best[min(random.integer(below: best.count), random.integer(below: best.count))]
            return refinement.variant(of: program, mixing: best[random.integer(below: best.count)], &random)
        }
        _ = judge.fitness(of: variants, from: min(1, judge.rungs.count - 1))
    }
}
