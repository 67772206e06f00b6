/// A function's body, ready to be built again and again with other arguments.
struct FunctionTemplate: Sendable {
    enum Entry: Sendable {
        /// What the caller gives for the parameter with this position.
        case argument(Int)
        /// A node of the same arena that no parameter has any influence on.
        case known(NodeID)
        /// A node whose operands are positions in `entries`.
        case node(Node)
    }

    /// The body in topological order; the last entry is the result.
    let entries: [Entry]

    /// Takes the body out of the arena in which it was read.
    ///
    /// - Parameters:
    ///   - parameters: the leaves that stand for the function's parameters.
    ///   - isPortable: whether the template is for other arenas too; the body then has no other leaves with names.
    init(_ body: NodeID, parameters: [NodeID], in arena: ExpressionArena, isPortable: Bool) {
        // What was there before the parameters cannot depend on them.
        let firstDependent = isPortable ? NodeID(0) : parameters.min() ?? body
        let arguments = Dictionary(uniqueKeysWithValues: zip(parameters, parameters.indices))
        var entries: [Entry] = []
        var positions: [NodeID: NodeID] = [:]
        var stack: [(id: NodeID, operandsDone: Bool)] = [(body, false)]
        while let (id, operandsDone) = stack.popLast() {
            guard positions[id] == nil else { continue }
            if let argument = arguments[id] {
                positions[id] = NodeID(entries.count)
                entries.append(.argument(argument))
            } else if id < firstDependent {
                positions[id] = NodeID(entries.count)
                entries.append(.known(id))
            } else if operandsDone {
                let node = arena[id].mappingOperands { positions[$0] ?? $0 }
                positions[id] = NodeID(entries.count)
                entries.append(.node(node))
            } else {
                stack.append((id, true))
                for operand in arena[id].operands.reversed() { stack.append((operand, false)) }
            }
        }
        self.entries = entries
    }
}
