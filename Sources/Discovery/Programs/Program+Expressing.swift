import Formulas

extension Program {
    /// Expresses a formula by a search's functions, to start the search from it. Its variables are found by their names.
    ///
    /// Functions that consist of several operations are recognised by their whole pattern, the largest first.
    ///
    /// - Throws: `DiscoveryError.inexpressible` where no function of the set computes an operation, and
    ///   `DiscoveryError.noSuchVariable` where a variable has no place among the primitives.
    public init(expressing formula: Formula, by primitives: PrimitiveSet) throws(DiscoveryError) {
        let text = String(formula.text.prefix(200))
        let bySize = primitives.functions.indices.sorted {
            primitives.functions[$0].formula.nodes.count > primitives.functions[$1].formula.nodes.count
        }
        var nodes: [ProgramNode] = []
        // What is still to be written, the next on top.
        var stack = [formula.outputs[0]]
        while let id = stack.popLast() {
            // Sharing is written out, so that the length could double with each level.
            guard nodes.count < Self.longestExpression else {
                throw .setting(
                    name: "the length of the formula \(text)", value: "more than \(Self.longestExpression) nodes",
                    allowed: "less")
            }
            switch formula[id] {
            case .constant(let constant): nodes.append(.constant(constant.value))
            case .variable(let index):
                guard let place = primitives.variableNames.firstIndex(of: formula.variables[index]) else {
                    throw .noSuchVariable(
                        formula: text, name: formula.variables[index], variables: primitives.variableNames)
                }
                nodes.append(.variable(Int32(place)))
            case .parameter(let index): nodes.append(.constant(formula.parameters[index].value))
            default:
                guard let (function, operands) = Self.match(id, of: formula, bySize, primitives) else {
                    throw .inexpressible(
                        formula: text, operation: formula[id].operation?.rawValue ?? "",
                        functions: primitives.functions.map(\.name))
                }
                nodes.append(.function(Int16(function), arity: UInt8(operands.count)))
                stack += operands.reversed()
            }
        }
        self.init(unchecked: nodes)
    }

    private static func match(
        _ id: NodeID, of formula: Formula, _ functions: [Int], _ primitives: PrimitiveSet
    ) -> (function: Int, operands: [NodeID])? {
        for function in functions {
            let pattern = primitives.functions[function].formula
            var bound = [NodeID?](repeating: nil, count: primitives.functions[function].arity)
            var isMatch = true
            var pairs = [(pattern.outputs[0], id)]
            while isMatch, let (wanted, given) = pairs.popLast() {
                if case .variable(let index) = pattern[wanted] {
                    isMatch = bound[index] == nil || bound[index] == given
                    bound[index] = given
                } else {
                    let operands = (pattern[wanted].operands, formula[given].operands)
                    let blank = { (node: Node) in node.mappingOperands { _ in NodeID(0) } }
                    isMatch = blank(pattern[wanted]) == blank(formula[given])
                    pairs += zip(operands.0, operands.1)
                }
            }
            if isMatch, let operands = bound as? [NodeID] { return (function, operands) }
        }
        return nil
    }

    private static let longestExpression = 10_000
}
