import Datasets
import Discovery
import Formulas
import Networks
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

    @Test func cancellationKeepsWhatWasFound() throws {
        let outcome = try search().run(data, isCancelled: { true })
        #expect(outcome.finalists.isEmpty)
        #expect(!outcome.isComplete)
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
