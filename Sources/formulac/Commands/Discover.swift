import ArgumentParser
import Datasets
import Discovery
import Experiments
import Foundation
import Kernels

/// `formulac discover`: formulas found in data by genetic programming.
struct Discover: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds formulas in data by genetic programming, and what they are worth as activations.",
        discussion: """
            The preset `paper` is gplearn's symbolic classifier as the paper runs it: 500 programs of add, sub, mul, sin, cos \
            and abs, 5 generations, the log-loss of the sigmoid on a tenth of the rows. The preset `modern` searches on \
            several islands for formulas that are both good and short, tunes their constants, and takes any functions of \
            the language.

            Formulas are of the table's columns brought to mean 0 and deviation 1: X0 is (first - mean)/deviation. The label of \
            a regression is brought there too. The best formula is also given of the table's own columns, and with --json \
            every one (`columnFormula`), with all means and deviations (`inputs`, `label`).

            Every formula is also judged with all its variables replaced by x, as the activation it would be; those that \
            cannot serve are listed with the reason. Ctrl-C ends a search with what it has found.

            With --objective activation formulas of one variable are judged by trainings of the Light network with them, \
            short ones first, longer ones for the better (all formulas of up to two functions in a row or three in a pair, \
            200 programs in 6 generations, then small changes to the best). Rows are drawn, and test rows set aside, by seed \
            42 whatever --seed: as `reproduce` draws them, and as its `--split-seed 42` sets them aside.

            Examples:
              formulac discover --generate physics
              formulac discover --data HIGGS.csv.gz --label first
              formulac discover --data forest-cover --data-dir data
              formulac discover --data spambase.data --label last --preset modern --seconds 10 --plot front.svg
              formulac discover --data covtype.data.gz --label last --task multiclass --preset modern --rows 50000
              formulac discover --data spambase --data-dir data --objective activation
            """)

    @OptionGroup(title: "Data")
    var data: DataOptions

    @Option(help: "What formulas are judged by: the labels that they tell, or what they are worth as activations.")
    var objective = DiscoveryObjective.labels

    @OptionGroup var search: SearchOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Threads that share the work; as many as cores if left out.", valueName: "count"),
        transform: Number.threads)
    var threads: Int?

    @Option(help: ArgumentHelp("Draws the formulas that none beats in both length and loss.", valueName: "file.svg"))
    var plot: String?

    @Option(help: ArgumentHelp("Writes loss, length, depth and text of all programs found.", valueName: "file.csv"))
    var populationOut: String?

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        if let plot { try OutputName.checkPicture(plot) }
        if let populationOut { try OutputName.checkText(populationOut) }
        if objective == .activation {
            try IdleOption.refuse(
                [
                    ("--plot", plot != nil), ("--population-out", populationOut != nil),
                    ("--checkpoint", search.checkpoint != nil), ("--task", search.task != .binary),
                    ("--preset", search.preset != .paper), ("--fraction", search.fraction != nil),
                    ("--functions", !search.functions.isEmpty), ("--math", search.math != .accurate),
                ], "needs --objective labels")
        } else {
            try IdleOption.refuse(
                [("--no-enumeration", !search.enumeration), ("--by-layer", search.byLayer)], "needs --objective activation")
            if search.preset == .paper {
                try IdleOption.refuse([("--start", !search.starts.isEmpty)], "needs --preset modern or --objective activation")
            }
        }
        try OutputName.checkDistinct(outputs: [plot, populationOut, search.checkpoint], inputs: [data.data])
        if search.task != .binary, data.positive != nil { throw ValidationError("--positive needs --task binary") }
    }

    func run() throws {
        Interruption.watch()
        try OutputName.checkWritable([plot, populationOut, search.task == .multiclass ? nil : search.checkpoint])
        let starts = objective == .activation ? try ActivationObjective.starts(search.starts) : []
        // `reproduce` works on the rows of this seed: were others drawn here, some of those that it tests on in the split that
        // the activation search sets aside would be among those that the search sees.
        let dataset = try data.dataset(seed: objective == .activation ? ExperimentSet.rowSeed : search.seed)
        if objective == .activation {
            return try ActivationObjective(
                dataset: dataset, positiveLabel: data.positiveLabel, population: search.population,
                generations: search.generations, threads: threads, enumeration: search.enumeration,
                byLayer: search.byLayer, starts: starts, seed: search.seed
            ).run(json: json)
        }
        let problems: [SearchProblem] =
            switch search.task {
            case .binary: [try .binary(dataset, positive: data.positiveLabel)]
            case .multiclass: try SearchProblem.oneAgainstRest(dataset)
            case .regression: [try .regression(dataset)]
            }
        var outcomes: [SearchRun.Outcome] = []
        var keepers: [CheckpointKeeper] = []
        for problem in problems where !Interruption.isRequested {
            let name = problems.count > 1 ? problem.name : nil
            let keeper = search.checkpoint.map { path in CheckpointKeeper(path: name.map { "\(path).\($0)" } ?? path) }
            if let keeper { keepers.append(keeper) }
            let run = SearchRun(
                options: search, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, problem: problem,
                checkpoint: keeper)
            if let outcome = try run.run(on: dataset, className: name) { outcomes.append(outcome) }
        }
        let reports = outcomes.map(\.report)
        guard !reports.isEmpty else {
            throw CommandFailure(.interrupted, "interrupted before the first generation was judged")
        }
        // Printed first, so that a file that cannot be written does not lose what was found.
        let isList = search.task == .multiclass
        // Without some class's formula the others' values do not say which class a row is of.
        let joint =
            isList && outcomes.count == problems.count
            ? JointFigures(scores: outcomes.map(\.heldOutScores), labels: outcomes.map(\.heldOutLabels)) : nil
        try reports.print(json: json, isList: isList, isComplete: outcomes.count == problems.count, joint: joint)
        if let plot { try AtomicFile.write(PlotFigure(reports.frontPlot).svg, to: plot) }
        if let populationOut { try AtomicFile.write(reports.map(\.populationTable).joined(), to: populationOut) }
        if let failed = keepers.first(where: { $0.failure != nil }), let failure = failed.failure {
            throw CommandFailure(
                .failure, "\(failure.description.withoutStop); what was found is above, but cannot be gone on from")
        }
        if Interruption.isRequested { throw CommandFailure(.interrupted, "interrupted; what was found so far is above") }
    }
}
