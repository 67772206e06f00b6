/// How much a rewrite rule may change.
public enum RewriteClass: String, CaseIterable, Comparable, Hashable, Sendable {
    /// The same floating-point result for every input: NaN, infinities and signed zeros included.
    case exact
    /// The same real function on the same domain, never less accurate. The sign of a zero result may differ.
    case stable
    /// The same real values where both sides are defined; domain and rounding may change.
    case relaxed

    public static func < (left: RewriteClass, right: RewriteClass) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .exact: 0
        case .stable: 1
        case .relaxed: 2
        }
    }
}

/// One line of `Grammar/Rewrites.rules`: wherever the pattern stands, the replacement may stand.
public struct RewriteRule: Sendable {
    /// The name by which tests and reports refer to the rule.
    public let name: String
    /// What the rule promises.
    public let kind: RewriteClass
    /// What is looked for. Its variables stand for any expression, the same one at every occurrence.
    public let pattern: Formula
    /// What is put in its place, over variables of the pattern.
    public let replacement: Formula
    /// What must hold besides.
    public let conditions: [RewriteCondition]
}

/// A condition on what a rule's variables stand for, such as `c is power of two`.
public struct RewriteCondition: Sendable {
    /// What can be asked.
    public enum Property: String, CaseIterable, Hashable, Sendable {
        /// A literal number.
        case constant
        /// A literal number other than NaN and the infinities.
        case finite
        /// A literal above 0.
        case positive
        /// A literal below 0, or −0.
        case negative
        /// An expression that is never below 0 (it may be NaN), by `NodeFacts`.
        case nonnegative
        /// A literal integer whose power is a multiplication chain, see `IntegerPower`.
        case smallInteger = "small integer"
        /// A small integer divisible by 2.
        case evenInteger = "even integer"
        /// A small integer not divisible by 2.
        case oddInteger = "odd integer"
        /// ± a power of 2 whose reciprocal is one as well, both normal in the target type.
        case powerOfTwo = "power of two"
        /// One operation on literals that the target type does without rounding.
        case exact
        /// An expression of literals whose value is a normal number of the target type.
        case normal
        /// An expression that is always 1 or 0.
        case condition
        /// An expression that nothing else in the formula uses.
        case usedOnce = "used once"
    }

    /// The expression asked about, over variables of the pattern.
    public let subject: Formula
    /// What is asked of it.
    public let property: Property
    /// Whether the answer must be no.
    public let isNegated: Bool
}

/// Why a rule or derivative of the grammar files cannot be used: a fault of those files, never of a formula.
public struct GrammarError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line as written.
    public let line: String
    /// What is wrong with it.
    public let reason: String

    /// The reason, then the line.
    public var description: String { "\(reason): \(line)" }
}
