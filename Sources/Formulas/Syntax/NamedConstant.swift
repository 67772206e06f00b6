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
}
