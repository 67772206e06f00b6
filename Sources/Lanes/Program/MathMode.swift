/// How accurately elementary functions are expanded. Special values are the same in every mode.
public enum MathMode: String, CaseIterable, Codable, Hashable, Sendable {
    /// Within 2 units in the last place.
    case accurate
    /// Within 8 units in the last place, by shorter polynomials and without steps that only regain lost digits.
    case fast

    /// The largest error of an elementary function, in units in the last place.
    public var promisedUlps: Double {
        switch self {
        case .accurate: 2
        case .fast: 8
        }
    }
}
