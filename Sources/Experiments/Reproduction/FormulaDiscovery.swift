import Datasets
import Discovery
import Formulas
import Kernels

/// The paper's first phase on one data set: gplearn's search on a tenth of the rows, and the best formula of it that can
/// serve as an activation.
public struct FormulaDiscovery: Hashable, Sendable {
    /// The search; the paper's 500 programs and 5 generations unless changed.
    public var search = GenerationalSearch()
    /// The share of rows that it sees.
    public var fraction = 0.1

    /// The paper's search with a seed.
    public init(seed: UInt64 = 42) { search.seed = seed }

    /// Searches. The result does not depend on the number of threads.
    ///
    /// - Returns: `nil` when it was cancelled, or no program has a finite loss.
    func run(
        _ data: ExperimentData, threadCount: Int, cache: KernelCache, isCancelled: @escaping @Sendable () -> Bool
    ) throws -> FoundFormula? {
        let sample = try SearchData.sample(
            data.dataset, fraction: fraction, positive: data.positiveLabel, seed: search.seed)
        let primitives = try PrimitiveSet.paper(variableCount: sample.featureCount)
        let evaluator = try PopulationEvaluator(
            primitives, data: sample, threads: threadCount, cache: cache, isCancelled: isCancelled)
        let generation = try search.run(primitives, fitness: evaluator, isCancelled: isCancelled)
        guard !isCancelled(), let generation, let result = SearchResult(generation, primitives: primitives) else { return nil }
        return FoundFormula(data.set, result)
    }
}

/// What discovery found in a data set.
public struct FoundFormula: Hashable, Sendable, Codable {
    /// The data set.
    public let set: ExperimentSet
    /// The best program by its loss, in prefix form.
    public let best: String
    /// What keeps it from serving as an activation; nothing where it can.
    public let defects: [String]
    /// The best program that can serve, in prefix form; `nil` when none can.
    public let program: String?
    /// Its mean log-loss on the search's rows.
    public let loss: Double?
    /// What it becomes with every variable replaced by `x`: the activation.
    public let activation: String?

    init(_ set: ExperimentSet, _ result: SearchResult) {
        self.set = set
        best = result.best.program
        defects = result.best.assessment.reasons
        program = result.bestUsable?.program
        loss = result.bestUsable?.fitness
        activation = result.bestUsable?.assessment.activation?.text
    }

    /// Takes what was found.
    init(
        set: ExperimentSet, best: String, defects: [String], program: String?, loss: Double?, activation: String?
    ) {
        self.set = set
        self.best = best
        self.defects = defects
        self.program = program
        self.loss = loss
        self.activation = activation
    }
}
