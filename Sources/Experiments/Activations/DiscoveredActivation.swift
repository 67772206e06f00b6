import Formulas

/// An activation of `Grammar/Discovered.formula`.
public struct DiscoveredActivation: Hashable, Sendable {
    /// Its name there, such as `forest_cover`.
    public let name: String
    /// The formula.
    public let formula: String
    /// From what it was found, and how the Light network does with it.
    public let provenance: String

    /// All of them, in the file's order.
    public static let all: [DiscoveredActivation] = FunctionLibrary.discovered.map {
        DiscoveredActivation(name: $0.name, formula: $0.definition, provenance: $0.documentation)
    }

    /// What was found for a set: the formula that bears its name, and, if there is one, the last hidden layer's own, which
    /// has `_last` behind the name.
    public static func found(for set: ExperimentSet) -> [DiscoveredActivation] {
        let name = set.rawValue.replacing("-", with: "_")
        return [name, name + "_last"].compactMap { name in all.first { $0.name == name } }
    }
}
