import Networks

/// One network trained and judged.
public struct ModelRun: Hashable, Sendable, Codable {
    /// What split, initial weights, order of rows and dropout followed.
    public let seed: UInt64
    /// The share of test labels that are hit.
    public let accuracy: Double
    /// The area under the receiver operating characteristic on the test rows.
    public let areaUnderROC: Double
    /// The paper's E_param.
    public let parameterEfficiency: Double
    /// The mean training loss of each epoch.
    public let losses: [Double]

    /// Takes a trained network's figures.
    init(_ result: TrainingResult) {
        seed = result.seed
        accuracy = result.accuracy
        areaUnderROC = result.areaUnderROC
        parameterEfficiency = result.parameterEfficiency
        losses = result.history.map(\.trainingLoss)
    }

    /// Takes figures.
    init(seed: UInt64, accuracy: Double, areaUnderROC: Double, parameterEfficiency: Double, losses: [Double]) {
        self.seed = seed
        self.accuracy = accuracy
        self.areaUnderROC = areaUnderROC
        self.parameterEfficiency = parameterEfficiency
        self.losses = losses
    }

    /// One of the figures.
    public subscript(figure: Claim.Figure) -> Double {
        switch figure {
        case .accuracy: accuracy
        case .areaUnderROC: areaUnderROC
        case .parameterEfficiency: parameterEfficiency
        }
    }
}

/// A model on a data set, over the seeds.
public struct ModelResult: Hashable, Sendable, Codable {
    /// The data set.
    public let set: ExperimentSet
    /// The model's name in files.
    public let model: String
    /// The model's name for readers.
    public let title: String
    /// The activation.
    public let activation: String
    /// The last hidden layer's own, if it has one.
    public var lastActivation: String?
    /// The network's size.
    public let parameterCount: Int
    /// The runs that finished, in the order of the seeds.
    public let runs: [ModelRun]

    /// The activations for readers, from the input on.
    public var activationTitle: String { ActivationCandidate.title(activation, last: lastActivation) }

    /// What the paper prints for it; `nil` where it has no such row.
    public var published: PublishedFigures? { PublishedFigures.figures(set, model: model) }

    /// A figure over the seeds.
    public func summary(_ figure: Claim.Figure) -> SampleSummary { SampleSummary(runs.map { $0[figure] }) }

    /// A figure's difference to another model's, over the seeds that both have; `nil` where there is none.
    ///
    /// - Parameter isRelative: whether differences are taken as shares of the other's figure.
    public func compared(with other: ModelResult, _ figure: Claim.Figure, isRelative: Bool = false) -> PairedComparison? {
        let others = Dictionary(other.runs.map { ($0.seed, $0[figure]) }) { first, _ in first }
        let pairs = runs.compactMap { run in others[run.seed].map { (run[figure], $0) } }
        guard !pairs.isEmpty else { return nil }
        return PairedComparison(differences: pairs.map { isRelative ? $0.0 / $0.1 - 1 : $0.0 - $0.1 })
    }
}

/// Everything that a reproduction found.
public struct ReproductionResult: Hashable, Sendable, Codable {
    /// The seeds that were asked for.
    public internal(set) var seeds: [UInt64]
    /// The seed whose split all of them shared; `nil` where each had its own.
    public internal(set) var splitSeed: UInt64?
    /// How many rows each set had.
    public internal(set) var rowCounts: [String: Int] = [:]
    /// The sets of which fewer rows were used than the paper takes.
    public internal(set) var shortenedSets: [ExperimentSet] = []
    /// What discovery found.
    public internal(set) var formulas: [FoundFormula] = []
    /// The models' figures, set by set.
    public internal(set) var models: [ModelResult] = []
    /// What was left out, and why.
    public internal(set) var notes: [String] = []
    /// Whether it ran to its end.
    public internal(set) var isComplete = false

    init(seeds: [UInt64], splitSeed: UInt64? = nil) {
        self.seeds = seeds
        self.splitSeed = splitSeed
    }

    /// Whether the test rows are those that the activation search set aside and never read.
    public var testsOnUnseenRows: Bool { splitSeed == ActivationSearch.unseenSplitSeed && shortenedSets.isEmpty }

    /// The sets that have results, in the order in which they were worked on.
    public var sets: [ExperimentSet] {
        var seen: Set<ExperimentSet> = []
        return models.map(\.set).filter { seen.insert($0).inserted }
    }

    /// A model's figures on a set.
    public func model(_ name: String, on set: ExperimentSet) -> ModelResult? {
        models.first { $0.set == set && $0.model == name }
    }
}
