/// One row of the paper's table: a network and where its activation comes from.
public struct ExperimentModel: Hashable, Sendable {
    /// How large the network is.
    public enum Size: String, Hashable, Sendable, Codable {
        /// 64 and 32 hidden units.
        case light
        /// 200 and 100 hidden units.
        case heavy
    }

    /// Where the activation comes from.
    public enum Source: Hashable, Sendable {
        /// A formula that is known beforehand, and the last hidden layer's own, if it has one.
        case formula(String, last: String? = nil)
        /// What discovery finds in the rows of a set; `nil` is the set that is trained on.
        case discovery(in: ExperimentSet?)
    }

    /// The name in files, such as `light-relu`.
    public let name: String
    /// The name for readers, such as "Light ReLU".
    public let title: String
    /// How large the network is.
    public let size: Size
    /// Where the activation comes from.
    public let source: Source

    /// Describes a model.
    public init(name: String, title: String, size: Size, source: Source) {
        self.name = name
        self.title = title
        self.size = size
        self.source = source
    }

    /// The last hidden layer's own formula, if it has one.
    var last: String? { if case .formula(_, let last) = source { last } else { nil } }

    /// The models that every set gets.
    public static let common: [ExperimentModel] = [
        ExperimentModel(name: "heavy-relu", title: "Heavy ReLU", size: .heavy, source: .formula("relu(x)")),
        ExperimentModel(name: "light-relu", title: "Light ReLU", size: .light, source: .formula("relu(x)")),
        ExperimentModel(name: "light-gelu", title: "Light GELU", size: .light, source: .formula("gelu(x)")),
        ExperimentModel(name: "light-silu", title: "Light SiLU", size: .light, source: .formula("silu(x)")),
        ExperimentModel(
            name: "light-specialist", title: "Light Hybrid (Specialist)", size: .light, source: .discovery(in: nil)),
    ]

    /// A Light network with the formula discovered in another set. `isPublished` is the paper's own transfer, whose name
    /// does not say from where.
    public static func transfer(from set: ExperimentSet, isPublished: Bool) -> ExperimentModel {
        ExperimentModel(
            name: isPublished ? "light-transfer" : "light-transfer-\(set.rawValue)",
            title: isPublished ? "Light Hybrid (Transfer)" : "Light Hybrid (Transfer from \(set.title))", size: .light,
            source: .discovery(in: set))
    }

    /// A Light network with a formula that the activation search found before.
    public static func searched(_ formula: String, last: String? = nil) -> ExperimentModel {
        ExperimentModel(name: "light-searched", title: "Light Searched", size: .light, source: .formula(formula, last: last))
    }

    /// A Light network with a formula that the user names.
    public static func light(_ formula: String) -> ExperimentModel {
        ExperimentModel(name: "light \(formula)", title: "Light \(formula)", size: .light, source: .formula(formula))
    }
}
