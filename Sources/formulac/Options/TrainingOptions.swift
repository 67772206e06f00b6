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
    @Option(help: "Passes over the training rows, at most.")
    var epochs = 15

    @Option(help: "Rows that make one step.")
    var batchSize = 1_024

    @Option(help: "What makes steps of gradients.")
    var optimizer: OptimizerConfiguration.Method = .adam

    @Option(help: "The first epoch's step size.")
    var learningRate = 0.001

    @Option(
        help: ArgumentHelp(
            "How the step size goes on: constant, cosine (down to 0), or step:EPOCHS:FACTOR.", valueName: "schedule"))
    var schedule: LearningRateSchedule = .constant

    @Option(help: ArgumentHelp("What numbers lose of themselves; 0.01 for adamw, else 0.", valueName: "share"))
    var weightDecay: Double?

    @Option(help: "The share of the last step that sgd repeats.")
    var momentum = 0.9

    @Option(help: ArgumentHelp("Shortens gradients of a larger norm to it.", valueName: "norm"))
    var clipGradientNorm: Double?

    @Option(
        help: ArgumentHelp(
            "How much the rows of each class count: equal, balanced, or numbers in the order of the classes.",
            valueName: "weights"))
    var classWeights: ClassWeights = .equal

    @Option(help: ArgumentHelp("Stops after so many epochs without a lower validation loss.", valueName: "epochs"))
    var patience: Int?

    @Option(help: "The share of the training rows that --patience watches.")
    var validationFraction = 0.1

    @Option(name: .customLong("seed"), help: "The seed; may be repeated. Default: 42.")
    var seeds: [UInt64] = []

    /// The seeds asked for, or the usual one.
    var allSeeds: [UInt64] { seeds.isEmpty ? [42] : seeds }

    /// The protocol for one seed.
    func configuration(seed: UInt64, positiveLabel: Float?) -> TrainingConfiguration {
        var configuration = TrainingConfiguration()
        configuration.epochs = epochs
        configuration.batchSize = batchSize
        configuration.learningRate = learningRate
        configuration.schedule = schedule
        configuration.optimizer = OptimizerConfiguration(optimizer, weightDecay: weightDecay, momentum: momentum)
        configuration.largestGradientNorm = clipGradientNorm
        configuration.classWeights = classWeights
        configuration.earlyStopping = patience.map {
            EarlyStopping(patience: $0, validationFraction: validationFraction)
        }
        configuration.seed = seed
        configuration.positiveLabel = positiveLabel
        return configuration
    }
}

extension LearningRateSchedule: ExpressibleByArgument {
    public init?(argument: String) {
        let parts = argument.split(separator: ":")
        switch parts.first {
        case "constant" where parts.count == 1: self = .constant
        case "cosine" where parts.count == 1: self = .cosine
        case "step":
            guard parts.count == 3, let epochs = Int(parts[1]), let factor = Double(parts[2]) else { return nil }
            self = .step(epochs: epochs, factor: factor)
        default: return nil
        }
    }

    public var defaultValueDescription: String { "constant" }
}

extension ClassWeights: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "equal": self = .equal
        case "balanced": self = .balanced
        default:
            let numbers = argument.split(separator: ",").map { Double($0) }
            guard !numbers.isEmpty, let all = numbers as? [Double] else { return nil }
            self = .given(all)
        }
    }

    public var defaultValueDescription: String { "equal" }
}
