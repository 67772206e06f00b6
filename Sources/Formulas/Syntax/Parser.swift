/// Reads statements: definitions of functions, values and parameters, and at the end the formula itself.
///
/// Nothing here recurses: expressions are read with explicit stacks (`Parser+Expressions.swift`), and calls of defined
/// functions are built from templates. The nodes are exactly those written.
struct Parser {
    /// A function defined in the text being read.
    struct Definition {
        let name: String
        /// Where the statement stands.
        let place: Range<Int>
        let parameters: [Range<Int>]
        let body: Range<Int>
        let function: DefinedFunction

        func described(documentation: String, in source: SourceText) -> FunctionDefinition {
            FunctionDefinition(
                name: name, parameters: parameters.map { source[$0] }, isVariadic: function.isVariadic,
                definition: source[body], documentation: documentation)
        }
    }

    let source: SourceText
    let tokens: [Token]
    var position = 0
    let library: FunctionLibrary
    var arena: ExpressionArena
    var inputs: InputNames
    let limits: ParsingLimits
    /// Whether the text only defines functions, for others to use.
    let isLibrary: Bool

    /// What `let` has given names to.
    private(set) var values: [String: NodeID] = [:]
    /// The functions defined so far.
    private(set) var definitions: [Definition] = []
    private(set) var definitionIndices: [String: Int] = [:]
    /// The parameters of the function being defined.
    private(set) var functionParameters: [String: NodeID] = [:]
    /// The function being defined.
    private(set) var functionName: String?

    // The stacks of the expression being read.
    var operands: [NodeID] = []
    var frames: [Frame] = []
    var openBrackets = 0

    init(_ source: SourceText, options: ParsingOptions, library: FunctionLibrary, isLibrary: Bool = false) throws(FormulaError) {
        self.source = source
        self.library = library
        self.isLibrary = isLibrary
        limits = options.limits
        guard source.bytes.count <= limits.textBytes else {
            throw FormulaError(
                .textTooLong, "the text has \(source.bytes.count) bytes; the limit is \(limits.textBytes)",
                remedy: "The limit can be raised (`limits.textBytes`).", at: 0..<0, of: source)
        }
        arena = ExpressionArena(limits: limits)
        inputs = InputNames(options: options, allowsConventional: !isLibrary)
        tokens = try Lexer.tokens(of: source, extraSigns: library.extraSigns)
    }

    var token: Token { tokens[position] }
    var next: Token { tokens[min(position + 1, tokens.count - 1)] }

    /// Reads the whole text.
    ///
    /// - Returns: the result's node, or `nil` when the text ends without one.
    private mutating func parseStatements() throws(FormulaError) -> NodeID? {
        while true {
            skipSeparators()
            switch token.kind {
            case .end: return nil
            case .symbol(.let): try parseValue()
            case .symbol(.param): try parseParameter()
            case .name where isDefinitionAhead: try parseFunction()
            default: return try parseResult()
            }
        }
    }

    /// Reads a text that ends with its result.
    mutating func parseFormula() throws(FormulaError) -> NodeID {
        if let result = try parseStatements() { return result }
        if tokens.allSatisfy({ $0.kind == .end || $0.kind == .newline || $0.is(.semicolon) }) {
            throw error(.emptyFormula, "the text holds no formula", remedy: "Write one, for example `x*cos(x)`.", at: token)
        }
        throw error(
            .missingResult, "the text defines names and ends without a formula that uses them",
            remedy: "End it with an expression.", at: token)
    }

    /// Reads a text that only defines functions and values.
    mutating func parseDefinitions() throws(FormulaError) {
        if try parseStatements() != nil {
            throw error(.expectedDefinition, "only definitions may stand here", at: tokens[0])
        }
    }

    /// The values of a library, for other arenas.
    func portableValues() -> [(String, FunctionTemplate)] {
        values.map { ($0, FunctionTemplate($1, parameters: [], in: arena, isPortable: true)) }
    }

    private mutating func skipSeparators() {
        while token.kind == .newline || token.is(.semicolon) { position += 1 }
    }

    private mutating func parseResult() throws(FormulaError) -> NodeID {
        let result = try parseExpression()
        skipSeparators()
        guard token.kind == .end else {
            throw error(
                .textAfterResult, "the formula was complete before this",
                remedy: "A text has one result, its last statement; name the others with `let name = …;`. "
                    + "A line that continues the one above must stand in brackets, or the line above end with an operator.",
                at: token)
        }
        return result
    }

    /// `let name = expression`
    private mutating func parseValue() throws(FormulaError) {
        position += 1
        let name = try newName("a name for the value, as in `let t = exp(-x);`")
        try expectAssignment(after: name)
        values[self.name(of: name)] = try parseExpression()
    }

    /// `param name = number`
    private mutating func parseParameter() throws(FormulaError) {
        position += 1
        let name = try newName("a name for the parameter, as in `param a = 0.25;`")
        try expectAssignment(after: name)
        let first = token
        let id = try parseExpression()
        guard let value = arena[id].constant else {
            throw error(
                .expectedOperand, "a parameter's value must be a number",
                at: first.range.lowerBound..<tokens[position - 1].range.upperBound)
        }
        inputs.declare(Parameter(name: self.name(of: name), value: value))
    }

    /// Whether the name here begins `name(…) = `.
    private var isDefinitionAhead: Bool {
        guard next.is(.open) else { return false }
        var depth = 0
        for index in tokens[(position + 1)...].indices {
            switch tokens[index].kind {
            case .symbol(.open): depth += 1
            case .symbol(.close):
                depth -= 1
                if depth == 0 { return tokens[index + 1].is(.assign) }
            case .end, .newline, .symbol(.semicolon): return false
            default: break
            }
        }
        return false
    }

    /// `name(parameter, parameter = default) = expression`
    private mutating func parseFunction() throws(FormulaError) {
        let name = try newName("a function's name")
        let text = self.name(of: name)
        position += 1
        var parameters: [Token] = []
        var places: [Range<Int>] = []
        var defaults: [NodeID] = []
        var isVariadic = false
        var nodes: [String: NodeID] = [:]
        while true {
            if token.is(.ellipsis), parameters.count == 2, defaults.isEmpty {
                isVariadic = true
                position += 1
                break
            }
            guard token.kind == .name || token.kind == .quotedName else {
                throw error(
                    .expectedDefinition, "a function's parameters are names, as in `f(x, a = 1) = a*x`", at: token)
            }
            let parameter = token
            let parameterName = self.name(of: parameter)
            try checkIsFree(parameter)
            guard nodes[parameterName] == nil else {
                throw error(.duplicateDefinition, "`\(shown(parameter))` is a parameter already", at: parameter)
            }
            position += 1
            if token.is(.assign) {
                position += 1
                defaults.append(try parseExpression(endsInSignature: true))
            } else if !defaults.isEmpty {
                throw error(
                    .expectedDefinition, "`\(shown(parameter))` follows a parameter with a default and has none itself",
                    remedy: "Parameters with defaults come last.", at: parameter)
            }
            places.append(parameter.range.lowerBound..<tokens[position - 1].range.upperBound)
            parameters.append(parameter)
            nodes[parameterName] = try leafNode(inputs.functionParameter(parameterName), at: parameter)
            guard token.is(.comma) else { break }
            position += 1
        }
        guard token.is(.close), next.is(.assign) else {
            throw error(.expectedDefinition, "expected `,` or `)` here, in the parameters of `\(shown(name))`", at: token)
        }
        position += 2
        functionName = text
        functionParameters = nodes
        let start = position
        let body = try parseExpression()
        functionName = nil
        functionParameters = [:]
        let leaves = parameters.compactMap { nodes[self.name(of: $0)] }
        let function = DefinedFunction(
            parameterCount: parameters.count,
            defaults: defaults.map { FunctionTemplate($0, parameters: [], in: arena, isPortable: isLibrary) },
            isVariadic: isVariadic,
            body: FunctionTemplate(body, parameters: leaves, in: arena, isPortable: isLibrary))
        definitionIndices[text] = definitions.count
        definitions.append(
            Definition(
                name: text, place: name.range.lowerBound..<tokens[position - 1].range.upperBound, parameters: places,
                body: tokens[start].range.lowerBound..<tokens[position - 1].range.upperBound, function: function))
    }

    /// Takes a name that a statement is about to define.
    private mutating func newName(_ expected: String) throws(FormulaError) -> Token {
        let name = token
        guard name.kind == .name || name.kind == .quotedName else {
            throw error(.expectedDefinition, "expected \(expected)", at: name)
        }
        try checkIsFree(name)
        let text = self.name(of: name)
        let isKnown = next.is(.open) ? definitionIndices[text] != nil : values[text] != nil || inputs.isDeclaredInText(text)
        guard !isKnown else {
            throw error(
                .duplicateDefinition, "`\(shown(name))` is defined already", remedy: "Choose another name.", at: name)
        }
        position += 1
        return name
    }

    private func checkIsFree(_ name: Token) throws(FormulaError) {
        let text = self.name(of: name)
        if name.kind == .name, NamedConstant(rawValue: text) != nil {
            throw error(
                .reservedName, "`\(text)` is a constant and cannot be defined anew", remedy: "Choose another name.", at: name)
        }
    }

    private mutating func expectAssignment(after name: Token) throws(FormulaError) {
        guard token.is(.assign) else {
            throw error(.expectedDefinition, "expected `=` after `\(shown(name))`", at: token)
        }
        position += 1
    }
}
