import ArgumentParser
import Datasets
import Formulas
import Networks

/// `formulac train`: networks with formulas as activations, compared on one data set.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains a network with each given formula as activation and compares them.",
        discussion: """
            The network is a stack of dense layers, each with BatchNorm, the activation and dropout, then a layer for the
            task: a sigmoid unit, a softmax over the classes, or a number. It is trained on 80% of the rows and judged by
            the other 20%. The split, the initial weights, the order of rows and dropout follow the seed alone.

            Examples:
              formulac train --generate physics --activation "relu(x)" --activation "x*cos(x)"
              formulac train --data spambase.data --label last --activation "x*cos(x)" --save spam.safetensors --plot spam.svg
              formulac train --data HIGGS.csv.gz --label first --activation "cos(x) - cos(cos(x))" --seed 42 --seed 43
              formulac train --data covtype.data.gz --label last --positive 2 --sample 100000 --activation "2*x^2 + x"
              formulac train --data covtype.data.gz --label last --task multiclass --class-weights balanced --patience 3
              formulac train --generate physics --activation "x*sigmoid(b*x)" --param b=1 --train-param b
              formulac train --generate physics --layer "64:x*cos(x)" --layer "32:relu(x)" --schedule cosine
            """)

    @Option(help: ArgumentHelp("The table: CSV or TSV, plain or gzip, or .npy.", valueName: "file"))
    var data: String?

    @Option(help: "Trains on a generated set instead of a file.")
    var generate: SyntheticData?

    @Option(help: ArgumentHelp("Uses the first rows only, or sets how many are generated.", valueName: "count"))
    var rows: Int?

    @Option(help: ArgumentHelp("Uses so many rows, drawn without replacement by the first seed.", valueName: "count"))
    var sample: Int?

    @Option(help: ArgumentHelp("The label's column: first, last, an index from 0, or a name.", valueName: "column"))
    var label: String?

    @Option(help: ArgumentHelp("The label of the positive class; the larger of two if left out.", valueName: "value"))
    var positive: Float?

    @OptionGroup(title: "Network") var network: NetworkOptions

    @OptionGroup(title: "Training") var training: TrainingOptions

    @Option(help: ArgumentHelp("Runs at a time; as many as cores if left out.", valueName: "count"))
    var threads: Int?

    @OptionGroup(title: "Saving") var saving: SavingOptions

    @OptionGroup(title: "Formulas") var options: FormulaOptions

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        if (data == nil) == (generate == nil) {
            throw ValidationError(
                "give either --data FILE or --generate \(SyntheticData.allCases.map(\.rawValue).joined(separator: "|"))")
        }
        if let rows, rows < 1 { throw ValidationError("--rows must be at least 1") }
        if let sample, sample < 1 { throw ValidationError("--sample must be at least 1") }
        if rows != nil, sample != nil { throw ValidationError("give --rows or --sample, not both") }
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
        if options.type != .float { throw ValidationError("networks are trained in Float: leave out --type") }
    }

    func run() throws {
        Interruption.watch()
        let seeds = training.allSeeds
        // Formulas before data: a mistyped one is then told at once.
        _ = try network.networks(options, task: .binary)
        let dataset = try self.dataset(seed: seeds[0])
        let networks = try network.networks(options, task: network.task(for: dataset))
        let positiveLabel = positive ?? generate?.positiveValue
        let jobs = try networks.flatMap { named in
            let trainer = try Trainer(named.network, cache: .standard)
            return seeds.map {
                TrainingJob(trainer: trainer, configuration: training.configuration(seed: $0, positiveLabel: positiveLabel))
            }
        }
        let progress = TrainingProgress(
            labels: networks.flatMap { named in seeds.map { (named.name, $0) } }, epochs: training.epochs)
        let (results, failure) = try saving.train(jobs, on: dataset, threads: threads, progress: progress)
        let runs = zip(progress.labels, results).compactMap { label, result in
            (try? result.get()).map { TrainingSummary.Run(activation: label.activation, result: $0) }
        }
        // What finished is reported even when something else failed or was interrupted.
        let summary = TrainingSummary(data: dataset.source, runs: runs)
        if !runs.isEmpty { try summary.print(json: json) }
        for result in results { _ = try result.get() }
        if let failure { throw failure }
    }

    private func dataset(seed: UInt64) throws -> Dataset {
        if let generate {
            if label != nil { Console.note("note: --label does not apply to generated data") }
            return generate.dataset(rowCount: rows ?? sample ?? 20_000, seed: seed)
        }
        let selection: RowSelection =
            if let rows { .first(rows) } else if let sample { .sample(sample, seed: seed) } else { .all }
        let column = LabelColumn(label ?? "last")
        if label == nil { Console.note("note: the last column is taken for the label (--label changes that)") }
        return try TableReader(path: data ?? "", rows: selection).readDataset(label: column)
    }
}
