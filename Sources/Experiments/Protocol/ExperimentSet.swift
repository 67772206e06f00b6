import Datasets

/// The data sets of the experiments: the paper's three, and two that are generated in the shape of its first two.
public enum ExperimentSet: String, CaseIterable, Hashable, Sendable, Codable {
    /// Particle collisions, UCI 280.
    case higgs
    /// Forest patches, UCI 31.
    case forestCover = "forest-cover"
    /// Electronic mail, UCI 94.
    case spambase
    /// Generated collisions.
    case physics
    /// Generated forest patches.
    case ecology

    /// The paper's own sets.
    public static let published: [ExperimentSet] = [.higgs, .forestCover, .spambase]
    /// The generated sets.
    public static let generated: [ExperimentSet] = [.physics, .ecology]

    /// How a reader knows it.
    public var title: String {
        switch self {
        case .higgs: "HIGGS"
        case .forestCover: "Forest Cover"
        case .spambase: "Spambase"
        case .physics: "generated physics"
        case .ecology: "generated ecology"
        }
    }

    /// Whose formula the paper tries here besides its own: physics'.
    public var transferSource: ExperimentSet? {
        switch self {
        case .forestCover, .spambase: .higgs
        case .ecology: .physics
        case .higgs, .physics: nil
        }
    }
}

/// A data set that has been read, and which of its labels is the positive class.
public struct ExperimentData: Sendable {
    /// Which set it is.
    public let set: ExperimentSet
    /// The rows that the experiment uses.
    public let dataset: Dataset
    /// The positive class's label; the larger of two if `nil`.
    public let positiveLabel: Float?
    /// Whether rows were left out that the paper takes.
    public let isShortened: Bool

    /// Takes a set's rows.
    public init(_ set: ExperimentSet, dataset: Dataset, positiveLabel: Float?, isShortened: Bool = false) {
        self.isShortened = isShortened
        self.set = set
        self.dataset = dataset
        self.positiveLabel = positiveLabel
    }
}
