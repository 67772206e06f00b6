/// One hidden layer: dense, then BatchNorm if asked for, the activation, and dropout.
public struct LayerConfiguration: Hashable, Sendable, Codable {
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

    /// Weights and biases, BatchNorm's scale and shift, and the activation's trained parameters.
    func parameterCount(inputCount: Int) -> Int {
        units * (inputCount + 1 + (hasBatchNormalization ? 2 : 0))
            + activation.trainedParameters.count * activation.parameterCount(units: units)
    }

    func validate() throws(TrainingError) {
        guard (1...65_536).contains(units) else {
            throw .setting(name: "hidden layer size", value: "\(units)", allowed: "from 1 to 65536")
        }
        guard dropout >= 0, dropout < 1 else {
            throw .setting(name: "dropout", value: "\(dropout)", allowed: "at least 0 and below 1")
        }
    }
}
