import ArgumentParser
import Formulas
import Lanes
import Networks

extension OptimizerConfiguration.Method: ExpressibleByArgument {}
extension Activation.ParameterSharing: ExpressibleByArgument {}

/// What `--task` takes; how many classes there are, the data say.
enum TaskName: String, CaseIterable, ExpressibleByArgument {
    case binary, multiclass, regression
}

/// The options that say how a network is trained.
struct TrainingOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: "Passes over the training rows, at most; 15 if left out.", transform: Number.rounds)
    var epochs = 15

    @Option(parsing: .unconditional, help: "Rows that make one step; 1024 if left out.", transform: Number.batch)
    var batchSize = 1_024

    @Option(help: "What makes steps of gradients.")
    var optimizer: OptimizerConfiguration.Method = .adam

    @Option(parsing: .unconditional, help: "The first epoch's step size; 0.001 if left out.", transform: Number.positive)
    var learningRate = 0.001

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How the step size goes on: constant, cosine (down to 0), or step:EPOCHS:FACTOR; constant if left out.",
            valueName: "schedule"),
        transform: LearningRateSchedule.parse)
    var schedule: LearningRateSchedule = .constant

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("What numbers lose of themselves; 0.01 for adamw, else 0.", valueName: "share"),
        transform: Number.nonnegative)
    var weightDecay: Double?

    @Option(
        parsing: .unconditional, help: "The share of the last step that sgd repeats; 0.9 if left out.", transform: Number.share)
    var momentum: Double?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("Shortens gradients of a larger norm to it.", valueName: "norm"),
        transform: Number.positive)
    var clipGradientNorm: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How much the rows of each class count: equal, balanced, or numbers in the order of the classes; equal if left out.",
            valueName: "weights"), transform: ClassWeights.parse)
    var classWeights: ClassWeights?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Stops after so many epochs without a lower validation loss.", valueName: "epochs"),
        transform: Number.count)
    var patience: Int?

    @Option(
        parsing: .unconditional, help: "The share of the training rows that --patience watches; 0.1 if left out.",
        transform: Number.part)
    var validationFraction: Double?

    @Option(
        name: .customLong("seed"), parsing: .unconditionalSingleValue, help: "The seed; may be repeated. Default: 42.",
        transform: Number.seed)
    var seeds: [UInt64] = []

    func validate() throws {
        if let seed = seeds.firstRepeated {
            throw ValidationError("--seed \(seed) is given twice, for the same run")
        }
        if optimizer != .sgd { try IdleOption.refuse([("--momentum", momentum != nil)], "needs --optimizer sgd") }
        if patience == nil {
            try IdleOption.refuse([("--validation-fraction", validationFraction != nil)], "needs --patience")
        }
    }

    /// The seeds asked for, or the usual one.
    var allSeeds: [UInt64] { seeds.isEmpty ? [42] : seeds }

    /// The protocol for one seed.
    func configuration(seed: UInt64, positiveLabel: Float?) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.epochs = epochs
        configuration.batchSize = batchSize
        configuration.learningRate = learningRate
        configuration.schedule = schedule
        configuration.optimizer = OptimizerConfiguration(optimizer, weightDecay: weightDecay, momentum: momentum ?? 0.9)
        configuration.largestGradientNorm = clipGradientNorm
        configuration.classWeights = classWeights ?? .equal
        configuration.earlyStopping = patience.map {
            EarlyStopping(patience: $0, validationFraction: validationFraction ?? 0.1)
        }
        configuration.seed = seed
        configuration.positiveLabel = positiveLabel
        return configuration
    }
}

extension LearningRateSchedule {
    /// `constant`, `cosine` or `step:EPOCHS:FACTOR`.
    @Sendable
    fileprivate static func parse(_ text: String) throws -> Self {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("constant", 1): return .constant
        case ("cosine", 1): return .cosine
        case ("step", 3):
            guard let epochs = Int(parts[1]), epochs >= 1, let factor = Double(parts[2]), factor > 0, factor <= 1 else {
                throw ValidationError("a step has epochs of at least 1 and a factor above 0 and at most 1, such as step:5:0.5")
            }
            return .step(epochs: epochs, factor: factor)
        default: throw ValidationError("constant, cosine or step:EPOCHS:FACTOR is wanted, such as step:5:0.5")
        }
    }
}

extension ClassWeights {
    /// `equal`, `balanced` or a number for each class.
    @Sendable
    fileprivate static func parse(_ text: String) throws -> Self {
        switch text {
        case "equal": return .equal
        case "balanced": return .balanced
        default:
            guard let weights = try? Number.list(of: Number.nonnegative, example: "")(text), weights.contains(where: { $0 > 0 })
            else {
                throw ValidationError(
                    "equal, balanced, or a number of at least 0 for each class is wanted, one of them above 0, such as 1,2.5")
            }
            return .given(weights)
        }
    }
}
