/// How gradients change a network's numbers. The formulas are those of `OptimizerRule`.
public struct OptimizerConfiguration: Hashable, Sendable, Codable {
    /// The rule.
    public var method: Method
    /// What each number loses of itself: added to its gradient, or, by AdamW, taken from it directly.
    public var weightDecay: Double
    /// The share of the last step that SGD repeats.
    public var momentum: Double
    /// How slowly Adam's running mean of gradients forgets.
    public var firstDecay = 0.9
    /// How slowly Adam's running mean of squared gradients forgets.
    public var secondDecay = 0.999
    /// What Adam adds to the root of the squares' mean.
    public var epsilon = 1e-8

    /// The rules that there are.
    public enum Method: String, CaseIterable, Hashable, Sendable, Codable {
        /// D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", 2015.
        case adam
        /// I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", 2019.
        case adamW = "adamw"
        /// Stochastic gradient descent with momentum, as PyTorch has it: without dampening.
        case sgd
    }

    /// A rule with its usual figures; AdamW's weight decay is 0.01 unless given, SGD's momentum 0.9.
    public init(_ method: Method = .adam, weightDecay: Double? = nil, momentum: Double = 0.9) {
        self.method = method
        self.weightDecay = weightDecay ?? (method == .adamW ? 0.01 : 0)
        self.momentum = momentum
    }

    func validate() throws(TrainingError) {
        guard weightDecay >= 0, weightDecay.isFinite else {
            throw .setting(name: "weight decay", value: "\(weightDecay)", allowed: "at least 0")
        }
        for (name, value) in [("momentum", momentum), ("first decay", firstDecay), ("second decay", secondDecay)] {
            guard value >= 0, value < 1 else { throw .setting(name: name, value: "\(value)", allowed: "at least 0 and below 1") }
        }
        guard epsilon > 0, epsilon.isFinite else { throw .setting(name: "epsilon", value: "\(epsilon)", allowed: "above 0") }
    }
}
