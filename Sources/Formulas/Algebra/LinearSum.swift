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
        if let quotient = overCommonDivisor(&rewriter) { return quotient }
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

    /// The sum as a quotient, if all summands have a divisor in common: one multiplication by its reciprocal in place of one for
    /// each summand, and rounded once.
    private func overCommonDivisor(_ rewriter: inout Rewriter) -> Scaled? {
        for divisor in rewriter.divisors(of: summands[0].value) {
            var numerators: [NodeID] = []
            for summand in summands {
                guard let numerator = rewriter.numerator(of: summand.value, over: divisor) else { break }
                numerators.append(numerator)
            }
            guard numerators.count == summands.count else { continue }
            var sum = LinearSum()
            for (summand, numerator) in zip(summands, numerators) {
                let scaled = rewriter.scaled(numerator)
                sum.add(Scaled(value: scaled.value, coefficient: scaled.coefficient * summand.coefficient))
            }
            let reciprocal = rewriter.binary(.divide, rewriter.constant(1), divisor)
            return sum.scaled(&rewriter).map {
                Scaled(value: rewriter.binary(.multiply, $0.value, reciprocal), coefficient: $0.coefficient)
            }
        }
        return nil
    }
}

extension Rewriter {
    /// How deep in a product a quotient is looked for: derivatives of products of many factors take no longer for it.
    private static let deepestQuotient = 4

    /// What a node is divided by: itself, if it is a quotient, or factors of it.
    fileprivate func divisors(of id: NodeID, depth: Int = 0) -> [NodeID] {
        switch builder[id] {
        case .binary(.divide, _, let divisor): [divisor]
        case .binary(.multiply, let a, let b) where depth < Self.deepestQuotient:
            divisors(of: a, depth: depth + 1) + divisors(of: b, depth: depth + 1)
        default: []
        }
    }

    /// A node times one of its divisors, `nil` if it is none. A reciprocal is taken out rather than another quotient, which
    /// the formula itself may have.
    fileprivate mutating func numerator(of id: NodeID, over divisor: NodeID) -> NodeID? {
        numerator(of: id, over: divisor, ofReciprocal: true, depth: 0)
            ?? numerator(of: id, over: divisor, ofReciprocal: false, depth: 0)
    }

    private mutating func numerator(of id: NodeID, over divisor: NodeID, ofReciprocal: Bool, depth: Int) -> NodeID? {
        switch builder[id] {
        case .binary(.divide, let numerator, divisor):
            return !ofReciprocal || builder[numerator].constant == 1 ? numerator : nil
        case .binary(.multiply, let a, let b) where depth < Self.deepestQuotient:
            if let rest = numerator(of: a, over: divisor, ofReciprocal: ofReciprocal, depth: depth + 1) {
                return binary(.multiply, rest, b)
            }
            return numerator(of: b, over: divisor, ofReciprocal: ofReciprocal, depth: depth + 1)
                .map { binary(.multiply, a, $0) }
        default: return nil
        }
    }

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
