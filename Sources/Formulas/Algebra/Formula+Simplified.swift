/// How a formula is to be simplified.
public struct SimplificationOptions: Hashable, Sendable {
    /// The type that the formula will be evaluated in: arithmetic on literals rounds as it does.
    public var precision: Precision
    /// Whether rules that may change domain or rounding apply as well.
    public var relaxed: Bool

    /// The options with any of them changed.
    public init(precision: Precision = .float, relaxed: Bool = false) {
        self.precision = precision
        self.relaxed = relaxed
    }
}

extension Formula {
    /// The formula in its simplest form by the rules of `Grammar/Rewrites.rules`: exact and stable ones, and relaxed ones
    /// on request. All outputs are simplified together; simplifying the result again changes nothing.
    ///
    /// The time is proportional to the number of nodes.
    public func simplified(_ options: SimplificationOptions = SimplificationOptions()) -> Formula {
        rewritten(.upTo(options.relaxed ? .relaxed : .stable), precision: options.precision)
    }

    /// The formula rewritten by a set of rules until nothing changes.
    func rewritten(_ rules: RewriteRuleSet, precision: Precision) -> Formula {
        var current = self
        // A pass leaves little to the next; rules that still find something after so many go round in circles.
        for _ in 0..<24 {
            let next = current.rewrittenOnce(rules, precision: precision)
            if next == current { break }
            current = next
        }
        return current.withLeadingCoefficients()
    }

    private func rewrittenOnce(_ rules: RewriteRuleSet, precision: Precision) -> Formula {
        var rewriter = Rewriter(
            variables: variables, parameters: parameters, rules: rules, precision: precision,
            allowance: 1_000 + 32 * nodes.count)
        let useCounts = self.useCounts
        var translated: [NodeID] = []
        translated.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            let id = rewriter.normalForm(node.mappingOperands { translated[$0.index] })
            rewriter.useCounts[id, default: 0] += useCounts[index]
            translated.append(id)
        }
        return rewriter.builder.formula(outputs: outputs.map { translated[$0.index] })
    }

    /// How many operands and outputs each node serves.
    private var useCounts: [Int] {
        var counts = [Int](repeating: 0, count: nodes.count)
        for node in nodes { for operand in node.operands { counts[operand.index] += 1 } }
        for output in outputs { counts[output.index] += 1 }
        return counts
    }

    /// The formula as it is written by hand: `2*x`, not `x*2`.
    private func withLeadingCoefficients() -> Formula {
        var builder = FormulaBuilder(variables: variables, parameters: parameters)
        var translated: [NodeID] = []
        translated.reserveCapacity(nodes.count)
        for node in nodes {
            var mapped = node.mappingOperands { translated[$0.index] }
            if case .binary(.multiply, let a, let b) = mapped, builder[b].constant != nil, builder[a].constant == nil {
                mapped = .binary(.multiply, b, a)
            }
            translated.append(builder.insert(mapped))
        }
        return builder.formula(outputs: outputs.map { translated[$0.index] })
    }
}
