import Datasets
import Discovery
import Formulas
import TestSupport
import Testing

@Suite("The search on islands")
struct IslandSearchTests {
    /// Rows of three features of mean 0 and deviation 1, so that standardisation changes nothing, with a label of a known law.
    private func data(_ law: (Double, Double, Double) -> Double, rows: Int = 600) throws -> SearchData {
        var random = RandomStream(seed: 11)
        let columns = (0..<3).map { _ -> [Double] in
            let half = (0..<rows / 2).map { _ in random.approximatelyNormal() }
            let deviation = (half.reduce(0) { $0 + $1 * $1 } / Double(rows / 2)).squareRoot()
            return (half + half.map { -$0 }).map { $0 / deviation }
        }
        let values = (0..<rows).flatMap { row in columns.map { Float($0[row]) } }
        let labels = (0..<rows).map { Float(law(columns[0][$0], columns[1][$0], columns[2][$0])) }
        let table = try #require(Table(columnNames: ["a", "b", "c"], values: values))
        let dataset = try #require(Dataset(source: "law", features: table, labelName: "y", labels: labels))
        let problem = try SearchProblem.regression(dataset)
        return try SearchData(dataset, labels: problem.labels, loss: problem.loss)
    }

    private func primitives(_ functions: [String] = ["add", "sub", "mul", "cos", "tanh"]) throws -> PrimitiveSet {
        try PrimitiveSet(functions: functions.map { try PrimitiveFunction($0) }, variableNames: ["X0", "X1", "X2"])
    }

    private func search(generations: Int) -> IslandSearch {
        var search = IslandSearch()
        (search.islands, search.populationSize, search.generations) = (2, 60, generations)
        (search.subsampleRows, search.rotationInterval, search.migrationInterval) = (256, 2, 2)
        return search
    }

    private func run(
        _ search: IslandSearch, _ data: SearchData, threads: Int = 1, from state: IslandState? = nil,
        progress: (IslandState) throws -> Void = { _ in }
    ) throws -> Generation {
        let evaluator = try PopulationEvaluator(primitives(), data: data, threads: threads, judgesOverflowInDouble: false)
        return try #require(try search.run(evaluator, from: state, threads: threads, progress: progress))
    }

    @Test("A seed fixes the result for any number of threads")
    func determinism() throws {
        let data = try data { a, b, _ in a * b + 0.3 * a }
        let one = try run(search(generations: 5), data)
        #expect(try run(search(generations: 5), data, threads: 3) == one)
    }

    @Test("Searches too large for memory are refused; the smallest still find something")
    func extremes() throws {
        let data = try data { a, b, _ in a * b }
        var search = search(generations: 2)
        search.populationSize = .max
        #expect(throws: DiscoveryError.self) { try run(search, data) }
        (search.islands, search.populationSize, search.maximumLength) = (1, 2, 1)
        for seed in 0..<8 as Range<UInt64> {
            search.seed = seed
            #expect(try run(search, data).programs.allSatisfy { $0.length == 1 })
        }
    }

    @Test("A checkpoint goes on bit for bit, and is refused by another search")
    func checkpoint() throws {
        let folder = try TemporaryFolder()
        let data = try data { a, b, _ in a * b + 0.3 * a }
        let path = folder.path("search.json")
        let whole = try run(search(generations: 6), data)
        _ = try run(search(generations: 3), data) { try SearchCheckpoint($0, identity: "mine").write(path) }
        let kept = try #require(try SearchCheckpoint.read(path, identity: "mine"))
        #expect(kept.generation == 3)
        let state = try kept.state(primitives(), file: path)
        #expect(try run(search(generations: 6), data, from: state) == whole)
        #expect(throws: DiscoveryError.self) { try SearchCheckpoint.read(path, identity: "another's") }
        for damaged in [
            #""generation":-1,"nodeEvaluations":0,"populations":[[]]"#, #""generation":1,"nodeEvaluations":0,"populations":[]"#,
        ] {
            try folder.write(#"{"format":2,"identity":"mine",\#(damaged)}"#, to: "search.json")
            #expect(throws: DiscoveryError.self) { try SearchCheckpoint.read(path, identity: "mine") }
        }
        // What an earlier version wrote is not taken for a checkpoint of this one, nor is a device read to its end.
        try folder.write(
            #"{"identity":"mine","generation":1,"nodeEvaluations":0,"populations":[[{"program":"X0","loss":0}]]}"#,
            to: "search.json")
        #expect(
            throws: DiscoveryError.checkpoint(file: path, reason: "was written by another version of formulac")
        ) { try SearchCheckpoint.read(path, identity: "mine") }
        #expect(throws: DiscoveryError.self) { try SearchCheckpoint.read("/dev/zero", identity: "mine") }
        try folder.write("{", to: "search.json")
        #expect(throws: DiscoveryError.self) { try SearchCheckpoint.read(path, identity: "mine") }
        #expect(try SearchCheckpoint.read(folder.path("none"), identity: "mine") == nil)
    }

    @Test("A law with constants is found, and its constants are tuned to the last digits of Float")
    func law() throws {
        // The label is standardised: a factor and an offset are left to find.
        let data = try data { a, b, _ in 3 * a * b + 2 }
        var search = search(generations: 12)
        search.populationSize = 150
        let last = try run(search, data, threads: 2)
        let best = last.ranked[0]
        let text = best.program.text(try primitives())
        #expect(best.fitness < 1e-8, "\(text)")
    }

    @Test("No program is twice in the result, none is longer than allowed")
    func population() throws {
        let data = try data { a, b, c in a * b - c }
        var search = search(generations: 4)
        search.maximumLength = 9
        let last = try run(search, data)
        #expect(Set(last.programs).count == last.programs.count)
        #expect(last.programs.allSatisfy { $0.length <= 9 })
    }

    @Test("A search starts from given formulas; those beyond its functions are refused")
    func start() throws {
        let data = try data { a, b, c in 0.5 * a * b - c }
        let primitives = try primitives()
        let formula = try Formula(parsing: "0.5*X0*X1 - X2")
        let program = try Program(expressing: formula, by: primitives)
        #expect(program.text(primitives) == "sub(mul(mul(0.500, X0), X1), X2)")
        let evaluator = try PopulationEvaluator(primitives, data: data)
        let last = try #require(try search(generations: 1).run(evaluator, start: [program]))
        #expect(last.programs.contains(program) || last.ranked[0].fitness < 0.05)
        #expect(
            throws: DiscoveryError.inexpressible(
                formula: "exp(X0)", operation: "exp", functions: primitives.functions.map(\.name))
        ) {
            try Program(expressing: Formula(parsing: "exp(X0)"), by: primitives)
        }
        #expect(throws: DiscoveryError.noSuchVariable(formula: "X3", name: "X3", variables: ["X0", "X1", "X2"])) {
            try Program(expressing: Formula(parsing: "X3"), by: primitives)
        }
        let square = try self.primitives(["mul", "square"])
        #expect(try Program(expressing: Formula(parsing: "X0^2*X1"), by: square).text(square) == "mul(square(X0), X1)")
    }

    @Test("A search that is stopped gives what it has")
    func budgets() throws {
        let data = try data { a, b, _ in a * b }
        var search = search(generations: 1000)
        search.budget.nodeEvaluations = 1
        #expect(try run(search, data).number == 1)
        search.budget = SearchBudget(seconds: 1e-9)
        #expect(try run(search, data).number == 1)
    }
}
