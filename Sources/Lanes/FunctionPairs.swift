import Formulas

/// Which functions of a formula come in pairs that are computed together for less than one by one.
struct FunctionPairs {
    /// The nodes whose sine and cosine are both wanted.
    let angles: Set<NodeID>
    /// The nodes whose softplus is wanted and its slope, which is the sigmoid.
    let softplusArguments: Set<NodeID>
    /// The nodes whose hyperbolic tangent is wanted and the logistic density of twice the node: 4 times that is its slope.
    let tangents: Set<NodeID>

    init(_ formula: Formula) {
        var arguments: [Operator: Set<NodeID>] = [:]
        for node in formula.nodes {
            if case .unary(let operation, let x) = node { arguments[operation, default: []].insert(x) }
        }
        func both(_ first: Operator, _ second: Operator) -> Set<NodeID> {
            arguments[first, default: []].intersection(arguments[second, default: []])
        }
        angles = both(.sin, .cos)
        softplusArguments = both(.softplus, .sigmoid)
        let halves = arguments[.logisticDensity, default: []].flatMap { twice -> [NodeID] in
            guard case .binary(.multiply, let a, let b) = formula[twice] else { return [] }
            return (formula[a].constant == 2 ? [b] : []) + (formula[b].constant == 2 ? [a] : [])
        }
        tangents = arguments[.tanh, default: []].intersection(halves)
    }
}
