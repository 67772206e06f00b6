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

    /// The one that was found for a set: it bears the set's name.
    public static func best(for set: ExperimentSet) -> DiscoveredActivation? {
        all.first { $0.name == set.rawValue.replacing("-", with: "_") }
    }
}
