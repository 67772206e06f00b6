import Formulas

/// Which functions of a formula come in pairs that are computed together for less than one by one.
struct FunctionPairs {
    /// The nodes whose sine and cosine are both wanted.
    let angles: Set<NodeID>
    /// Nodes whose logistic density is wanted, and of each the half, whose hyperbolic tangent is wanted as well: 4 times
    /// the density is the slope of that tangent.
    let halves: [NodeID: NodeID]

    init(_ formula: Formula) {
        var (sines, cosines, tangents, densities) = (Set<NodeID>(), Set<NodeID>(), Set<NodeID>(), Set<NodeID>())
        for node in formula.nodes {
            switch node {
            case .unary(.sin, let x): sines.insert(x)
            case .unary(.cos, let x): cosines.insert(x)
            case .unary(.tanh, let x): tangents.insert(x)
            case .unary(.logisticDensity, let x): densities.insert(x)
            default: break
            }
        }
        angles = sines.intersection(cosines)
        var halves: [NodeID: NodeID] = [:]
        for density in densities {
            guard case .binary(.multiply, let a, let b) = formula[density] else { continue }
            for (factor, half) in [(a, b), (b, a)] where formula[factor].constant == 2 && tangents.contains(half) {
                halves[density] = half
            }
        }
        self.halves = halves
    }
}
