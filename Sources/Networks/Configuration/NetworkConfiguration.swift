import Lanes

/// A stack of hidden layers, and a dense output layer that fits the task.
public struct NetworkConfiguration: Hashable, Sendable, Codable {
    /// The hidden layers, from the input on. There may be none.
    public var hidden: [LayerConfiguration]
    /// What the network learns.
    public var task: LearningTask
    /// How accurately the kernels compute elementary functions.
    public var math: MathMode

    /// A stack of any layers.
    public init(hidden: [LayerConfiguration], task: LearningTask = .binary, math: MathMode = .accurate) {
        self.hidden = hidden
        self.task = task
        self.math = math
    }

    /// Equal layers but for their size.
    public init(
        units: [Int], activation: Activation, dropout: Double = 0.3, task: LearningTask = .binary,
        math: MathMode = .accurate
    ) {
        self.init(
            hidden: units.map { LayerConfiguration(units: $0, activation: activation, dropout: dropout) }, task: task,
            math: math)
    }

    /// The paper's Light network: 64 and 32 units.
    ///
    /// - Parameter last: the last hidden layer's own activation, if it has one.
    public static func light(_ activation: Activation, last: Activation? = nil, task: LearningTask = .binary) -> Self {
        var network = Self(units: [64, 32], activation: activation, task: task)
        if let last { network.hidden[1].activation = last }
        return network
    }

    /// The paper's Heavy network: 200 and 100 units.
    public static func heavy(_ activation: Activation, task: LearningTask = .binary) -> Self {
        Self(units: [200, 100], activation: activation, task: task)
    }

    /// All numbers that training changes, BatchNorm's and activations' among them.
    public func parameterCount(inputCount: Int) -> Int {
        var count = 0
        var width = inputCount
        for layer in hidden {
            count += layer.parameterCount(inputCount: width)
            width = layer.units
        }
        return count + task.outputCount * (width + 1)
    }

    /// Whether some layer needs batches of at least two rows.
    var hasBatchNormalization: Bool { hidden.contains(where: \.hasBatchNormalization) }

    func validate() throws(TrainingError) {
        for layer in hidden { try layer.validate() }
        try task.validate()
    }
}
