/// The floating-point type that a formula is evaluated in.
public enum Precision: String, CaseIterable, Hashable, Sendable {
    /// IEEE 754 binary32, Swift's `Float`.
    case float
    /// IEEE 754 binary64, Swift's `Double`.
    case double

    /// The number as this type holds it, rounded to nearest; every value of either type is a `Double`.
    public func rounded(_ value: Double) -> Double {
        switch self {
        case .float: Double(Float(value))
        case .double: value
        }
    }
}
