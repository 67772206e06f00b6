import Datasets

/// A network that has learned, with all that using it on new rows takes. A value: model files hold what it holds.
public struct TrainedNetwork: Hashable, Sendable {
    /// Layers, task and accuracy.
    public let configuration: NetworkConfiguration
    /// The names of the features, in the order in which the network takes them.
    public let featureNames: [String]
    /// What brings each feature to the scale that the network was trained with.
    public let standardization: Standardization
    /// What labels the network was trained towards.
    public let target: TargetEncoding
    /// All numbers, BatchNorm's tracked ones included.
    public let weights: NetworkWeights

    /// Puts a network together, as from a model file.
    ///
    /// - Throws: `TrainingError.weights` when the parts do not fit each other.
    public init(
        configuration: NetworkConfiguration, featureNames: [String], standardization: Standardization,
        target: TargetEncoding, weights: NetworkWeights
    ) throws(TrainingError) {
        try configuration.validate()
        try weights.validate(for: configuration, inputCount: featureNames.count)
        guard standardization.means.count == featureNames.count else {
            throw .weights("there are \(featureNames.count) features, but figures to standardise \(standardization.means.count)")
        }
        let fits =
            switch (configuration.task, target.kind) {
            case (.binary, .binary), (.regression, .number): true
            case (.multiclass(let count), .classes(let values)): values.count == count
            default: false
            }
        guard fits else { throw .weights("the labels do not fit the task \(configuration.task.name)") }
        self.configuration = configuration
        self.featureNames = featureNames
        self.standardization = standardization
        self.target = target
        self.weights = weights
    }

    /// How many numbers training changed.
    public var parameterCount: Int { configuration.parameterCount(inputCount: featureNames.count) }
}
