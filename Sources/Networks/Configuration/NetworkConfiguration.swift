import Lanes

/// One hidden layer: dense, then BatchNorm if asked for, the activation, and dropout.
public struct LayerConfiguration: Hashable, Sendable {
    /// How many units it has.
    public var units: Int
    /// The function that each unit's sum passes through.
    public var activation: Activation
    /// Whether sums are normalised over the batch before the activation.
    public var hasBatchNormalization: Bool
    /// The probability that a unit's output is left out in training.
    public var dropout: Double

    /// Describes a layer.
    public init(units: Int, activation: Activation, hasBatchNormalization: Bool = true, dropout: Double = 0.3) {
        self.units = units
        self.activation = activation
        self.hasBatchNormalization = hasBatchNormalization
        self.dropout = dropout
    }

    /// Weights and biases, and BatchNorm's scale and shift.
    func parameterCount(inputCount: Int) -> Int { units * (inputCount + 1 + (hasBatchNormalization ? 2 : 0)) }
}

/// A stack of hidden layers, and one dense unit at its end whose sigmoid is the probability of the positive class.
public struct NetworkConfiguration: Hashable, Sendable {
    /// The hidden layers, from the input on. There may be none.
    public var hidden: [LayerConfiguration]
    /// How accurately the kernels compute elementary functions.
    public var math: MathMode

    /// A stack of any layers.
    public init(hidden: [LayerConfiguration], math: MathMode = .accurate) {
        self.hidden = hidden
        self.math = math
    }

    /// Equal layers but for their size.
    public init(units: [Int], activation: Activation, dropout: Double = 0.3, math: MathMode = .accurate) {
        self.math = math
        hidden = units.map { LayerConfiguration(units: $0, activation: activation, dropout: dropout) }
    }

    /// The paper's Light network: 64 and 32 units.
    public static func light(_ activation: Activation) -> Self { Self(units: [64, 32], activation: activation) }

    /// The paper's Heavy network: 200 and 100 units.
    public static func heavy(_ activation: Activation) -> Self { Self(units: [200, 100], activation: activation) }

    /// All numbers that training changes, BatchNorm's among them.
    public func parameterCount(inputCount: Int) -> Int {
        var count = 0
        var width = inputCount
        for layer in hidden {
            count += layer.parameterCount(inputCount: width)
            width = layer.units
        }
        return count + width + 1
    }

    func validate() throws(TrainingError) {
        for layer in hidden {
            guard (1...65_536).contains(layer.units) else {
                throw .setting(name: "hidden layer size", value: "\(layer.units)", allowed: "from 1 to 65536")
            }
            guard layer.dropout >= 0, layer.dropout < 1 else {
                throw .setting(name: "dropout", value: "\(layer.dropout)", allowed: "at least 0 and below 1")
            }
        }
    }
}
