import ArgumentParser
import Datasets
import Formulas
import Networks

/// `formulac train`: networks with formulas as activations, compared on one data set.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Trains a network with each given formula as activation and compares them.",
        discussion: """
            The network is a stack of dense layers, each with BatchNorm, the activation and dropout, then a layer for the \
            task: a sigmoid unit, a softmax over the classes, or a number. It is trained on 80% of the rows and judged by \
            the other 20%. The split, the initial weights, the order of rows and dropout follow the seed alone.

            Examples:
              formulac train --generate physics --activation "relu(x)" --activation "x*cos(x)"
              formulac train --data spambase.data --label last --activation "x*cos(x)" --save spam.safetensors --plot spam.svg
              formulac train --data forest-cover --data-dir data --activation "2*x^2 + x"
              formulac train --data HIGGS.csv.gz --label first --activation "cos(x) - cos(cos(x))" --seed 42 --seed 43
              formulac train --data covtype.data.gz --label last --positive 2 --sample 100000 --activation "2*x^2 + x"
              formulac train --data covtype.data.gz --label last --task multiclass --class-weights balanced --patience 3
              formulac train --generate physics --activation "x*sigmoid(b*x)" --param b=1 --train-param b
              formulac train --generate physics --layer "64:x*cos(x)" --layer "32:relu(x)" --schedule cosine
            """)

    @OptionGroup(title: "Data") var data: DataOptions

    @OptionGroup(title: "Network") var network: NetworkOptions

    @OptionGroup(title: "Training") var training: TrainingOptions

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Runs at a time; as many as cores if left out.", valueName: "count"),
        transform: Number.threads)
    var threads: Int?

    @OptionGroup(title: "Saving") var saving: SavingOptions

    @OptionGroup(title: "Formulas") var options: FormulaOptions

    @Flag(help: "Prints JSON.")
    var json = false

    /// With gradients and the optimiser's memory these take 4 GiB.
    private static let mostParameters = 1 << 28

    func validate() throws {
        if options.type != .float { throw ValidationError("networks are trained in Float: leave out --type") }
        if network.task == .regression {
            try IdleOption.refuse([("--class-weights", training.classWeights != nil)], "needs --task binary or multiclass")
        }
        if network.task != .binary { try IdleOption.refuse([("--positive", data.positive != nil)], "needs --task binary") }
        try OutputName.checkDistinct(outputs: [saving.model, saving.checkpoint, saving.plot], inputs: [data.data])
    }

    func run() throws {
        Interruption.watch()
        let seeds = training.allSeeds
        // Formulas before data: a mistyped one is then told at once.
        _ = try network.networks(options, task: .binary)
        let dataset = try data.dataset(seed: seeds[0])
        let networks = try network.networks(options, task: network.task(for: dataset))
        for named in networks {
            let count = named.network.parameterCount(inputCount: dataset.featureCount)
            guard count <= Self.mostParameters else {
                throw ValidationError(
                    "these layers have \(count) parameters, \(Self.mostParameters) are the most: choose fewer units")
            }
        }
        let positiveLabel = data.positiveLabel
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
}
