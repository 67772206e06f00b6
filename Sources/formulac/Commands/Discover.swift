import ArgumentParser
import Datasets
import Discovery
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac discover`: formulas found in data by genetic programming.
struct Discover: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds formulas in data by genetic programming, and what they are worth as activations.",
        discussion: """
            The search is gplearn's symbolic classifier as the paper runs it: 500 programs of add, sub, mul, sin, cos
            and abs, 5 generations, the log-loss of the sigmoid on a tenth of the rows.

            Every formula is also judged with all its variables replaced by x, as the activation it would be; those that
            cannot serve are listed with the reason.

            Examples:
              formulac discover --generate physics
              formulac discover --data HIGGS.csv.gz --label first
              formulac discover --data forest-cover --data-dir data
              formulac discover --data spambase.data --label last --fraction 1 --seed 43 --json
            """)

    @OptionGroup(title: "Data")
    var data: DataOptions

    @Option(help: "The share of the rows that the search sees, drawn by the seed.")
    var fraction = 0.1

    @Option(help: "Programs in each generation.")
    var population = 500

    @Option(help: "Generations, the initial one included.")
    var generations = 5

    @Option(help: "Decides every random choice.")
    var seed: UInt64 = 42

    @Option(help: ArgumentHelp("Threads that share the work; as many as cores if left out.", valueName: "count"))
    var threads: Int?

    @Option(help: "How accurate elementary functions are: within 2 ULP, or within 8 and faster.")
    var math: MathMode = .accurate

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    }

    func run() throws {
        Interruption.watch()
        let dataset = try self.data.dataset(seed: seed)
        let data = try SearchData.sample(
            dataset, fraction: fraction, positive: self.data.positiveLabel, seed: seed)
        let primitives = try PrimitiveSet.paper(variableCount: data.featureCount)
        let evaluator = try PopulationEvaluator(
            primitives, data: data, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
            options: KernelOptions(math: math), isCancelled: { Interruption.isRequested })
        let search = GenerationalSearch(populationSize: population, generations: generations, seed: seed)
        let progress = SearchProgress(primitives: primitives, generations: generations)
        let clock = ContinuousClock()
        let start = clock.now
        let last = try search.run(
            primitives, fitness: evaluator, progress: { progress.report($0) }, isCancelled: { Interruption.isRequested })
        let seconds = (clock.now - start).milliseconds / 1000
        Console.endProgress()
        guard let last else { throw CommandFailure(.interrupted, "interrupted before the first generation was judged") }
        guard let result = SearchResult(last, primitives: primitives) else {
            throw CommandFailure(.failure, "no program has a finite loss on these data")
        }
        let report = DiscoveryReport(
            dataset: dataset, data: data, search: search, generation: last, result: result, seconds: seconds,
            statistics: evaluator.statistics)
        try report.print(json: json)
        if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted after generation \(last.number)") }
    }
}
