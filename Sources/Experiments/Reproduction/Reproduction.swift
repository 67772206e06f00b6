import Datasets
import Foundation
import Kernels
import Networks
import Synchronization

/// The paper, run: discovery on each data set, then every model of its table over the seeds.
public struct Reproduction: Sendable {
    /// What networks are split, initialised, shuffled and dropped by.
    public var seeds: [UInt64] = [42, 43, 44]
    /// How networks are trained; seed and positive class are set for each run.
    public var training = TrainingConfiguration()
    /// How formulas are found.
    public var discovery = FormulaDiscovery()
    /// Formulas tried on sets besides those of the paper: what was found in the first, on the second.
    public var transfers: [Transfer] = []
    /// Formulas that the activation search found before, by the set they are for: one for both hidden layers, or one each.
    public var searched: [ExperimentSet: [String]] = [:]
    /// Formulas of one variable that are tried on every set.
    public var activations: [String] = []
    /// What is left out already, for the result's notes: sets that are not there.
    public var leftOut: [String] = []
    /// How many runs may go on at the same time; no result depends on it.
    public var threadCount = ProcessInfo.processInfo.activeProcessorCount

    /// A formula on its way from one set to another.
    public struct Transfer: Hashable, Sendable {
        /// Where it was found.
        public let source: ExperimentSet
        /// Where it is tried.
        public let target: ExperimentSet

        /// From one set to another.
        public init(from source: ExperimentSet, to target: ExperimentSet) {
            self.source = source
            self.target = target
        }
    }

    /// What a reproduction tells while it runs, from any thread.
    public enum Event: Sendable {
        /// Discovery begins on a set.
        case searching(ExperimentSet)
        /// Discovery has ended on a set.
        case found(FoundFormula)
        /// A network went through an epoch; how many of all epochs are done.
        case epoch(set: ExperimentSet, model: String, seed: UInt64, report: EpochReport, done: Int, total: Int)
        /// Something is left out.
        case note(String)
    }

    /// The paper's protocol.
    public init() {}

    /// The models that a set gets.
    func models(on set: ExperimentSet) -> [ExperimentModel] {
        var models = ExperimentModel.common
        if let source = set.transferSource { models.append(.transfer(from: source, isPublished: true)) }
        for transfer in transfers where transfer.target == set && transfer.source != set.transferSource {
            models.append(.transfer(from: transfer.source, isPublished: false))
        }
        if let formulas = searched[set], let first = formulas.first {
            models.append(.searched(first, last: formulas.dropFirst().first))
        }
        return models + activations.map(ExperimentModel.light)
    }

    /// Runs everything. What cannot be done, a formula that fits no network or training that diverges, is noted in the
    /// result; the rest goes on.
    ///
    /// - Parameter isCancelled: asked often, from any thread; what is finished when it says yes is what comes out.
    public func run(
        _ data: [ExperimentData], cache: KernelCache = .standard, report: @escaping @Sendable (Event) -> Void = { _ in },
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> ReproductionResult {
        // Formulas that the caller gives before any work: a mistyped one is then told at once.
        for text in activations { _ = try Activation(text) }
        var result = ReproductionResult(seeds: seeds, splitSeed: training.splitSeed)
        result.notes = leftOut
        for entry in data { result.rowCounts[entry.set.rawValue] = entry.dataset.rowCount }
        result.shortenedSets = data.filter(\.isShortened).map(\.set)
        for entry in data where !isCancelled() {
            report(.searching(entry.set))
            guard let found = try discovery.run(entry, threadCount: threadCount, cache: cache, isCancelled: isCancelled) else {
                if !isCancelled() { result.note("\(entry.set.title): discovery found no program of finite loss", report) }
                continue
            }
            result.formulas.append(found)
            report(.found(found))
        }
        let plan = data.map { ($0, prepare($0.set, &result, cache: cache, report: report)) }
        let progress = EpochCounter(total: plan.reduce(0) { $0 + $1.1.count } * seeds.count * training.epochs)
        for (entry, models) in plan where !isCancelled() {
            result.models += train(models, on: entry, progress: progress, &result.notes, report: report, isCancelled: isCancelled)
        }
        result.isComplete = !isCancelled()
        return result
    }

    /// A model with its activation and compiled network.
    private struct PreparedModel {
        let model: ExperimentModel
        let trainer: Trainer
    }

    private func prepare(
        _ set: ExperimentSet, _ result: inout ReproductionResult, cache: KernelCache, report: (Event) -> Void
    ) -> [PreparedModel] {
        var prepared: [PreparedModel] = []
        for model in models(on: set) {
            guard let text = activation(of: model, on: set, result.formulas) else {
                result.note("\(set.title): \(model.title) is left out, as there is no formula for it", report)
                continue
            }
            do {
                let activation = try Activation(text)
                let last: Activation? = if let text = model.last { try Activation(text) } else { nil }
                let network: NetworkConfiguration =
                    model.size == .heavy ? .heavy(activation) : .light(activation, last: last)
                prepared.append(PreparedModel(model: model, trainer: try Trainer(network, cache: cache)))
            } catch {
                result.note("\(set.title): \(model.title) is left out: \(error.description)", report)
            }
        }
        return prepared
    }

    private func activation(of model: ExperimentModel, on set: ExperimentSet, _ formulas: [FoundFormula]) -> String? {
        switch model.source {
        case .formula(let text, _): text
        case .discovery(let source): formulas.first { $0.set == source ?? set }?.activation
        }
    }

    private func train(
        _ models: [PreparedModel], on data: ExperimentData, progress: EpochCounter, _ notes: inout [String],
        report: @escaping @Sendable (Event) -> Void, isCancelled: @Sendable () -> Bool
    ) -> [ModelResult] {
        let jobs = models.flatMap { model in
            seeds.map { seed in
                var configuration = training
                configuration.seed = seed
                configuration.positiveLabel = data.positiveLabel
                return (model.model, TrainingJob(trainer: model.trainer, configuration: configuration))
            }
        }
        let names = jobs.map { ($0.0.title, $0.1.configuration.seed) }
        let outcomes = Trainer.trainAll(
            jobs.map(\.1), on: data.dataset, threadCount: threadCount,
            progress: { job, epoch in
                let (title, seed) = names[job]
                report(
                    .epoch(
                        set: data.set, model: title, seed: seed, report: epoch, done: progress.next(), total: progress.total))
            }, isCancelled: isCancelled)
        return models.enumerated().compactMap { index, model in
            let own = outcomes[index * seeds.count..<(index + 1) * seeds.count]
            for (seed, outcome) in zip(seeds, own) {
                guard case .failure(let error) = outcome else { continue }
                if case .cancelled = error { continue }
                let note = "\(data.set.title), \(model.model.title), seed \(seed): \(error.description)"
                notes.append(note)
                report(.note(note))
            }
            let finished = own.compactMap { try? $0.get() }
            guard let first = finished.first else { return nil }
            return ModelResult(
                set: data.set, model: model.model.name, title: model.model.title,
                activation: model.trainer.network.hidden.first?.activation.text ?? "", lastActivation: model.model.last,
                parameterCount: first.parameterCount,
                runs: finished.map(ModelRun.init))
        }
    }
}

extension ReproductionResult {
    fileprivate mutating func note(_ text: String, _ report: (Reproduction.Event) -> Void) {
        notes.append(text)
        report(.note(text))
    }
}

/// Counts epochs from any thread.
private final class EpochCounter: Sendable {
    let total: Int
    private let count = Mutex(0)

    init(total: Int) { self.total = total }

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
