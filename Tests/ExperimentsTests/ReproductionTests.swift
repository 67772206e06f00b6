import Datasets
import Discovery
import Kernels
import Networks
import Synchronization
import Testing

@testable import Experiments

@Suite struct ReproductionTests {
    private var data: [ExperimentData] { ExperimentSet.generated.compactMap { $0.generated(rowCount: 600) } }

    private func reproduction(threads: Int = 2) -> Reproduction {
        var reproduction = Reproduction()
        reproduction.seeds = [1, 2]
        reproduction.training.epochs = 2
        reproduction.training.batchSize = 128
        reproduction.discovery.search.populationSize = 40
        reproduction.discovery.search.generations = 2
        reproduction.discovery.fraction = 0.5
        reproduction.threadCount = threads
        return reproduction
    }

    @Test func threadCountDoesNotMatter() throws {
        let one = try reproduction(threads: 1).run(data, cache: KernelCache())
        let two = try reproduction(threads: 2).run(data, cache: KernelCache())
        #expect(one == two)
        #expect(one.isComplete)
        #expect(one.notes.isEmpty)
        #expect(one.formulas.map(\.set) == [.physics, .ecology])
        #expect(one.model("light-transfer", on: .ecology)?.activation == one.formulas[0].activation)
        #expect(one.model("light-specialist", on: .ecology)?.activation == one.formulas[1].activation)
        #expect(one.models.count == 11)
        #expect(one.models.allSatisfy { $0.runs.map(\.seed) == [1, 2] && $0.runs[0].losses.count == 2 })
        #expect(one.model("light-relu", on: .physics)?.parameterCount == 4_161)
    }

    /// The table's figures are those that training alone gives.
    @Test func figuresAreTheTrainers() throws {
        var reproduction = reproduction()
        reproduction.seeds = [5]
        let result = try reproduction.run(Array(data.prefix(1)), cache: KernelCache())
        var training = reproduction.training
        training.seed = 5
        training.positiveLabel = 1
        let alone = try Trainer(.light(try Activation("gelu(x)"))).train(data[0].dataset, training)
        let run = try #require(result.model("light-gelu", on: .physics)?.runs.first)
        #expect(run == ModelRun(alone))
    }

    @Test func missingSourcesAreNoted() throws {
        var reproduction = reproduction()
        reproduction.transfers = [.init(from: .spambase, to: .ecology)]
        reproduction.activations = ["tanh(x)"]
        let result = try reproduction.run(Array(data.suffix(1)), cache: KernelCache())
        #expect(result.notes.count == 2)
        #expect(result.notes.allSatisfy { $0.contains("Transfer") && $0.contains("left out") })
        #expect(result.model("light tanh(x)", on: .ecology) != nil)
    }

    /// The last hidden layer's own formula is trained with, and told.
    @Test func searchedFormulasMayDifferByLayer() throws {
        var reproduction = reproduction()
        reproduction.searched = [.physics: ["tanh(x)", "relu(x)"]]
        let result = try reproduction.run([data[0]], cache: KernelCache())
        let model = try #require(result.model("light-searched", on: .physics))
        #expect(model.activationTitle == "tanh(x), then relu(x)")
        var training = reproduction.training
        training.seed = try #require(model.runs.first?.seed)
        training.positiveLabel = data[0].positiveLabel
        let network = NetworkConfiguration(hidden: [
            LayerConfiguration(units: 64, activation: try Activation("tanh(x)")),
            LayerConfiguration(units: 32, activation: try Activation("relu(x)")),
        ])
        #expect(try Trainer(network).train(data[0].dataset, training).accuracy == model.runs.first?.accuracy)
    }

    /// A formula that is none costs its own model, not the hours of the others; those that the caller gives are told at once.
    @Test func formulaErrorsAreNoted() throws {
        var reproduction = reproduction()
        reproduction.searched = [.physics: ["x +"], .ecology: ["x", "x*y"]]
        let result = try reproduction.run(data, cache: KernelCache())
        #expect(result.notes.count == 2)
        #expect(result.notes.first?.hasPrefix("generated physics: Light Searched is left out: ") == true, "\(result.notes)")
        #expect(result.notes.last?.hasPrefix("generated ecology: Light Searched is left out: ") == true, "\(result.notes)")
        #expect(result.model("light-searched", on: .physics) == nil)
        #expect(result.models.count == 11)
        #expect(result.isComplete)
        reproduction.activations = ["x +"]
        #expect(throws: TrainingError.self) { try reproduction.run(data, cache: KernelCache()) }
    }

    @Test func cancellationKeepsWhatIsFinished() throws {
        let finished = Mutex(0)
        let result = try reproduction(threads: 1).run(
            data, cache: KernelCache(),
            report: { event in
                if case .epoch(_, _, _, let report, _, _) = event, report.epoch == report.epochCount {
                    finished.withLock { $0 += 1 }
                }
            }, isCancelled: { finished.withLock { $0 } >= 3 })
        #expect(!result.isComplete)
        #expect(result.formulas.count == 2)
        #expect(result.models.flatMap(\.runs).count == 3)
        #expect(result.notes.isEmpty)
    }

    @Test func aFormulaThatDivergesIsNoted() throws {
        var reproduction = reproduction()
        reproduction.activations = ["exp(exp(exp(x)))"]
        let result = try reproduction.run(Array(data.prefix(1)), cache: KernelCache())
        #expect(result.notes.contains { $0.contains("diverged") })
        #expect(result.isComplete)
        #expect(result.model("light-relu", on: .physics)?.runs.count == 2)
    }
}
