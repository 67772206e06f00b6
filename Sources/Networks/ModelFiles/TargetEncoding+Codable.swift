extension TargetEncoding: Codable {
    /// What labels mean, in a model file: one of the three.
    private struct Description: Codable {
        let label: String
        var positive: Float?
        var classes: [Float]?
        var mean: Double?
        var deviation: Double?
    }

    /// Reads what `encode(to:)` wrote.
    public init(from decoder: any Decoder) throws {
        let description = try Description(from: decoder)
        let kind: Kind
        switch (description.positive, description.classes, description.mean, description.deviation) {
        case (let positive?, nil, nil, nil): kind = .binary(positive: positive)
        case (nil, let classes?, nil, nil) where zip(classes, classes.dropFirst()).allSatisfy(<): kind = .classes(classes)
        case (nil, nil, let mean?, let deviation?) where mean.isFinite && deviation > 0 && deviation.isFinite:
            kind = .number(mean: mean, deviation: deviation)
        default:
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "the target is neither a positive label, nor ascending classes, nor a mean and a deviation")
            )
        }
        self.init(labelName: description.label, kind: kind)
    }

    public func encode(to encoder: any Encoder) throws {
        var description = Description(label: labelName)
        switch kind {
        case .binary(let positive): description.positive = positive
        case .classes(let classes): description.classes = classes
        case .number(let mean, let deviation): (description.mean, description.deviation) = (mean, deviation)
        }
        try description.encode(to: encoder)
    }
}
