/// The place of a node in its graph. Operands always have a smaller index than the node that uses them.
public struct NodeID: Hashable, Comparable, Sendable {
    /// The position in `Formula.nodes`.
    public let index: Int

    /// Names the node at a position.
    public init(_ index: Int) { self.index = index }

    public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// A literal number. Two constants are equal when their bits are, so that 0 and −0 stay apart and NaN equals itself.
public struct Constant: Hashable, Sendable {
    /// The number.
    public let value: Double

    /// Wraps a number. Every NaN becomes the same one.
    public init(_ value: Double) { self.value = value.isNaN ? .nan : value }

    public static func == (left: Constant, right: Constant) -> Bool { left.value.bitPattern == right.value.bitPattern }

    public func hash(into hasher: inout Hasher) { hasher.combine(value.bitPattern) }
}

/// One node of a formula graph.
public enum Node: Hashable, Sendable {
    /// A literal number.
    case constant(Constant)
    /// An input that changes from element to element: an index into `Formula.variables`.
    case variable(Int)
    /// An input that is the same for all elements of a call: an index into `Formula.parameters`.
    case parameter(Int)
    /// An operation of one operand.
    case unary(Operator, NodeID)
    /// An operation of two operands.
    case binary(Operator, NodeID, NodeID)
    /// An operation of three operands.
    case ternary(Operator, NodeID, NodeID, NodeID)

    /// A node for an operation.
    ///
    /// - Returns: `nil` when the number of operands is not the operation's arity.
    public init?(_ operation: Operator, _ operands: [NodeID]) {
        guard operands.count == operation.arity else { return nil }
        switch operands.count {
        case 1: self = .unary(operation, operands[0])
        case 2: self = .binary(operation, operands[0], operands[1])
        default: self = .ternary(operation, operands[0], operands[1], operands[2])
        }
    }

    /// The operation, or `nil` for a leaf.
    public var operation: Operator? {
        switch self {
        case .constant, .variable, .parameter: nil
        case .unary(let operation, _), .binary(let operation, _, _), .ternary(let operation, _, _, _): operation
        }
    }

    /// The operands, none for a leaf.
    public var operands: [NodeID] {
        switch self {
        case .constant, .variable, .parameter: []
        case .unary(_, let a): [a]
        case .binary(_, let a, let b): [a, b]
        case .ternary(_, let a, let b, let c): [a, b, c]
        }
    }

    /// The literal number, or `nil` for anything else.
    public var constant: Double? {
        if case .constant(let constant) = self { constant.value } else { nil }
    }

    /// The same node over other operands.
    public func mappingOperands(_ transform: (NodeID) -> NodeID) -> Node {
        switch self {
        case .constant, .variable, .parameter: self
        case .unary(let operation, let a): .unary(operation, transform(a))
        case .binary(let operation, let a, let b): .binary(operation, transform(a), transform(b))
        case .ternary(let operation, let a, let b, let c):
            .ternary(operation, transform(a), transform(b), transform(c))
        }
    }
}
