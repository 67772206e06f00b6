import Formulas
import Lanes

/// All expressions of a population as one graph in which equal expressions are one node (hash-consing).
///
/// Operands of commutative functions stand in one order, and functions of constants are constants.
struct ExpressionGraph<Value: LaneFloat> {
    /// One expression. Operands are positions in the graph, before the node's own.
    enum Node {
        case variable(Int)
        case constant(Value)
        case function(Int, operands: Operands)
    }

    /// Up to three operands, the unused ones −1.
    struct Operands: Hashable {
        var first: Int32
        var second: Int32 = -1
        var third: Int32 = -1
        var count: Int { third >= 0 ? 3 : second >= 0 ? 2 : 1 }
        subscript(index: Int) -> Int { Int(index == 0 ? first : index == 1 ? second : third) }
    }

    private enum Key: Hashable {
        case variable(Int32)
        case constant(Value.Bits)
        case function(Int16, Operands)
    }

    private(set) var nodes: [Node] = []
    private var positions: [Key: Int32] = [:]
    private let interpreters: [LaneInterpreter<Value>]
    private let isCommutative: [Bool]

    init(_ primitives: PrimitiveSet, math: MathMode) throws {
        interpreters = try primitives.functions.map {
            try LaneInterpreter<Value>(LaneProgram(expanding: $0.formula, precision: Value.precision, math: math))
        }
        isCommutative = primitives.functions.map(\.isCommutative)
    }

    /// Forgets everything.
    mutating func removeAll() {
        nodes.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
    }

    /// The position of a program's expression, new only if no equal one was there before.
    mutating func insert(_ program: Program) -> Int {
        // From the last node to the first, a function finds its operands on the stack, the first on top.
        var stack: [Int32] = []
        stack.reserveCapacity(program.length)
        for node in program.nodes.reversed() {
            switch node {
            case .variable(let index): stack.append(insert(.variable(index), .variable(Int(index))))
            case .constant(let value): stack.append(insert(constant: Value(value)))
            case .function(let function, let arity):
                var operands = Operands(first: stack.removeLast())
                if arity > 1 { operands.second = stack.removeLast() }
                if arity > 2 { operands.third = stack.removeLast() }
                stack.append(insert(function, operands))
            }
        }
        return Int(stack.last ?? -1)
    }

    private mutating func insert(_ function: Int16, _ given: Operands) -> Int32 {
        var operands = given
        if isCommutative[Int(function)], operands.second < operands.first {
            swap(&operands.first, &operands.second)
        }
        let key = Key.function(function, operands)
        if let known = positions[key] { return known }
        let numbers = (0..<operands.count).compactMap { index -> Value? in
            if case .constant(let value) = nodes[operands[index]] { value } else { nil }
        }
        let position =
            numbers.count == operands.count
            ? insert(constant: interpreters[Int(function)].run(streams: numbers, uniforms: []).first ?? .nan)
            : append(.function(Int(function), operands: operands))
        positions[key] = position
        return position
    }

    private mutating func insert(constant value: Value) -> Int32 {
        insert(.constant(value.laneBits), .constant(value))
    }

    private mutating func insert(_ key: Key, _ node: @autoclosure () -> Node) -> Int32 {
        if let known = positions[key] { return known }
        let position = append(node())
        positions[key] = position
        return position
    }

    private mutating func append(_ node: Node) -> Int32 {
        nodes.append(node)
        return Int32(nodes.count - 1)
    }
}
