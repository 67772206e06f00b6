/// A pattern made ready for matching: a straight list of checks without backtracking. A pattern with commutative
/// operations becomes one list for each arrangement of their operands.
struct RewritePattern: Sendable {
    private enum Step {
        /// The node in a register must be this operation; its operands go to the next registers.
        case operation(register: Int, Operator)
        /// The node in a register must be this literal, bit for bit.
        case constant(register: Int, UInt64)
        /// The node in a register is what the variable stands for.
        case bind(register: Int, variable: Int)
        /// The node in a register must be what the variable stands for already.
        case same(register: Int, variable: Int)
    }

    private let steps: [Step]

    /// Every arrangement of a rule's pattern.
    ///
    /// The graph matched against has its literals to the right, see `CanonicalOrder`, so that arrangements with a literal on
    /// the left are left out.
    static func arrangements(of rule: RewriteRule) -> [RewritePattern] {
        let pattern = rule.pattern
        let constants = rule.conditions.filter { !$0.isNegated && $0.property.impliesConstant }
            .compactMap { condition -> Node? in
                guard condition.subject.nodes.count == 1, let name = condition.subject.variables.first else { return nil }
                return pattern.variables.firstIndex(of: name).map { .variable($0) }
            }
        func isConstant(_ id: NodeID) -> Bool { pattern[id].constant != nil || constants.contains(pattern[id]) }
        let exchangeable = pattern.nodes.indices.filter { index in
            guard case .binary(let operation, let a, let b) = pattern.nodes[index], a != b else { return false }
            return operation.isExchangeable(in: rule.kind) && !isConstant(a) && !isConstant(b)
        }
        let misplaced = pattern.nodes.indices.filter { index in
            guard case .binary(let operation, let a, let b) = pattern.nodes[index] else { return false }
            return operation.isExchangeable(in: rule.kind) && isConstant(a) && !isConstant(b)
        }
        return (0..<1 << exchangeable.count).map { arrangement in
            var exchanged = Set(misplaced)
            for (bit, index) in exchangeable.enumerated() where arrangement >> bit & 1 == 1 { exchanged.insert(index) }
            return RewritePattern(pattern, exchanged: exchanged)
        }
    }

    private init(_ pattern: Formula, exchanged: Set<Int>) {
        var steps: [Step] = []
        var bound: Set<Int> = []
        // Nodes in the order of their registers; the root's operands are the first.
        func operands(_ id: NodeID) -> [NodeID] {
            exchanged.contains(id.index) ? pattern[id].operands.reversed() : pattern[id].operands
        }
        var registers = operands(pattern.outputs[0])
        var next = 0
        while next < registers.count {
            let node = pattern[registers[next]]
            switch node {
            case .constant(let constant): steps.append(.constant(register: next, constant.value.bitPattern))
            case .variable(let index), .parameter(let index):
                let isNew = bound.insert(index).inserted
                steps.append(isNew ? .bind(register: next, variable: index) : .same(register: next, variable: index))
            case .unary(let operation, _), .binary(let operation, _, _), .ternary(let operation, _, _, _):
                steps.append(.operation(register: next, operation))
                registers += operands(registers[next])
            }
            next += 1
        }
        self.steps = steps
    }

    /// Whether a node whose operation is the pattern's matches. If so, `bindings` holds what each variable stands for.
    func matches(_ root: Node, in nodes: [Node], registers: inout [NodeID], bindings: inout [NodeID]) -> Bool {
        registers.removeAll(keepingCapacity: true)
        registers.appendOperands(of: root)
        for step in steps {
            switch step {
            case .operation(let register, let operation):
                let node = nodes[registers[register].index]
                guard node.operation == operation else { return false }
                registers.appendOperands(of: node)
            case .constant(let register, let bits):
                guard nodes[registers[register].index].constant?.bitPattern == bits else { return false }
            case .bind(let register, let variable): bindings[variable] = registers[register]
            case .same(let register, let variable):
                guard bindings[variable] == registers[register] else { return false }
            }
        }
        return true
    }
}

extension [NodeID] {
    /// Appends a node's operands without making an array of them.
    fileprivate mutating func appendOperands(of node: Node) {
        switch node {
        case .constant, .variable, .parameter: break
        case .unary(_, let a): append(a)
        case .binary(_, let a, let b):
            append(a)
            append(b)
        case .ternary(_, let a, let b, let c):
            append(a)
            append(b)
            append(c)
        }
    }
}

extension RewriteCondition.Property {
    /// Whether the property is asked of any expression, not only of literals.
    var isOfExpressions: Bool {
        switch self {
        case .nonnegative, .condition, .usedOnce: true
        default: false
        }
    }

    /// Whether what has the property is a literal.
    var impliesConstant: Bool {
        switch self {
        case .constant, .finite, .positive, .negative, .smallInteger, .evenInteger, .oddInteger, .powerOfTwo: true
        case .nonnegative, .exact, .normal, .condition, .usedOnce: false
        }
    }
}

extension Operator {
    /// Whether a rule may take the operands in either order. The order of `min` and `max` decides no more than which of two
    /// zeros is returned.
    func isExchangeable(in kind: RewriteClass) -> Bool {
        isCommutative || (kind != .exact && (self == .minimum || self == .maximum))
    }
}
