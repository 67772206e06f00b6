extension ClassWeights: Codable {
    /// Reads what `encode(to:)` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let weights = try? container.decode([Double].self) {
            self = .given(weights)
            return
        }
        switch try container.decode(String.self) {
        case "equal": self = .equal
        case "balanced": self = .balanced
        case let other:
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "there are no class weights '\(other)'")
        }
    }

    /// Writes `"equal"`, `"balanced"` or the weights.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .equal: try container.encode("equal")
        case .balanced: try container.encode("balanced")
        case .given(let weights): try container.encode(weights)
        }
    }
}
