import Formulas

/// What a search found: a program with its loss and what it is worth as an activation.
public struct DiscoveredFormula: Hashable, Sendable {
    /// The program in prefix form.
    public let program: String
    /// The program as a formula of the data's features.
    public let formula: Formula
    /// The mean loss on the search's rows, or what else the search made small.
    public let fitness: Double
    /// How many nodes the program has.
    public let length: Int
    /// The most functions inside each other.
    public let depth: Int
    /// The formula as an activation.
    public let assessment: ActivationAssessment

    /// Describes a program.
    public init(
        _ program: Program, fitness: Double, primitives: PrimitiveSet, criteria: ActivationCriteria = ActivationCriteria()
    ) {
        self.program = program.text(primitives)
        formula = program.formula(primitives)
        self.fitness = fitness
        length = program.length
        depth = program.depth
        assessment = ActivationAssessment(formula, criteria: criteria)
    }
}
