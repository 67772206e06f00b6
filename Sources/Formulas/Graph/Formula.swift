/// An input that is the same for all elements of one call, such as `a` in `x + sin(a*x)^2/a`.
public struct Parameter: Hashable, Sendable {
    /// The name in the text.
    public let name: String
    /// The value used where a call gives none.
    public let value: Double

    /// Declares a parameter.
    public init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}

/// An immutable formula graph: one or more outputs over shared nodes.
///
/// Equal subexpressions are one node, within and across outputs, so a gradient shares everything with its value.
/// Nodes stand in topological order (operands first) and every node serves some output; two formulas built from the
/// same expressions in the same order are therefore equal as values. Walk `nodes` from front to back instead of
/// recursing: depth then costs nothing.
public struct Formula: Hashable, Sendable {
    /// The nodes, operands before their users.
    public let nodes: [Node]
    /// The results, one node each. A text gives one; a gradient one for each input.
    public let outputs: [NodeID]
    /// Names of the inputs that vary from element to element, in the order in which kernels take them.
    public let variables: [String]
    /// The inputs that stay the same for all elements of a call, in the order in which kernels take them.
    public let parameters: [Parameter]

    init(nodes: [Node], outputs: [NodeID], variables: [String], parameters: [Parameter]) {
        self.nodes = nodes
        self.outputs = outputs
        self.variables = variables
        self.parameters = parameters
    }

    /// The node with an identifier of this formula.
    public subscript(id: NodeID) -> Node { nodes[id.index] }
}
