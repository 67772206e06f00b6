/// Builds a formula graph node by node, giving equal nodes the same identifier (hash-consing).
///
/// Nothing is simplified here: what is built is what was written.
///
/// ```swift
/// var builder = FormulaBuilder(variables: ["x"])
/// let x = builder.variable(0)
/// let product = builder.binary(.multiply, x, builder.unary(.cos, x))
/// let formula = builder.formula(outputs: [product])
/// ```
public struct FormulaBuilder: Sendable {
    /// The nodes so far, operands before their users.
    public private(set) var nodes: [Node] = []
    /// Names of the variables, in the order of their indices.
    public let variables: [String]
    /// The parameters, in the order of their indices.
    public let parameters: [Parameter]
    private var identifiers: [Node: NodeID] = [:]

    /// An empty graph over the given inputs.
    public init(variables: [String], parameters: [Parameter] = []) {
        self.variables = variables
        self.parameters = parameters
    }

    /// The node with an identifier of this builder.
    public subscript(id: NodeID) -> Node { nodes[id.index] }

    /// The identifier of a node, new only if no equal node was there before. Its operands must be of this builder.
    public mutating func insert(_ node: Node) -> NodeID {
        if let known = identifiers[node] { return known }
        let id = NodeID(nodes.count)
        nodes.append(node)
        identifiers[node] = id
        return id
    }

    /// The identifier of a node, if it was inserted before.
    public func identifier(of node: Node) -> NodeID? { identifiers[node] }

    /// A literal number.
    public mutating func constant(_ value: Double) -> NodeID { insert(.constant(Constant(value))) }
    /// The variable with an index into `variables`.
    public mutating func variable(_ index: Int) -> NodeID { insert(.variable(index)) }
    /// The parameter with an index into `parameters`.
    public mutating func parameter(_ index: Int) -> NodeID { insert(.parameter(index)) }
    /// An operation of one operand.
    public mutating func unary(_ operation: Operator, _ a: NodeID) -> NodeID { insert(.unary(operation, a)) }
    /// An operation of two operands.
    public mutating func binary(_ operation: Operator, _ a: NodeID, _ b: NodeID) -> NodeID {
        insert(.binary(operation, a, b))
    }
    /// An operation of three operands.
    public mutating func ternary(_ operation: Operator, _ a: NodeID, _ b: NodeID, _ c: NodeID) -> NodeID {
        insert(.ternary(operation, a, b, c))
    }

    /// Copies another formula over the same inputs into this builder.
    ///
    /// - Returns: for each node of `formula`, its identifier here.
    public mutating func insert(contentsOf formula: Formula) -> [NodeID] {
        var translated: [NodeID] = []
        translated.reserveCapacity(formula.nodes.count)
        for node in formula.nodes {
            translated.append(insert(node.mappingOperands { translated[$0.index] }))
        }
        return translated
    }

    /// Copies another formula into this builder, nodes of this builder in the place of its variables.
    ///
    /// - Parameter replacements: what stands for each of its variables, in their order.
    /// - Returns: for each node of `formula`, its identifier here.
    public mutating func insert(contentsOf formula: Formula, replacingVariables replacements: [NodeID]) -> [NodeID] {
        var translated: [NodeID] = []
        translated.reserveCapacity(formula.nodes.count)
        for node in formula.nodes {
            if case .variable(let index) = node {
                translated.append(replacements[index])
            } else {
                translated.append(insert(node.mappingOperands { translated[$0.index] }))
            }
        }
        return translated
    }

    /// The finished formula: the nodes that the outputs need, in a canonical order (depth first from the outputs), so
    /// that equal expressions give equal formulas whatever else was built on the way.
    public func formula(outputs: [NodeID]) -> Formula {
        var position = [Int?](repeating: nil, count: nodes.count)
        var kept: [Node] = []
        var stack: [(id: NodeID, operandsDone: Bool)] = outputs.reversed().map { ($0, false) }
        while let (id, operandsDone) = stack.popLast() {
            guard position[id.index] == nil else { continue }
            if operandsDone {
                position[id.index] = kept.count
                kept.append(nodes[id.index].mappingOperands { NodeID(position[$0.index] ?? 0) })
            } else {
                stack.append((id, true))
                for operand in nodes[id.index].operands.reversed() { stack.append((operand, false)) }
            }
        }
        return Formula(
            nodes: kept, outputs: outputs.map { NodeID(position[$0.index] ?? 0) }, variables: variables,
            parameters: parameters)
    }
}
