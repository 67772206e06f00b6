/// Features with one label a row.
public struct Dataset: Sendable {
    /// Where the data came from, as errors name it.
    public let source: String
    /// The inputs.
    public let features: Table<Float>
    /// The label column's name.
    public let labelName: String
    /// One label a row, as the file gives it.
    public let labels: [Float]

    /// How many rows there are.
    public var rowCount: Int { labels.count }
    /// How many features a row has.
    public var featureCount: Int { features.columnCount }

    /// Puts features and labels together.
    ///
    /// - Returns: `nil` when there is not one label for each row.
    public init?(source: String, features: Table<Float>, labelName: String, labels: [Float]) {
        guard features.rowCount == labels.count else { return nil }
        self.init(source: source, uncheckedFeatures: features, labelName: labelName, labels: labels)
    }

    init(source: String, uncheckedFeatures features: Table<Float>, labelName: String, labels: [Float]) {
        self.source = source
        self.features = features
        self.labelName = labelName
        self.labels = labels
    }

    /// The labels as what regression is to predict: finite numbers, one a row, as the file gives them.
    public var targets: [Float] { labels }
}
