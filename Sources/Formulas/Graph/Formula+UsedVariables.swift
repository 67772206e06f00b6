extension Formula {
    /// The same formula without the variables that do not occur in it, so that nobody has to give what counts for nothing.
    public var ofUsedVariables: Formula {
        let used = Set(nodes.compactMap { node in if case .variable(let index) = node { index } else { nil } }).sorted()
        var builder = FormulaBuilder(variables: used.map { variables[$0] }, parameters: parameters)
        // Only those that occur are looked at.
        var replacements = [NodeID](repeating: NodeID(0), count: variables.count)
        for (place, index) in used.enumerated() { replacements[index] = builder.variable(place) }
        let copied = builder.insert(contentsOf: self, replacingVariables: replacements)
        return builder.formula(outputs: outputs.map { copied[$0.index] })
    }
}
