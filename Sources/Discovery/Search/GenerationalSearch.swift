import Datasets

/// A search in generations, as gplearn runs it: each generation is made anew from the one before by tournaments and
/// variation, and judged by loss plus a price for length.
///
/// Each individual of each generation has a stream of random numbers of its own, so that a seed fixes every result, and a
/// search goes on from any generation as if it had not been interrupted.
public struct GenerationalSearch: Hashable, Sendable {
    /// Individuals in each generation.
    public var populationSize: Int
    /// Generations, the initial one included.
    public var generations: Int
    /// How parents are chosen.
    public var tournament: Tournament
    /// What one more node costs in fitness when parents are chosen.
    public var parsimony: Double
    /// How offspring are made.
    public var variation: Variation
    /// The raw fitness at which the search ends early.
    public var targetFitness: Double
    /// Decides every random choice.
    public var seed: UInt64

    /// The paper's search unless told otherwise: 500 programs, 5 generations, gplearn's defaults for the rest.
    public init(
        populationSize: Int = 500, generations: Int = 5, tournament: Tournament = Tournament(invalidFitness: .wins),
        parsimony: Double = 0.001, variation: Variation = Variation(), targetFitness: Double = 0, seed: UInt64 = 42
    ) {
        self.populationSize = populationSize
        self.generations = generations
        self.tournament = tournament
        self.parsimony = parsimony
        self.variation = variation
        self.targetFitness = targetFitness
        self.seed = seed
    }

    /// Runs the search.
    ///
    /// - Parameters:
    ///   - primitives: what programs are made of.
    ///   - fitness: judges each generation.
    ///   - start: a generation to go on from; a new population if left out.
    ///   - progress: called after each generation, on the calling thread.
    ///   - isCancelled: asked after each generation; when it says yes, the last whole generation is what comes out.
    /// - Returns: the last generation; `nil` when not even the first could be finished.
    public func run(
        _ primitives: PrimitiveSet, fitness: some FitnessFunction, from start: Generation? = nil,
        progress: (Generation) throws -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws -> Generation? {
        try validate()
        var current = start
        while (current?.number ?? 0) < generations {
            if let current, current.fitness[tournament.best(current.fitness)] <= targetFitness { break }
            let programs = try next(after: current, primitives)
            let fitness = try fitness.fitness(of: programs)
            if isCancelled() { break }
            let made = Generation(number: (current?.number ?? 0) + 1, programs: programs, fitness: fitness)
            current = made
            try progress(made)
        }
        return current
    }

    /// The programs of the next generation.
    private func next(after generation: Generation?, _ primitives: PrimitiveSet) throws(DiscoveryError) -> [Program] {
        let stream = RandomStream(seed: seed).stream(StreamPurpose.generations.rawValue)
            .stream(UInt64(generation?.number ?? 0))
        let penalized = generation.map { generation in
            zip(generation.programs, generation.fitness).map { $1 + parsimony * Double($0.length) }
        }
        return (0..<populationSize).map { index in
            var random = stream.stream(UInt64(index))
            guard let generation, let penalized else {
                return variation.initialization.program(primitives, random: &random)
            }
            return variation.offspring(primitives, random: &random) { random in
                generation.programs[tournament.winner(penalized, &random)]
            }
        }
    }

    private func validate() throws(DiscoveryError) {
        try variation.validate()
        guard (1...SearchLimits.programs).contains(populationSize) else {
            throw .setting(name: "the population", value: "\(populationSize)", allowed: "1 to \(SearchLimits.programs)")
        }
        guard generations >= 1 else { throw .setting(name: "generations", value: "\(generations)", allowed: "at least 1") }
        guard tournament.size >= 1 else {
            throw .setting(name: "the tournament's size", value: "\(tournament.size)", allowed: "at least 1")
        }
        guard parsimony.isFinite else { throw .setting(name: "parsimony", value: "\(parsimony)", allowed: "a number") }
    }
}

/// A generation that has been judged.
public struct Generation: Hashable, Sendable {
    /// Which it is, from 1.
    public let number: Int
    /// The individuals.
    public let programs: [Program]
    /// The raw fitness of each, without the price of length.
    public let fitness: [Double]

    /// Takes a judged generation; there must be one fitness for each program.
    public init(number: Int, programs: [Program], fitness: [Double]) {
        precondition(programs.count == fitness.count && !programs.isEmpty)
        self.number = number
        self.programs = programs
        self.fitness = fitness
    }

    /// The individuals from the best to the worst, of equals the shorter first and each program once; those without a
    /// finite fitness last.
    public var ranked: [(program: Program, fitness: Double)] {
        var seen: Set<Program> = []
        return programs.indices.sorted { a, b in
            let (left, right) = (fitness[a], fitness[b])
            if left.isNaN || right.isNaN { return left.isNaN == right.isNaN ? a < b : right.isNaN }
            if left != right { return left < right }
            if programs[a].length != programs[b].length { return programs[a].length < programs[b].length }
            return a < b
        }.compactMap { seen.insert(programs[$0]).inserted ? (programs[$0], fitness[$0]) : nil }
    }

    /// The mean number of nodes.
    public var meanLength: Double {
        Double(programs.reduce(0) { $0 + $1.length }) / Double(programs.count)
    }
}
