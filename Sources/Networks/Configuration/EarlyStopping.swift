/// Ends training when rows that are not learned from stop getting better, and takes back the best weights.
public struct EarlyStopping: Hashable, Sendable, Codable {
    /// How many epochs may pass without a new lowest validation loss.
    public var patience: Int
    /// The share of the training rows that is set aside to judge by.
    public var validationFraction: Double
    /// By how much a loss must be lower to count.
    public var minimumImprovement: Double

    /// Stops after some epochs without improvement.
    public init(patience: Int = 5, validationFraction: Double = 0.1, minimumImprovement: Double = 0) {
        self.patience = patience
        self.validationFraction = validationFraction
        self.minimumImprovement = minimumImprovement
    }

    func validate() throws(TrainingError) {
        guard patience >= 1 else { throw .setting(name: "patience", value: "\(patience)", allowed: "at least 1") }
        guard validationFraction > 0, validationFraction < 1 else {
            throw .setting(name: "validation fraction", value: "\(validationFraction)", allowed: "above 0 and below 1")
        }
        guard minimumImprovement >= 0, minimumImprovement.isFinite else {
            throw .setting(name: "minimum improvement", value: "\(minimumImprovement)", allowed: "at least 0")
        }
    }
}
