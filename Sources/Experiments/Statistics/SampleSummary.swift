/// The usual figures of some measured numbers.
public struct SampleSummary: Hashable, Sendable, Codable {
    /// How many numbers there are.
    public let count: Int
    /// Their mean; NaN of none.
    public let mean: Double
    /// The population standard deviation, which divides by the count: what the paper prints behind ±.
    public let populationDeviation: Double
    /// The sample standard deviation, which divides by the count less 1; NaN of fewer than two numbers.
    public let sampleDeviation: Double

    /// Summarises numbers.
    public init(_ values: [Double]) {
        count = values.count
        let mean = values.reduce(0, +) / Double(values.count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        populationDeviation = (squares / Double(values.count)).squareRoot()
        sampleDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : .nan
    }

    /// The interval that holds the true mean with a confidence, by Student's distribution; `nil` of fewer than two numbers.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        guard count > 1 else { return nil }
        let student = StudentDistribution(degreesOfFreedom: count - 1)
        let margin = student.quantile(confidence: confidence) * sampleDeviation / Double(count).squareRoot()
        return ConfidenceInterval(low: mean - margin, high: mean + margin)
    }
}

/// A range that holds a figure with the confidence it was asked for.
public struct ConfidenceInterval: Hashable, Sendable, Codable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// A range.
    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }
}
