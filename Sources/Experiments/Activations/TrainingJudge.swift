import Datasets
import Discovery
import Dispatch
import Formulas
import Kernels
import Networks
import Synchronization

/// Judges programs by training the Light network with them as activation, a generation at a time, by successive halving:
/// all get a short training, the better ones a longer one, and so on.
///
/// Nothing but the data set given is ever looked at; of it, each training learns from three quarters of the rows and is
/// judged by the rest. Not thread-safe; the trainings are spread over threads, and no result depends on their number.
final class TrainingJudge: FitnessFunction {
    let primitives: PrimitiveSet
    let criteria: ActivationCriteria
    let rungs: [TrainingRung]
    /// What one more node costs where candidates are ranked that had the last rung's training.
    private let parsimony: Double
    /// How many trainings have been run.
    private(set) var trainingCount = 0
    /// How many programs could not serve.
    private(set) var unusableCount = 0

    private let positiveLabel: Float?
    /// The rows that each rung may use.
    private let subsets: [Dataset]
    private let seed: UInt64
    private let threadCount: Int
    private let isCancelled: @Sendable () -> Bool
    /// Kernels of thousands of candidates are of no use on disk. Those that all networks share are kept here.
    private let cache = KernelCache(capacity: 64)
    /// What is known of formulas: their candidates by rung, `nil` where training failed.
    private var known: [Key: ActivationCandidate?] = [:]
    /// The first program that became each formula.
    private var programs: [Formula: Program] = [:]

    private struct Key: Hashable {
        let formulas: LayerFormulas
        let rung: Int
    }

    init(
        _ dataset: Dataset, positiveLabel: Float?, primitives: PrimitiveSet, criteria: ActivationCriteria, rungs: [TrainingRung],
        parsimony: Double, seed: UInt64, threadCount: Int, isCancelled: @escaping @Sendable () -> Bool
    ) {
        self.positiveLabel = positiveLabel
        self.primitives = primitives
        self.criteria = criteria
        self.rungs = rungs
        self.parsimony = parsimony
        self.seed = seed
        self.threadCount = threadCount
        self.isCancelled = isCancelled
        subsets = rungs.map { rung in
            guard let limit = rung.rowLimit, limit < dataset.rowCount else { return dataset }
            return dataset.rows(Array(0..<limit))
        }
    }

    /// How many different formulas have been tried.
    var triedCount: Int { programs.count }

    /// A candidate that has had the last rung's training.
    struct Finalist {
        /// What its formulas were made from: the first layer's, then the last one's own.
        let programs: [Program]
        let candidate: ActivationCandidate
        /// The loss, with what its length costs.
        let price: Double

        fileprivate var texts: [String] { [candidate.formula, candidate.lastFormula ?? ""] }
    }

    /// The candidates that have had the last rung's training, the best first, equals in the order of their texts. Of those
    /// that differ in their constants alone there is the best one only.
    ///
    /// - Parameter byLayer: whether candidates with a formula for each layer are wanted, or those with one for both.
    func finalists(_ count: Int, byLayer: Bool = false) -> [Finalist] {
        var shapes: Set<[Program]> = []
        return known.compactMap { key, candidate -> Finalist? in
            guard key.rung == rungs.count - 1, (key.formulas.last != nil) == byLayer, let candidate, candidate.loss.isFinite,
                let first = programs[key.formulas.first]
            else { return nil }
            let programs = [first] + (key.formulas.last.flatMap { self.programs[$0] }.map { [$0] } ?? [])
            let length = programs.reduce(0) { $0 + $1.length }
            return Finalist(programs: programs, candidate: candidate, price: candidate.loss + parsimony * Double(length))
        }.sorted { $0.price != $1.price ? $0.price < $1.price : $0.texts.lexicographicallyPrecedes($1.texts) }
            .filter { shapes.insert($0.programs.map(\.withoutConstants)).inserted }.prefix(count).map(\.self)
    }

    func fitness(of programs: [Program]) throws -> [Double] { fitness(of: programs, from: 0) }

    /// The loss, less the number of rungs climbed, so that who got further is better; NaN for what cannot serve.
    ///
    /// - Parameter first: the rung to begin with.
    func fitness(of programs: [Program], from first: Int) -> [Double] {
        // What is not tried does not count.
        guard !isCancelled() else { return programs.map { _ in .nan } }
        let formulas = programs.map { usableFormula($0).map { LayerFormulas($0) } }
        let fitness = climb(formulas.compactMap(\.self), from: first)
        return formulas.map { $0.flatMap { fitness[$0] } ?? .nan }
    }

    /// Tries a program for each layer, pair by pair. Pairs of which one cannot serve are left out.
    ///
    /// - Parameter rung: the rung to begin with.
    func tryLayers(_ pairs: [(first: Program, last: Program)], from rung: Int) {
        guard !isCancelled() else { return }
        let formulas = pairs.compactMap { pair -> LayerFormulas? in
            guard let first = usableFormula(pair.first), let last = usableFormula(pair.last) else { return nil }
            return LayerFormulas(first: first, last: last)
        }
        _ = climb(formulas, from: rung)
    }

    /// What a program becomes, if that can serve.
    private func usableFormula(_ program: Program) -> Formula? {
        guard let formula = ActivationCandidate.formula(program, primitives, criteria: criteria) else {
            unusableCount += 1
            return nil
        }
        if programs[formula] == nil { programs[formula] = program }
        return formula
    }

    /// Trains all on the first rung, the better ones on the next, and so on.
    ///
    /// - Returns: the loss of each, less the number of rungs climbed; none for those whose training failed.
    private func climb(_ all: [LayerFormulas], from first: Int) -> [LayerFormulas: Double] {
        var climbers: [LayerFormulas] = []
        var isClimbing: Set<LayerFormulas> = []
        for formulas in all where isClimbing.insert(formulas).inserted { climbers.append(formulas) }
        var fitness: [LayerFormulas: Double] = [:]
        for (index, rung) in rungs.enumerated().dropFirst(first) where !isCancelled() {
            let candidates = candidates(climbers, rung: index)
            var ranked: [(formulas: LayerFormulas, loss: Double)] = []
            for (formulas, candidate) in zip(climbers, candidates) {
                guard let candidate, candidate.loss.isFinite else { continue }
                fitness[formulas] = candidate.loss - Double(index)
                ranked.append((formulas, candidate.loss))
            }
            let count = max(1, Int((Double(ranked.count) * rung.survivors).rounded()))
            climbers = ranked.enumerated().sorted { ($0.element.loss, $0.offset) < ($1.element.loss, $1.offset) }
                .prefix(count).map(\.element.formulas)
        }
        return fitness
    }

    /// Trains with each, those known from before excepted.
    private func candidates(_ all: [LayerFormulas], rung: Int) -> [ActivationCandidate?] {
        let new = all.filter { known[Key(formulas: $0, rung: rung)] == nil }
        let made = measure(new, rungs[rung], on: subsets[rung], number: rung + 1, firstSeed: seed)
        for (formulas, candidate) in zip(new, made) where !isCancelled() {
            known.updateValue(candidate, forKey: Key(formulas: formulas, rung: rung))
        }
        return all.map { known[Key(formulas: $0, rung: rung)] ?? nil }
    }

    /// Trains the Light network with each on as many splits as a rung says.
    ///
    /// - Parameter firstSeed: the first split's seed; the others follow it.
    func measure(
        _ formulas: [LayerFormulas], _ rung: TrainingRung, on dataset: Dataset, number: Int, firstSeed: UInt64
    ) -> [ActivationCandidate?] {
        guard !isCancelled() else { return formulas.map { _ in nil } }
        trainingCount += formulas.count * rung.repetitions
        let results = Mutex([[TrainingResult?]](repeating: [], count: formulas.count))
        let next = Mutex(0)
        let (cache, isCancelled, positiveLabel) = (cache, isCancelled, positiveLabel)
        DispatchQueue.concurrentPerform(iterations: max(1, min(threadCount, formulas.count))) { _ in
            while !isCancelled() {
                let index = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard index < formulas.count else { break }
                let own = Self.train(
                    formulas[index], rung, on: dataset, positiveLabel: positiveLabel, firstSeed: firstSeed, cache: cache,
                    isCancelled: isCancelled)
                results.withLock { $0[index] = own }
            }
        }
        return zip(formulas, results.withLock { $0 }).map { formulas, results in
            let finished = results.compactMap(\.self)
            guard finished.count == rung.repetitions else { return nil }
            let count = Double(finished.count)
            return ActivationCandidate(
                formulas, rung: number, accuracy: finished.reduce(0) { $0 + $1.accuracy } / count,
                areaUnderROC: finished.reduce(0) { $0 + $1.areaUnderROC } / count)
        }
    }

    private static func train(
        _ formulas: LayerFormulas, _ rung: TrainingRung, on dataset: Dataset, positiveLabel: Float?, firstSeed: UInt64,
        cache: KernelCache, isCancelled: () -> Bool
    ) -> [TrainingResult?] {
        // A formula that cannot be compiled or whose training diverges is a bad candidate, nothing worse.
        guard let network = try? formulas.network(), let trainer = try? Trainer(network, cache: cache) else { return [nil] }
        return (0..<rung.repetitions).map { repetition in
            var configuration = TrainingConfiguration()
            configuration.epochs = rung.epochs
            configuration.batchSize = rung.batchSize
            configuration.testFraction = 0.25
            configuration.positiveLabel = positiveLabel
            configuration.seed = firstSeed &+ UInt64(repetition)
            return try? trainer.train(dataset, configuration, isCancelled: isCancelled)
        }
    }
}

extension Program {
    /// The program with every constant made 0: what programs that differ in their constants alone have in common.
    fileprivate var withoutConstants: Program {
        let nodes = nodes.map { node -> ProgramNode in if case .constant = node { .constant(0) } else { node } }
        return Program(nodes: nodes) ?? self
    }
}
