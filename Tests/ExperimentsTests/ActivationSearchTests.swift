import Datasets
import Discovery
import Formulas
import Networks
import Synchronization
import TestSupport
import Testing

@testable import Experiments

@Suite struct ActivationSearchTests {
    private let data = SyntheticData.physics.dataset(rowCount: 1_500, seed: 42)

    private func search(threads: Int = 2, seed: UInt64 = 3) -> ActivationSearch {
        var search = ActivationSearch()
        search.search.populationSize = 12
        search.search.generations = 2
        search.search.seed = seed
        search.triesSmallPrograms = false
        search.refinements = 1
        search.refinementSize = 8
        search.rungs = [
            TrainingRung(rowLimit: 600, epochs: 1, batchSize: 128, survivors: 0.5), TrainingRung(epochs: 1, batchSize: 256),
        ]
        search.finalistCount = 3
        search.finalRepetitions = 2
        search.threadCount = threads
        return search
    }

    @Test func sameSeedSameResultWhateverTheThreadCount() throws {
        let one = try search(threads: 1).run(data)
        let two = try search(threads: 2).run(data)
        #expect(one.finalists == two.finalists)
        #expect(!one.finalists.isEmpty)
        #expect(one.references == two.references)
        #expect(one.references.count == 3)
        #expect(one.isComplete)
        #expect(one.trainingCount == two.trainingCount)
        #expect(try search(seed: 4).run(data).finalists != one.finalists)
    }

    /// Programs so small that there are few are all tried, each once.
    @Test func smallProgramsAreAllThere() throws {
        let primitives = try PrimitiveSet.activations()
        let programs = primitives.smallPrograms
        #expect(Set(programs).count == programs.count)
        let unary = primitives.functions.count { $0.arity == 1 }
        let commutative = primitives.functions.count { $0.arity == 2 && $0.isCommutative }
        let others = primitives.functions.count { $0.arity == 2 && !$0.isCommutative }
        let operands = unary + 1
        #expect(
            programs.count == unary + unary * unary + commutative * operands * (operands + 1) / 2 + others * operands * operands)
        let texts = Set(programs.map { $0.formula(primitives).simplified().text })
        for text in ["sin(x)*gaussian(x)", "x*gaussian(x)", "gaussian(tanh(x))", "softplus(x) - x", "max(x, cos(x))"] {
            #expect(texts.contains(try Formula(parsing: text).simplified().text), "\(text)")
        }
    }

    @Test func smallProgramsAreTriedFirst() throws {
        var search = search()
        search.primitives = try PrimitiveSet(
            functions: [PrimitiveFunction("add", dialect: .gplearn), PrimitiveFunction("sin"), PrimitiveFunction("gaussian")],
            variableNames: ["x"], constantRange: -1...1)
        search.triesSmallPrograms = true
        search.search.populationSize = 2
        search.search.generations = 1
        search.refinements = 0
        var steps: [ActivationSearch.Progress] = []
        let outcome = try search.run(data) { steps.append($0) }
        #expect(steps.map(\.generation) == [1, 2])
        // sin and gaussian, their four compositions, and the six sums but x + x, which is a straight line.
        #expect(try #require(steps.first).formulaCount == 11)
        #expect(outcome.formulaCount >= 11)
    }

    /// What the rows set aside hold makes no difference.
    @Test func testRowsAreNotLookedAt() throws {
        let split = Trainer.split(rowCount: data.rowCount)
        let (names, width) = (data.features.columnNames, data.featureCount)
        var values = data.features.values
        var labels = data.labels
        for row in split.test {
            labels[row] = 1 - labels[row]
            for column in 0..<width { values[row * width + column] = -3 * values[row * width + column] + 1_000 }
        }
        let poisoned = try #require(
            Table(columnNames: names, values: values).flatMap {
                Dataset(source: "poisoned", features: $0, labelName: data.labelName, labels: labels)
            })
        let clean = try search().run(data)
        let other = try search().run(poisoned)
        #expect(clean.finalists == other.finalists)
        #expect(clean.rowCount == 1_200)
        #expect(clean.testRowCount == 300)
    }

    /// The last layer's own formula is part of what is trained, measured and told.
    @Test func layersMayHaveFormulasOfTheirOwn() throws {
        var search = search()
        search.layerRounds = 3
        var steps: [ActivationSearch.Progress] = []
        let outcome = try search.run(data) { steps.append($0) }
        #expect(steps.map(\.generation) == Array(1...6))
        #expect(steps.allSatisfy { $0.generationCount == 6 })
        #expect(try outcome.finalists == self.search().run(data).finalists)
        let best = try #require(outcome.byLayer.first)
        let last = try #require(best.lastFormula)
        #expect(outcome.byLayer.allSatisfy { $0.lastFormula != nil && $0.lastFormula != $0.formula })
        let visible = data.rows(Trainer.split(rowCount: data.rowCount).training)
        let results = try (0..<2).map { repetition in
            var training = TrainingConfiguration()
            (training.epochs, training.batchSize, training.testFraction) = (1, 256, 0.25)
            training.seed = search.search.seed + 2_000 + UInt64(repetition)
            let network = NetworkConfiguration(hidden: [
                LayerConfiguration(units: 64, activation: try Activation(best.formula)),
                LayerConfiguration(units: 32, activation: try Activation(last)),
            ])
            return try Trainer(network).train(visible, training)
        }
        #expect(best.accuracy == (results[0].accuracy + results[1].accuracy) / 2)
        search.threadCount = 1
        #expect(try search.run(data).byLayer == outcome.byLayer)
    }

    @Test func cancellationBeforeTheFirstGenerationFindsNothing() throws {
        let outcome = try search().run(data, isCancelled: { true })
        #expect(outcome.finalists.isEmpty)
        #expect(!outcome.isComplete)
    }

    /// Interrupted after its first generation, a search gives what one of a single generation would, with the figures of the
    /// last rung as far as those of the fresh splits are missing.
    @Test func cancellationKeepsWhatWasFound() throws {
        let isCancelled = Atomic(false)
        let interrupted = try search().run(
            data, progress: { if $0.generation == 1 { isCancelled.store(true, ordering: .relaxed) } },
            isCancelled: { isCancelled.load(ordering: .relaxed) })
        var short = search()
        short.search.generations = 1
        short.refinements = 0
        let whole = try short.run(data)
        #expect(!interrupted.isComplete && whole.isComplete)
        #expect(!interrupted.finalists.isEmpty)
        #expect(Set(interrupted.finalists.map(\.formula)) == Set(whole.finalists.map(\.formula)))
        #expect(interrupted.finalists.allSatisfy { $0.rung == 2 } && whole.finalists.allSatisfy { $0.rung == 3 })
        #expect(interrupted.formulaCount == whole.formulaCount)
        #expect(interrupted.references.isEmpty)
    }

    @Test func startsAreMeasured() throws {
        var search = search()
        search.search.generations = 1
        search.refinements = 0
        search.finalistCount = 100
        let start = try Formula(parsing: "sin(1.23*x) - gaussian(x - 0.5)")
        let primitives = try PrimitiveSet.activations()
        let program = try Program(expressing: start, by: primitives)
        let candidate = try #require(ActivationCandidate.formula(program, primitives, criteria: search.criteria))
        #expect(try !search.run(data).finalists.contains { $0.formula == candidate.text })
        search.starts = [start]
        #expect(try search.run(data).finalists.contains { $0.formula == candidate.text })
        // What the functions of the search cannot express, and what cannot serve.
        for text in ["erf(x)", "3*x"] {
            search.starts = [try Formula(parsing: text)]
            #expect(throws: DiscoveryError.self) { try search.run(data) }
        }
    }

    /// The figures reported are those of trainings on the rows that the search may see, by seeds of their own.
    @Test func figuresAreTheTrainers() throws {
        let search = search()
        let outcome = try search.run(data)
        let visible = data.rows(Trainer.split(rowCount: data.rowCount).training)
        for candidate in outcome.finalists + outcome.references {
            let results = try (0..<2).map { repetition in
                var training = TrainingConfiguration()
                (training.epochs, training.batchSize, training.testFraction) = (1, 256, 0.25)
                training.seed = search.search.seed + 2_000 + UInt64(repetition)
                return try Trainer(.light(try Activation(candidate.formula))).train(visible, training)
            }
            #expect(candidate.accuracy == (results[0].accuracy + results[1].accuracy) / 2)
            #expect(candidate.areaUnderROC == (results[0].areaUnderROC + results[1].areaUnderROC) / 2)
        }
        #expect(outcome.finalists == outcome.finalists.sorted { $0.loss < $1.loss })
    }

    @Test func candidatesAreReadable() throws {
        let primitives = try PrimitiveSet.activations()
        func index(_ name: String) throws -> Int16 {
            Int16(try #require(primitives.functions.firstIndex { $0.name == name }))
        }
        let sum = try #require(
            Program(nodes: [
                .function(try index("add"), arity: 2), .function(try index("sin"), arity: 1),
                .function(try index("mul"), arity: 2), .constant(2.34567), .variable(0),
                .function(try index("gaussian"), arity: 1), .constant(0.5),
            ]))
        let formula = try #require(ActivationCandidate.formula(sum, primitives, criteria: ActivationCriteria()))
        #expect(formula.text == "sin(2.35*x) + 0.78")
        let constant = try #require(Program(nodes: [.function(try index("sin"), arity: 1), .constant(1)]))
        #expect(ActivationCandidate.formula(constant, primitives, criteria: ActivationCriteria()) == nil)
    }

    /// Every variant is a whole program of the same primitives.
    @Test func variantsAreWhole() throws {
        let primitives = try PrimitiveSet.activations()
        let refinement = try #require(ActivationRefinement(primitives))
        var random = RandomStream(seed: 9)
        var program = Initialization(depths: 2...4).program(primitives, random: &random)
        for _ in 0..<300 {
            let other = Initialization(depths: 2...3).program(primitives, random: &random)
            let variant = refinement.variant(of: program, mixing: other, &random)
            #expect(Program(nodes: variant.nodes) == variant)
            #expect(variant.formula(primitives).variables == ["x"])
            program = variant.length < 60 ? variant : other
        }
    }
}
