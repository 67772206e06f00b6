/// A node times a literal.
struct Scaled: Sendable {
    let value: NodeID
    let coefficient: Double
}

/// A sum of nodes times literals, as derivatives add up: equal nodes are one summand, and those that cancel are gone.
struct LinearSum: Sendable {
    private(set) var summands: [Scaled] = []

    mutating func add(_ summand: Scaled) {
        guard let place = summands.firstIndex(where: { $0.value == summand.value }) else {
            if summand.coefficient != 0 { summands.append(summand) }
            return
        }
        let coefficient = summands[place].coefficient + summand.coefficient
        if coefficient == 0 {
            summands.remove(at: place)
        } else {
            summands[place] = Scaled(value: summand.value, coefficient: coefficient)
        }
    }

    /// The sum as one node times a literal, or `nil` for an empty sum.
    func scaled(_ rewriter: inout Rewriter) -> Scaled? {
        guard summands.count > 1 else { return summands.first }
        // A factor that all share is taken out; a positive summand goes first, so that no sign has to be changed.
        let magnitude = abs(summands[0].coefficient)
        let isShared = summands.allSatisfy { abs($0.coefficient) == magnitude }
        let first = summands.firstIndex { $0.coefficient > 0 }
        let factor = (isShared ? magnitude : 1) * (first == nil ? -1 : 1)
        var ordered = summands
        ordered.insert(ordered.remove(at: first ?? 0), at: 0)
        var sum: NodeID?
        for summand in ordered {
            let coefficient = summand.coefficient / factor
            guard let before = sum else {
                sum = rewriter.times(summand.value, coefficient)
                continue
            }
            sum =
                coefficient < 0
                ? rewriter.binary(.subtract, before, rewriter.times(summand.value, -coefficient))
                : rewriter.binary(.add, before, rewriter.times(summand.value, coefficient))
        }
        return sum.map { Scaled(value: $0, coefficient: factor) }
    }
}

extension Rewriter {
    /// A node times a literal.
    mutating func times(_ value: NodeID, _ coefficient: Double) -> NodeID {
        binary(.multiply, value, constant(coefficient))
    }

    mutating func times(_ scaled: Scaled) -> NodeID { times(scaled.value, scaled.coefficient) }

    /// A node with the literal factor and the sign at its root split off.
    mutating func scaled(_ id: NodeID) -> Scaled {
        switch builder[id] {
        case .constant(let constant): return Scaled(value: self.constant(1), coefficient: constant.value)
        case .unary(.negate, let a): return Scaled(value: a, coefficient: -1)
        case .binary(.multiply, let a, let b):
            if let coefficient = builder[b].constant { return Scaled(value: a, coefficient: coefficient) }
            if let coefficient = builder[a].constant { return Scaled(value: b, coefficient: coefficient) }
            return Scaled(value: id, coefficient: 1)
        default: return Scaled(value: id, coefficient: 1)
        }
    }
}
