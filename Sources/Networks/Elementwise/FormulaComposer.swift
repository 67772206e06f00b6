import Formulas

/// Puts a formula with several outputs together from texts and other formulas, by names.
struct FormulaComposer {
    private var builder: FormulaBuilder
    private var nodes: [String: NodeID] = [:]

    /// Begins with a kernel's inputs and parameters, in the order in which it takes them.
    init(variables: [String], parameters: [String]) {
        builder = FormulaBuilder(variables: variables, parameters: parameters.map { Parameter(name: $0, value: 0) })
        for (index, name) in variables.enumerated() { nodes[name] = builder.variable(index) }
        for (index, name) in parameters.enumerated() { nodes[name] = builder.parameter(index) }
    }

    /// Gives a name to what a text says about names that are known.
    mutating func define(_ name: String, as text: String) throws(TrainingError) {
        let formula: Formula
        do { formula = try Formula(parsing: text, options: ParsingOptions(names: .any)) } catch { throw .formula(error) }
        define([name], as: formula) { name, _ in name }
    }

    /// Gives names to a formula's outputs, its variables and parameters renamed to names that are known.
    mutating func define(
        _ names: [String], as formula: Formula, renaming: (_ name: String, _ isParameter: Bool) -> String
    ) {
        for (name, node) in zip(names, insert(formula, renaming: renaming)) { nodes[name] = node }
    }

    /// The formula with the outputs that have these names, operation by operation as it was defined.
    func formula(outputs: [String]) -> Formula { builder.formula(outputs: outputs.map(known)) }

    private mutating func insert(_ formula: Formula, renaming: (String, Bool) -> String) -> [NodeID] {
        var translated: [NodeID] = []
        for node in formula.nodes {
            switch node {
            case .variable(let index): translated.append(known(renaming(formula.variables[index], false)))
            case .parameter(let index): translated.append(known(renaming(formula.parameters[index].name, true)))
            default: translated.append(builder.insert(node.mappingOperands { translated[$0.index] }))
            }
        }
        return formula.outputs.map { translated[$0.index] }
    }

    /// A name's node. The names are this module's own: an unknown one is a mistake in it, which its tests would show.
    private func known(_ name: String) -> NodeID {
        guard let node = nodes[name] else { preconditionFailure("no input is named \(name)") }
        return node
    }
}
