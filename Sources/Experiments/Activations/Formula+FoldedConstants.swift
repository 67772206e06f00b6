import Formulas
import Lanes

extension Formula {
    /// The formula with every part that holds no variable replaced by its number, rounded to so many digits after the
    /// point: shorter to read, not quite the same function.
    func foldingConstants(digits: Int) -> Formula {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        var builder = FormulaBuilder(variables: variables, parameters: parameters)
        var translated: [NodeID] = []
        var isConstant: [Bool] = []
        for (index, node) in nodes.enumerated() {
            let folds = node.constant != nil || (!node.operands.isEmpty && node.operands.allSatisfy { isConstant[$0.index] })
            isConstant.append(folds)
            if folds, let value = value(of: NodeID(index)) {
                translated.append(builder.constant((value * scale).rounded() / scale))
            } else {
                translated.append(builder.insert(node.mappingOperands { translated[$0.index] }))
            }
        }
        return builder.formula(outputs: outputs.map { translated[$0.index] })
    }

    /// The number that a part without variables is.
    private func value(of node: NodeID) -> Double? {
        if let constant = nodes[node.index].constant { return constant }
        var builder = FormulaBuilder(variables: [], parameters: parameters)
        var translated: [NodeID?] = []
        for node in nodes[...node.index] {
            let operands = node.operands.compactMap { translated[$0.index] }
            let isUsable = operands.count == node.operands.count && !node.isVariable
            translated.append(isUsable ? builder.insert(node.mappingOperands { translated[$0.index] ?? $0 }) : nil)
        }
        guard let output = translated[node.index] else { return nil }
        let program = LaneProgram(expanding: builder.formula(outputs: [output]), precision: .double)
        guard let interpreter = try? LaneInterpreter<Double>(program) else { return nil }
        return interpreter.run(streams: [], uniforms: self.parameters.map(\.value)).first
    }
}

extension Node {
    fileprivate var isVariable: Bool { if case .variable = self { true } else { false } }
}
