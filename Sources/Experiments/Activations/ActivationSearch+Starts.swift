import Discovery
import Formulas

extension ActivationSearch {
    /// What is tried of a formula that a search is to begin with.
    public struct Start: Hashable, Sendable {
        /// The formula as it is measured.
        public let formula: Formula
        /// Whether its constants are not those that were given: all candidates' are rounded to two digits after the point.
        public let isRounded: Bool
        let program: Program
    }

    /// Looks at a formula that a search is to begin with.
    ///
    /// - Throws: `DiscoveryError` where it cannot be expressed by the search's functions, or cannot serve as an activation.
    public func start(_ formula: Formula) throws -> Start {
        let primitives = try primitives ?? .activations()
        let program = try Program(expressing: formula, by: primitives)
        let readable = ActivationCandidate.readable(program, primitives)
        let isRounded = readable != ActivationCandidate.readable(program, primitives, digits: 12)
        let assessment = ActivationAssessment(readable, criteria: criteria)
        guard assessment.isUsable, let activation = assessment.activation else {
            throw DiscoveryError.unusable(
                formula: String(formula.text.prefix(200)), rounded: isRounded ? String(readable.text.prefix(200)) : nil,
                reasons: assessment.reasons)
        }
        return Start(formula: activation, isRounded: isRounded, program: program)
    }
}
