/// One order for the operands of a commutative operation, so that `a*b` and `b*a` are one node.
///
/// Literals stand to the right; otherwise the operand that is less high comes first, and among equally high ones a
/// fingerprint decides. The order depends on the expressions alone, not on the graph they stand in.
enum CanonicalOrder {
    /// The node with its operands in order, as far as rules of a class may exchange them.
    static func ordered(_ node: Node, including kind: RewriteClass, nodes: [Node], facts: [NodeFacts]) -> Node {
        guard case .binary(let operation, let a, let b) = node, operation.isExchangeable(in: kind), a != b,
            isBefore(b, a, nodes, facts)
        else { return node }
        return .binary(operation, b, a)
    }

    private static func isBefore(_ a: NodeID, _ b: NodeID, _ nodes: [Node], _ facts: [NodeFacts]) -> Bool {
        let (kindA, kindB) = (kind(nodes[a.index]), kind(nodes[b.index]))
        let (factsA, factsB) = (facts[a.index], facts[b.index])
        // Literals go last whatever their height.
        if (kindA == .max) != (kindB == .max) { return kindB == .max }
        if factsA.height != factsB.height { return factsA.height < factsB.height }
        return kindA != kindB ? kindA < kindB : factsA.fingerprint < factsB.fingerprint
    }

    private static func kind(_ node: Node) -> UInt64 {
        switch node {
        case .variable: 0
        case .parameter: 1
        case .unary(let operation, _), .binary(let operation, _, _), .ternary(let operation, _, _, _): 2 + operation.rank
        case .constant: .max
        }
    }
}
