import Datasets
import Discovery
import Testing

@Suite("The search in generations")
struct GenerationalSearchTests {
    private let data: SearchData
    private let primitives: PrimitiveSet

    init() throws {
        data = try SearchData.sample(SyntheticData.physics.dataset(rowCount: 4_000, seed: 5), fraction: 0.5, seed: 5)
        primitives = try PrimitiveSet.paper(variableCount: data.featureCount)
    }

    private func run(_ search: GenerationalSearch, threads: Int = 1, from start: Generation? = nil) throws -> Generation {
        let evaluator = try PopulationEvaluator(primitives, data: data, threads: threads)
        return try #require(try search.run(primitives, fitness: evaluator, from: start))
    }

    @Test("A seed fixes the result for any number of threads, and going on from a generation changes nothing")
    func determinism() throws {
        let search = GenerationalSearch(populationSize: 120, generations: 4, seed: 9)
        let whole = try run(search)
        #expect(try run(search, threads: 2) == whole)
        var half = search
        half.generations = 2
        #expect(try run(search, from: run(half)) == whole)
        var other = search
        other.seed = 10
        #expect(try run(other) != whole)
    }

    @Test("The search makes the loss smaller, and what it reports is sorted")
    func progress() throws {
        let first = try run(GenerationalSearch(populationSize: 200, generations: 1))
        let last = try run(GenerationalSearch(populationSize: 200, generations: 6))
        #expect(last.ranked[0].fitness < first.ranked[0].fitness)
        let result = try #require(SearchResult(last, primitives: primitives))
        #expect(result.best.fitness == last.ranked[0].fitness)
        for (a, b) in zip(result.front, result.front.dropFirst()) {
            #expect(a.length < b.length && a.fitness > b.fitness)
        }
        #expect(result.front.last?.fitness == result.best.fitness)
        #expect(result.unusable.allSatisfy { !$0.assessment.isUsable })
        #expect(result.bestUsable?.assessment.isUsable != false)
    }

    @Test("In gplearn's tournaments NaN wins; elsewhere it loses")
    func invalid() {
        var random = RandomStream(seed: 1)
        let fitness = [0.5, .nan, 0.1]
        for _ in 0..<50 {
            #expect(Tournament(size: 30, invalidFitness: .wins).winner(fitness, &random) == 1)
            #expect(Tournament(size: 30, invalidFitness: .loses).winner(fitness, &random) == 2)
        }
    }

    @Test("A fitness of one's own is made small: programs of one variable near cos(x)")
    func ownFitness() throws {
        final class Distance: FitnessFunction {
            let primitives: PrimitiveSet
            init(_ primitives: PrimitiveSet) { self.primitives = primitives }
            func fitness(of programs: [Program]) -> [Double] { programs.map { Double(abs($0.length - 7)) } }
        }
        let primitives = try PrimitiveSet(
            functions: [PrimitiveFunction("cos"), PrimitiveFunction("mul"), PrimitiveFunction("tanh")], variableNames: ["x"])
        let search = GenerationalSearch(populationSize: 60, generations: 8, tournament: Tournament(size: 5), parsimony: 0)
        let last = try #require(try search.run(primitives, fitness: Distance(primitives)))
        #expect(last.ranked[0].program.length == 7)
    }

    @Test("Settings out of range are refused")
    func settings() throws {
        let evaluator = try PopulationEvaluator(primitives, data: data)
        for search in [
            GenerationalSearch(populationSize: 0), GenerationalSearch(generations: 0),
            GenerationalSearch(variation: Variation(crossover: 0.99, subtreeMutation: 0.1)),
        ] {
            #expect(throws: DiscoveryError.self) { try search.run(primitives, fitness: evaluator) }
        }
        #expect(throws: DiscoveryError.unknownFunction("frobnicate")) { try PrimitiveFunction("frobnicate") }
    }
}
