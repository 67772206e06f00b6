/// Writes an output of a formula in some style, with as few brackets as the style's precedences allow.
///
/// An expression that is used more than once is written each time, unless that makes the text long: then it gets a name
/// of its own, so that the text's length stays proportional to the number of nodes.
struct ExpressionWriter<Style: NotationStyle> {
    private let formula: Formula
    private let style: Style
    private let notations: [Notation]
    private var sharedNames: [NodeID: String] = [:]

    init(_ formula: Formula, style: Style) {
        self.formula = formula
        self.style = style
        notations = formula.nodes.map { style.notation(of: $0, in: formula) }
    }

    mutating func write(output: Int) -> String {
        let result = formula.outputs[output]
        let shared = sharedExpressions(of: result)
        for (id, name) in zip(shared, style.sharedNames(shared.count)) { sharedNames[id] = name }
        return style.assemble(
            shared: shared.map { (sharedNames[$0] ?? "", write(definitionOf: $0)) },
            result: sharedNames[result] ?? write(definitionOf: result))
    }

    /// The expressions to give names, operands first.
    private func sharedExpressions(of result: NodeID) -> [NodeID] {
        var uses = [Int](repeating: 0, count: result.index + 1)
        uses[result.index] = 1
        var nodeCount = 0
        for index in (0...result.index).reversed() where uses[index] > 0 {
            nodeCount += 1
            for operand in formula.nodes[index].operands { uses[operand.index] += 1 }
        }
        // The size that each expression has when everything is written out.
        var treeSizes: [Int] = []
        treeSizes.reserveCapacity(result.index + 1)
        for node in formula.nodes[...result.index] {
            treeSizes.append(
                node.operands.reduce(1) { sum, operand in
                    let (total, overflow) = sum.addingReportingOverflow(treeSizes[operand.index])
                    return overflow ? .max : total
                })
        }
        // Up to this size repetition reads better than names do.
        guard treeSizes[result.index] > 200, treeSizes[result.index] / 4 > nodeCount else { return [] }
        return (0..<result.index).filter { uses[$0] > 1 && treeSizes[$0] > 3 }.map { NodeID($0) }
    }

    private func write(definitionOf root: NodeID) -> String {
        var text = ""
        var stack: [PendingText] = []
        func push(_ id: NodeID) {
            for piece in notations[id.index].pieces.reversed() {
                switch piece {
                case .text(let literal): stack.append(.text(literal))
                case .operand(let index, let precedence):
                    stack.append(.node(formula[id].operands[index], precedence))
                }
            }
        }
        push(root)
        while let work = stack.popLast() {
            switch work {
            case .text(let literal): text += literal
            case .node(let id, let least):
                if let name = sharedNames[id] {
                    text += name
                } else if notations[id.index].precedence < least {
                    text += style.brackets.open
                    stack.append(.text(style.brackets.close))
                    push(id)
                } else {
                    push(id)
                }
            }
        }
        return text
    }
}

/// What is still to be written.
private enum PendingText {
    case text(String)
    /// A node, in brackets unless it binds at least as tightly.
    case node(NodeID, Precedence)
}
