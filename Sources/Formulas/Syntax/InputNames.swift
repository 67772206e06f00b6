/// The leaves with names that a text has used: each is a variable of the text's arena.
struct InputNames {
    enum Input {
        case variable(String)
        /// An index into `parameters`.
        case parameter(Int)
        /// A parameter of a function, which only occurs in the function's body.
        case functionParameter(String)
    }

    private(set) var inputs: [Input] = []
    private(set) var parameters: [Parameter]
    /// The variables that were declared, for suggestions too.
    let declared: [String]
    private let allowsConventional: Bool
    private let allowsAny: Bool
    private let declaredSet: Set<String>
    private var variableLeaves: [String: Int] = [:]
    private var parameterLeaves: [Int: Int] = [:]
    private var parameterIndices: [String: Int] = [:]
    private var declaredInText: Set<String> = []

    init(options: ParsingOptions, allowsConventional: Bool) {
        parameters = []
        self.allowsConventional = allowsConventional
        if case .declared(let names) = options.names { declared = names } else { declared = [] }
        if case .any = options.names { allowsAny = true } else { allowsAny = false }
        declaredSet = Set(declared)
        for parameter in options.parameters where parameterIndices[parameter.name] == nil {
            parameterIndices[parameter.name] = parameters.count
            parameters.append(parameter)
        }
    }

    /// Adds a parameter that the text declares; one of the options with its name keeps its value.
    mutating func declare(_ parameter: Parameter) {
        declaredInText.insert(parameter.name)
        guard parameterIndices[parameter.name] == nil else { return }
        parameterIndices[parameter.name] = parameters.count
        parameters.append(parameter)
    }

    func isDeclaredInText(_ name: String) -> Bool { declaredInText.contains(name) }

    /// A new leaf for a parameter of a function.
    mutating func functionParameter(_ name: String) -> Int {
        inputs.append(.functionParameter(name))
        return inputs.count - 1
    }

    /// The leaf of a parameter or a declared variable.
    mutating func declaredLeaf(_ name: String) -> Int? {
        if let parameter = parameterIndices[name] {
            if let known = parameterLeaves[parameter] { return known }
            inputs.append(.parameter(parameter))
            parameterLeaves[parameter] = inputs.count - 1
            return inputs.count - 1
        }
        return declaredSet.contains(name) ? variableLeaf(name) : nil
    }

    /// The leaf of a variable that needs no declaration.
    mutating func freeLeaf(_ name: String) -> Int? {
        allowsAny || (allowsConventional && FreeNames.isConventional(name)) ? variableLeaf(name) : nil
    }

    private mutating func variableLeaf(_ name: String) -> Int {
        if let known = variableLeaves[name] { return known }
        inputs.append(.variable(name))
        variableLeaves[name] = inputs.count - 1
        return inputs.count - 1
    }

    /// The finished formula: the arena's expression with its leaves numbered anew, the variables in natural order and the
    /// parameters in the order of their declaration, without those that are not used.
    func formula(_ expression: Formula) -> Formula {
        var usedVariables: [(name: String, leaf: Int)] = []
        var usedParameters: [(index: Int, leaf: Int)] = []
        for case .variable(let leaf) in expression.nodes {
            switch inputs[leaf] {
            case .variable(let name): usedVariables.append((name, leaf))
            case .parameter(let index): usedParameters.append((index, leaf))
            case .functionParameter: break
            }
        }
        usedVariables.sort { naturallyPrecedes($0.name, $1.name) }
        usedParameters.sort { $0.index < $1.index }
        var nodes: [Int: Node] = [:]
        for (index, variable) in usedVariables.enumerated() { nodes[variable.leaf] = .variable(index) }
        for (index, parameter) in usedParameters.enumerated() { nodes[parameter.leaf] = .parameter(index) }
        return Formula(
            nodes: expression.nodes.map { if case .variable(let leaf) = $0 { nodes[leaf] ?? $0 } else { $0 } },
            outputs: expression.outputs, variables: usedVariables.map(\.name),
            parameters: usedParameters.map { parameters[$0.index] })
    }
}

/// The order in which people count: `x`, `x0`, `x1`, `x2`, `x10`, `y`.
func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
    let leftParts = naturalParts(left)
    let rightParts = naturalParts(right)
    for (a, b) in zip(leftParts, rightParts) where a != b {
        if a.isNumber, b.isNumber, a.text.count != b.text.count { return a.text.count < b.text.count }
        return a.text.unicodeScalars.lexicographicallyPrecedes(b.text.unicodeScalars)
    }
    if leftParts.count != rightParts.count { return leftParts.count < rightParts.count }
    // Only leading zeros differ, if anything.
    return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
}

private struct NaturalPart: Equatable {
    let text: Substring
    let isNumber: Bool
}

/// Digits and other characters by turns, numbers without leading zeros.
private func naturalParts(_ name: String) -> [NaturalPart] {
    var parts: [NaturalPart] = []
    var rest = name[...]
    while let first = rest.first {
        let isNumber = ("0"..."9").contains(first)
        let part = rest.prefix { ("0"..."9").contains($0) == isNumber }
        rest = rest.dropFirst(part.count)
        parts.append(NaturalPart(text: isNumber ? part.drop { $0 == "0" } : part, isNumber: isNumber))
    }
    return parts
}
