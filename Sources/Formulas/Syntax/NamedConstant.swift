/// The constants that have names.
enum NamedConstant: String, CaseIterable {
    case e, pi, inf, nan

    /// The nearest Double.
    var value: Double {
        switch self {
        case .e: 0x1.5bf0a8b145769p+1
        case .pi: .pi
        case .inf: .infinity
        case .nan: .nan
        }
    }

    /// Whether a variable or parameter that was declared with this name goes before the constant. Infinity and NaN have no
    /// other spelling and stay; an input with their name is written in backticks.
    var yieldsToDeclaredNames: Bool { self == .e || self == .pi }
}
