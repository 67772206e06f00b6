/// A graph under construction that stays within limits.
///
/// Everything that one text defines lives in one arena: its result, its `let` values and the bodies of its functions.
/// The arena's variables are all leaves that have a name: variables, parameters and the parameters of functions.
struct ExpressionArena {
    /// Which limit was met.
    enum Excess: Error { case nodes, depth, expansion }

    private var builder = FormulaBuilder(variables: [])
    /// How many operations lie between a node and its farthest leaf.
    private var depths: [Int] = []
    private var visits = 0
    private let limits: ParsingLimits

    init(limits: ParsingLimits) { self.limits = limits }

    subscript(id: NodeID) -> Node { builder[id] }

    mutating func insert(_ node: Node) throws(Excess) -> NodeID {
        let id = builder.insert(node)
        guard id.index == depths.count else { return id }
        let operandDepth: Int? =
            switch node {
            case .constant, .variable, .parameter: nil
            case .unary(_, let a): depths[a.index]
            case .binary(_, let a, let b): max(depths[a.index], depths[b.index])
            case .ternary(_, let a, let b, let c): max(depths[a.index], depths[b.index], depths[c.index])
            }
        let depth = operandDepth.map { $0 + 1 } ?? 0
        depths.append(depth)
        if depths.count > limits.nodes { throw .nodes }
        if depth > limits.depth { throw .depth }
        return id
    }

    mutating func insert(_ operation: Operator, _ operands: [NodeID]) throws(Excess) -> NodeID {
        guard let node = Node(operation, operands) else { return operands.first ?? NodeID(0) }
        return try insert(node)
    }

    /// Builds a function's body with the given arguments, one for each of its parameters.
    mutating func insert(_ template: FunctionTemplate, arguments: [NodeID]) throws(Excess) -> NodeID {
        visits += template.entries.count
        if visits > limits.expansion { throw .expansion }
        var built: [NodeID] = []
        built.reserveCapacity(template.entries.count)
        for entry in template.entries {
            switch entry {
            case .argument(let index): built.append(arguments[index])
            case .known(let id): built.append(id)
            case .node(let node): built.append(try insert(node.mappingOperands { built[$0.index] }))
            }
        }
        return built[built.count - 1]
    }

    /// The finished expression in canonical order; its leaves are numbered as here.
    func expression(_ output: NodeID) -> Formula { builder.formula(outputs: [output]) }
}
