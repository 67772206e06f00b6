import Datasets

/// A search on several islands for formulas that are both good and short.
///
/// Each island is a population that NSGA-II keeps: offspring by tournaments and variation, then the best of parents and
/// offspring by loss and length. No program is twice on an island, every program is simplified before it is judged, and the
/// constants of some are tuned. Now and then each island's best go to the next. The rows seen are a part of the data that
/// changes every few generations, so that any number of rows takes the same time; at the end all rows judge.
public struct IslandSearch: Hashable, Sendable {
    /// How many islands there are.
    public var islands = 4
    /// Individuals on each island.
    public var populationSize = 250
    /// Generations, the initial one included.
    public var generations = 40
    /// Individuals that compete for becoming a parent.
    public var tournamentSize = 3
    /// How offspring are made.
    public var variation = Variation(
        crossover: 0.65, subtreeMutation: 0.1, hoistMutation: 0.05, pointMutation: 0.15, pointReplacement: 0.15,
        initialization: Initialization(depths: 1...5))
    /// The most nodes of a program.
    public var maximumLength = 30
    /// Generations from one migration to the next.
    public var migrationInterval = 5
    /// Individuals that go to the next island.
    public var migrants = 5
    /// The most rows that judge a generation.
    public var subsampleRows = 4096
    /// Generations that the same rows judge.
    public var rotationInterval = 5
    /// The share of offspring whose constants are tuned.
    public var tunedShare = 0.2
    /// Steps of each tuning.
    public var tuningSteps = 6
    /// The most rows that constants are tuned on.
    public var tuningRows = 1024
    /// When to stop before the generations are over.
    public var budget = SearchBudget()
    /// Decides every random choice.
    public var seed: UInt64 = 42

    /// The settings above.
    public init() {}

    /// - Throws: `DiscoveryError.setting` for what makes no sense.
    func validate() throws(DiscoveryError) {
        try variation.validate()
        let least: [(name: String, value: Int, least: Int)] = [
            ("the number of islands", islands, 1), ("the population", populationSize, 2), ("generations", generations, 1),
            ("the tournament's size", tournamentSize, 1), ("the greatest length", maximumLength, 1),
            ("the migration interval", migrationInterval, 1), ("the number of migrants", migrants, 0),
            ("the subsample's rows", subsampleRows, 2), ("the rotation interval", rotationInterval, 1),
            ("tuning steps", tuningSteps, 0), ("tuning rows", tuningRows, 2),
        ]
        for setting in least where setting.value < setting.least {
            throw .setting(name: setting.name, value: "\(setting.value)", allowed: "at least \(setting.least)")
        }
        guard populationSize <= SearchLimits.programs / islands else {
            throw .setting(
                name: "the population", value: "\(populationSize) on each of \(islands) islands",
                allowed: "at most \(SearchLimits.programs) in all")
        }
        guard (0...1).contains(tunedShare) else {
            throw .setting(name: "the tuned share", value: "\(tunedShare)", allowed: "0 to 1")
        }
    }
}

/// When a search ends before its generations are over. Looked at after each generation.
public struct SearchBudget: Hashable, Sendable {
    /// The time that a run may take. A result under a time limit depends on the machine.
    public var seconds: Double?
    /// The node evaluations that a search may take: functions of programs times rows.
    public var nodeEvaluations: Int?

    /// No limit unless one is given.
    public init(seconds: Double? = nil, nodeEvaluations: Int? = nil) {
        self.seconds = seconds
        self.nodeEvaluations = nodeEvaluations
    }
}

/// Where a search on islands stands: all that going on needs.
public struct IslandState: Hashable, Sendable {
    /// Generations done.
    public internal(set) var generation: Int
    /// The individuals of each island, with their losses on the rows of the last generation.
    public internal(set) var islands: [[Individual]]
    /// Node evaluations taken so far.
    public internal(set) var nodeEvaluations: Int

    /// The best individual by loss; of equals the shortest.
    public var best: Individual? {
        islands.joined().filter { $0.loss.isFinite }.min { ($0.loss, $0.complexity) < ($1.loss, $1.complexity) }
    }
}
