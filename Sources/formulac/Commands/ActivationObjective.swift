import ArgumentParser
import Datasets
import Experiments
import Formulas

/// What `formulac discover` judges formulas by.
enum DiscoveryObjective: String, CaseIterable, ExpressibleByArgument {
    /// How well they tell the labels.
    case labels
    /// How well a network does with them as its activation.
    case activation
}

/// `formulac discover --objective activation`: formulas judged as what they will be.
struct ActivationObjective {
    let dataset: Dataset
    let positiveLabel: Float?
    /// What differs from the search's defaults.
    let population: Int?
    let generations: Int?
    let threads: Int?
    /// Whether all small formulas are tried first.
    let enumeration: Bool
    /// Whether the last hidden layer may have a formula of its own.
    let byLayer: Bool
    /// Formulas to begin with.
    let starts: [Formula]
    let seed: UInt64

    /// Reads formulas to begin with, and tells those that are not tried as they are given.
    ///
    /// - Throws: where one cannot serve, which the search itself would find out when it has read the data.
    static func starts(_ texts: [String]) throws -> [Formula] {
        try texts.map { text in
            let formula = try Formula(parsing: text, options: ParsingOptions(names: .declared(["x"])))
            let start = try ActivationSearch().start(formula)
            if start.isRounded {
                Console.note(
                    "note: --start \(LeadingMinus.trimmed(text)): tried as \(start.formula.text), "
                        + "its constants rounded to two digits after the point")
            }
            return formula
        }
    }

    func run(json: Bool) throws {
        var search = ActivationSearch()
        search.search.seed = seed
        if let population {
            // The rounds of small changes keep their size beside the generations'.
            search.refinementSize = max(1, search.refinementSize * population / search.search.populationSize)
            search.search.populationSize = population
        }
        if let generations { search.search.generations = generations }
        search.triesSmallPrograms = enumeration
        // Two trials of all small formulas, one for each layer, then small changes.
        if byLayer { search.layerRounds = 2 + search.refinements / 2 }
        if let threads { search.threadCount = threads }
        search.starts = starts
        let progress = ActivationSearchProgress()
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try search.run(
            dataset, positiveLabel: positiveLabel, progress: { progress.report($0) },
            isCancelled: { Interruption.isRequested })
        Console.endProgress()
        guard !outcome.finalists.isEmpty else {
            if !outcome.isComplete { throw CommandFailure(.interrupted, "interrupted before the first generation was judged") }
            throw CommandFailure(.failure, "no formula of the search can serve on these data")
        }
        let report = ActivationSearchReport(
            data: dataset.source, seed: seed, outcome: outcome, seconds: (clock.now - start).milliseconds / 1000)
        try report.print(json: json)
        if !outcome.isComplete { throw CommandFailure(.interrupted, "interrupted: these are the formulas found until then") }
    }
}
