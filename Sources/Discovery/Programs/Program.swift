/// One node of a program.
public enum ProgramNode: Hashable, Sendable {
    /// A function: an index into `PrimitiveSet.functions`, and how many operands follow.
    case function(Int16, arity: UInt8)
    /// A variable: an index into `PrimitiveSet.variableNames`.
    case variable(Int32)
    /// A number.
    case constant(Double)

    /// How many operands follow the node: 0 for a terminal.
    public var arity: Int {
        if case .function(_, let arity) = self { Int(arity) } else { 0 }
    }
}

/// An individual: an expression tree as the list of its nodes in prefix order, the form in which variation cuts and joins it.
///
/// Which functions and variables the indices mean is a `PrimitiveSet`'s to say.
public struct Program: Hashable, Sendable {
    /// The nodes, each function before its operands.
    public private(set) var nodes: [ProgramNode]

    /// Takes nodes in prefix order.
    ///
    /// - Returns: `nil` unless they are one whole tree.
    public init?(nodes: [ProgramNode]) {
        self.init(unchecked: nodes)
        guard !nodes.isEmpty, end(ofSubtreeAt: 0) == nodes.count else { return nil }
    }

    init(unchecked nodes: [ProgramNode]) { self.nodes = nodes }

    /// How many functions and terminals there are.
    public var length: Int { nodes.count }

    /// How many functions there are: what one row costs.
    public var functionCount: Int { nodes.count { $0.arity > 0 } }

    /// The most functions inside each other: 0 for a lone terminal.
    public var depth: Int {
        var deepest = 0
        // The operands still missing at each level.
        var missing: [Int] = []
        for node in nodes {
            if node.arity > 0 {
                missing.append(node.arity)
                deepest = max(deepest, missing.count)
            } else {
                while let last = missing.popLast() {
                    if last > 1 {
                        missing.append(last - 1)
                        break
                    }
                }
            }
        }
        return deepest
    }

    /// The nodes of the subtree that begins at an index.
    public func subtree(at index: Int) -> Range<Int> { index..<end(ofSubtreeAt: index) }

    /// The index after a subtree's last node; beyond the last node if the tree is not whole.
    private func end(ofSubtreeAt index: Int) -> Int {
        var missing = 1
        var end = index
        while missing > 0 {
            guard end < nodes.count else { return nodes.count + 1 }
            missing += nodes[end].arity - 1
            end += 1
        }
        return end
    }

    /// The program with a subtree replaced by nodes that are one whole tree.
    func replacing(_ subtree: Range<Int>, by new: ArraySlice<ProgramNode>) -> Program {
        var result: [ProgramNode] = []
        result.reserveCapacity(nodes.count - subtree.count + new.count)
        result += nodes[..<subtree.lowerBound]
        result += new
        result += nodes[subtree.upperBound...]
        return Program(unchecked: result)
    }

    /// The program with one node replaced by another of the same arity.
    mutating func replaceNode(at index: Int, by node: ProgramNode) { nodes[index] = node }
}
