import Datasets

/// How parents become offspring: the probability of each operator. What is left of 1 is reproduction, a plain copy.
public struct Variation: Hashable, Sendable {
    /// The probability of crossover.
    public var crossover: Double
    /// The probability of subtree mutation.
    public var subtreeMutation: Double
    /// The probability of hoist mutation.
    public var hoistMutation: Double
    /// The probability of point mutation.
    public var pointMutation: Double
    /// The probability with which point mutation replaces a node.
    public var pointReplacement: Double
    /// How new material is made.
    public var initialization: Initialization

    /// gplearn's defaults.
    public init(
        crossover: Double = 0.9, subtreeMutation: Double = 0.01, hoistMutation: Double = 0.01, pointMutation: Double = 0.01,
        pointReplacement: Double = 0.05, initialization: Initialization = Initialization()
    ) {
        self.crossover = crossover
        self.subtreeMutation = subtreeMutation
        self.hoistMutation = hoistMutation
        self.pointMutation = pointMutation
        self.pointReplacement = pointReplacement
        self.initialization = initialization
    }

    /// One offspring. `parent` is asked for the parent and, for crossover, a second time for the donor; the draws come in
    /// gplearn's order.
    public func offspring(
        _ primitives: PrimitiveSet, random: inout RandomStream, parent: (inout RandomStream) -> Program
    ) -> Program {
        let choice = random.uniformDouble()
        let first = parent(&random)
        var bound = crossover
        if choice < bound { return first.crossover(with: parent(&random), &random) }
        bound += subtreeMutation
        if choice < bound { return first.subtreeMutation(primitives, initialization, &random) }
        bound += hoistMutation
        if choice < bound { return first.hoistMutation(&random) }
        bound += pointMutation
        if choice < bound { return first.pointMutation(primitives, probability: pointReplacement, &random) }
        return first
    }

    /// - Throws: `DiscoveryError.setting` where probabilities are none or together exceed 1.
    func validate() throws(DiscoveryError) {
        let rates = [crossover, subtreeMutation, hoistMutation, pointMutation]
        let sum = rates.reduce(0, +)
        guard rates.allSatisfy({ $0 >= 0 }), sum <= 1 + 1e-12 else {
            throw .setting(name: "the sum of the operators' probabilities", value: "\(sum)", allowed: "at most 1")
        }
        guard (0...1).contains(pointReplacement) else {
            throw .setting(name: "the probability of point replacement", value: "\(pointReplacement)", allowed: "0 to 1")
        }
        guard initialization.depths.lowerBound >= 1, initialization.depths.upperBound <= 30 else {
            throw .setting(name: "the initial depth", value: "\(initialization.depths)", allowed: "within 1 to 30")
        }
    }
}
