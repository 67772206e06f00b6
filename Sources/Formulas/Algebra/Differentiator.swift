/// Reverse-mode differentiation of a formula's output 0.
///
/// The formula's nodes are kept as they are. Going through them from the last to the first, each node's derivative of the
/// result is complete when the node is reached; it is then handed on to the operands, times the derivatives of
/// `Grammar/Functions.formula`. Literal factors are kept apart and multiplied once, in `Double`; what cancels is gone. New
/// nodes are built with the exact rules.
struct Differentiator {
    /// A part of the result's derivative by some node: a sum that counts where a guard holds.
    private struct Part {
        let guardID: GuardID?
        var sum = LinearSum()
    }

    /// A finished part.
    private struct Term {
        let guardID: GuardID?
        let scaled: Scaled
    }

    /// How many parts with different guards a node may have before they are added up with their guards written out. It
    /// bounds the work; a part added up early may then make 0·∞ further down.
    private static let mostParts = 8

    private let formula: Formula
    private var rewriter: Rewriter
    private var guards = GuardTree()
    /// For each node of the formula, the node here.
    private var nodes: [NodeID] = []
    private var parts: [[Part]]

    /// Prepares the derivative of output 0.
    ///
    /// - Parameter variables: the names of the result's variables: the formula's, and perhaps more after them.
    init(_ formula: Formula, variables: [String]) {
        self.formula = formula
        rewriter = Rewriter(
            variables: variables, parameters: formula.parameters, rules: .upTo(.exact), precision: .double,
            allowance: 1_000 + 64 * formula.nodes.count)
        nodes.reserveCapacity(formula.nodes.count)
        for node in formula.nodes {
            nodes.append(rewriter.insertUnchanged(node.mappingOperands { [nodes] in nodes[$0.index] }))
        }
        parts = [[Part]](repeating: [], count: formula.nodes.count)
    }

    /// The finished formula.
    func formula(outputs: [NodeID]) -> Formula { rewriter.builder.formula(outputs: outputs) }

    /// The formula's output 0.
    var value: NodeID { nodes[formula.outputs[0].index] }

    /// A variable that the formula itself does not have.
    mutating func variable(_ index: Int) -> NodeID { rewriter.insertUnchanged(.variable(index)) }

    /// The derivatives by some inputs, each times a factor if one is given.
    mutating func derivatives(by inputs: [FormulaInput], times factor: NodeID?) -> [NodeID] {
        let wanted = Set(inputs.map(\.node))
        propagate(to: wanted)
        var places: [Node: Int] = [:]
        for (index, node) in formula.nodes.enumerated() where wanted.contains(node) { places[node] = index }
        return inputs.map { input in
            let terms = places[input.node].map { merged(parts[$0]) } ?? []
            // A factor goes into a lone branch: 0 stays 0 where the branch is not taken, whatever the factor is.
            if let factor, terms.count == 1, let term = terms.first {
                let product = rewriter.binary(.multiply, rewriter.times(term.scaled), factor)
                return guards.select(term.guardID, product, &rewriter)
            }
            let sum = self.sum(terms)
            return factor.map { rewriter.binary(.multiply, sum, $0) } ?? sum
        }
    }

    private mutating func propagate(to wanted: Set<Node>) {
        var depends = [Bool](repeating: false, count: formula.nodes.count)
        for (index, node) in formula.nodes.enumerated() {
            depends[index] = wanted.contains(node) || node.operands.contains { depends[$0.index] }
        }
        let output = formula.outputs[0].index
        add(Scaled(value: rewriter.constant(1), coefficient: 1), guardID: nil, to: output)
        for index in stride(from: output, through: 0, by: -1) where depends[index] && !parts[index].isEmpty {
            let node = formula.nodes[index]
            guard let operation = node.operation else { continue }
            let terms = merged(parts[index])
            parts[index] = []
            let operands = Self.operandsWithLiteralLast(node, in: formula)
            for (place, derivative) in DerivativeTable.standard[operation].enumerated() where depends[operands[place].index] {
                let arguments = derivative.operands.map { nodes[operands[$0].index] }
                let values = instantiate(derivative.formula, arguments)
                for term in terms { hand(term, to: operands[place].index, times: derivative.formula, values) }
            }
        }
    }

    /// The operands in the order in which `Functions.formula` speaks of them: a literal is the second operand of an extreme.
    private static func operandsWithLiteralLast(_ node: Node, in formula: Formula) -> [NodeID] {
        if case .binary(let operation, let a, let b) = node, operation == .minimum || operation == .maximum,
            formula[a].constant != nil
        {
            return [b, a]
        }
        return node.operands
    }

    private mutating func instantiate(_ derivative: Formula, _ arguments: [NodeID]) -> [NodeID] {
        var values: [NodeID] = []
        values.reserveCapacity(derivative.nodes.count)
        for node in derivative.nodes {
            if case .variable(let index) = node {
                values.append(arguments[index])
            } else {
                values.append(rewriter.normalForm(node.mappingOperands { values[$0.index] }))
            }
        }
        return values
    }

    /// Adds a term times a derivative to an operand's parts. A derivative that is 0 on one side of a condition is a guard.
    private mutating func hand(_ term: Term, to operand: Int, times derivative: Formula, _ values: [NodeID]) {
        var guardID = term.guardID
        var root = derivative.outputs[0]
        while case .ternary(.select, let condition, let a, let b) = derivative[root] {
            if let known = rewriter.builder[values[condition.index]].constant {
                root = known != 0 ? a : b
            } else if derivative[b].constant == 0 {
                guardID = guards.guardID(guardID, values[condition.index], isTrue: true)
                root = a
            } else if derivative[a].constant == 0 {
                guardID = guards.guardID(guardID, values[condition.index], isTrue: false)
                root = b
            } else {
                break
            }
        }
        let product = product(term.scaled.value, derivative, root, values)
        let coefficient = product.coefficient * term.scaled.coefficient
        add(Scaled(value: product.value, coefficient: coefficient), guardID: guardID, to: operand)
    }

    /// A node times the derivative at `root`. Quotients take the node into their numerator, which saves a rounding and keeps
    /// 1/b from overflowing where node/b does not. The recursion is over the derivative's own text.
    private mutating func product(_ node: NodeID, _ derivative: Formula, _ root: NodeID, _ values: [NodeID]) -> Scaled {
        switch derivative[root] {
        case .unary(.negate, let a):
            let product = product(node, derivative, a, values)
            return Scaled(value: product.value, coefficient: -product.coefficient)
        case .binary(.divide, let a, let b):
            let numerator = multiplied(values[a.index], node)
            let quotient = rewriter.binary(.divide, numerator.value, values[b.index])
            return Scaled(value: quotient, coefficient: numerator.coefficient)
        case .binary(.multiply, let a, let b) where derivative[b].operation == .divide:
            let product = product(node, derivative, b, values)
            let whole = multiplied(values[a.index], product.value)
            return Scaled(value: whole.value, coefficient: whole.coefficient * product.coefficient)
        default: return multiplied(values[root.index], node)
        }
    }

    private mutating func multiplied(_ a: NodeID, _ b: NodeID) -> Scaled {
        let (a, b) = (rewriter.scaled(a), rewriter.scaled(b))
        let product = rewriter.scaled(rewriter.binary(.multiply, a.value, b.value))
        return Scaled(value: product.value, coefficient: product.coefficient * (a.coefficient * b.coefficient))
    }

    private mutating func add(_ scaled: Scaled, guardID: GuardID?, to operand: Int) {
        let place: Int
        if let known = parts[operand].firstIndex(where: { $0.guardID == guardID }) {
            place = known
        } else {
            place = parts[operand].count
            parts[operand].append(Part(guardID: guardID))
        }
        parts[operand][place].sum.add(scaled)
        guard parts[operand].count > Self.mostParts else { return }
        var together = Part(guardID: nil)
        together.sum.add(rewriter.scaled(sum(merged(parts[operand]))))
        parts[operand] = [together]
    }

    /// The parts as one node each, those of opposite guards made one.
    private mutating func merged(_ parts: [Part]) -> [Term] {
        var parts = parts
        var index = 0
        search: while index < parts.count {
            for other in parts.indices where other > index {
                guard let (parent, condition, firstIsTrue) = guards.complement(parts[index].guardID, parts[other].guardID)
                else { continue }
                let (yes, no) = firstIsTrue ? (index, other) : (other, index)
                let chosen = select(condition, parts[yes].sum, parts[no].sum)
                parts.remove(at: other)
                parts.remove(at: index)
                let place = parts.firstIndex { $0.guardID == parent } ?? parts.count
                if place == parts.count { parts.append(Part(guardID: parent)) }
                if let chosen { parts[place].sum.add(chosen) }
                index = 0
                continue search
            }
            index += 1
        }
        return parts.compactMap { part in
            part.sum.scaled(&rewriter).map { Term(guardID: part.guardID, scaled: $0) }
        }
    }

    private mutating func select(_ condition: NodeID, _ yes: LinearSum, _ no: LinearSum) -> Scaled? {
        let zero = Scaled(value: rewriter.constant(0), coefficient: 1)
        let (yes, no) = (yes.scaled(&rewriter) ?? zero, no.scaled(&rewriter) ?? zero)
        if yes.coefficient == no.coefficient {
            return Scaled(value: rewriter.select(condition, yes.value, no.value), coefficient: yes.coefficient)
        }
        let chosen = rewriter.select(condition, rewriter.times(yes), rewriter.times(no))
        return rewriter.scaled(chosen)
    }

    private mutating func sum(_ terms: [Term]) -> NodeID {
        var sum = LinearSum()
        for term in terms {
            // A literal on its own is selected as it is; any other factor stays outside.
            if term.guardID == nil || rewriter.builder[term.scaled.value].constant == nil {
                let selected = guards.select(term.guardID, term.scaled.value, &rewriter)
                sum.add(Scaled(value: selected, coefficient: term.scaled.coefficient))
            } else {
                sum.add(Scaled(value: guards.select(term.guardID, rewriter.times(term.scaled), &rewriter), coefficient: 1))
            }
        }
        return sum.scaled(&rewriter).map { rewriter.times($0) } ?? rewriter.constant(0)
    }
}
