// What is said about texts that are not formulas.

extension Parser {
    func error(
        _ kind: FormulaError.Kind, _ message: String, remedy: String? = nil, at token: Token
    ) -> FormulaError {
        error(kind, message, remedy: remedy, at: token.range)
    }

    func error(
        _ kind: FormulaError.Kind, _ message: String, remedy: String? = nil, at place: Range<Int>
    ) -> FormulaError {
        FormulaError(kind, message, remedy: remedy, at: place, of: source)
    }

    /// A word as it is named in a message.
    private func described(_ token: Token) -> String {
        switch token.kind {
        case .end: "the end of the text"
        case .newline: "the end of the line"
        default: "`\(source[token.range].prefix(40))`"
        }
    }

    // MARK: Limits

    func tooDeep(at token: Token) -> FormulaError {
        error(
            .tooDeep, "the formula is nested more than \(limits.depth) deep, which is the limit",
            remedy: "The limit can be raised (`limits.depth`); long sums and products are flatter with brackets.",
            at: token)
    }

    func excess(_ excess: ExpressionArena.Excess, at token: Token) -> FormulaError {
        switch excess {
        case .depth: tooDeep(at: token)
        case .nodes:
            error(
                .tooManyNodes, "the formula has more than \(limits.nodes) nodes, which is the limit",
                remedy: "The limit can be raised (`limits.nodes`).", at: token)
        case .expansion:
            error(
                .tooMuchExpansion, "the calls of functions expand to more than \(limits.expansion) nodes, which is the limit",
                remedy: "The limit is 100 times that of nodes and can be raised with it (`limits.nodes`).", at: token)
        }
    }

    // MARK: Sentences

    /// Something other than an operand stands where one must.
    func missingOperand() -> FormulaError {
        let previous = position > 0 ? tokens[position - 1] : nil
        let after = previous.map { " after \(described($0))" } ?? ""
        if token.is(.assign), let previous, [.less, .greater, .assign].contains(where: previous.is) {
            return error(
                .expectedOperand, "`=` cannot follow \(described(previous))", remedy: "Write `==`, `<=` or `>=`.", at: token)
        }
        return error(
            .expectedOperand, "expected a number, a name or `(`\(after), found \(described(token))", at: token)
    }

    /// Something follows an operand that can neither continue nor end the expression.
    func expectEndOfStatement() throws(FormulaError) {
        switch token.kind {
        case .end, .newline, .symbol(.semicolon): return
        case .symbol(.assign): throw misplacedAssignment()
        case .number, .name, .quotedName, .symbol(.open): throw implicitMultiplication()
        default:
            throw error(.expectedOperator, "expected an operator or the end, found \(described(token))", at: token)
        }
    }

    private func misplacedAssignment() -> FormulaError {
        if next.is(.less) || next.is(.greater) {
            return error(
                .assignment, "`=` cannot come first here",
                remedy: "Write `\(source[next.range])=` to compare.", at: token.range.lowerBound..<next.range.upperBound)
        }
        let isNaming = position > 0 && tokens[position - 1].kind == .name && frames.isEmpty
        let naming = isNaming ? ", or `let \(shown(tokens[position - 1])) = …;` to give a name" : ""
        return error(
            .assignment, "`=` only stands in definitions", remedy: "Write `==` to compare\(naming).", at: token)
    }

    private func implicitMultiplication() -> FormulaError {
        let previous = tokens[max(position - 1, 0)]
        if token.is(.open), previous.kind == .name || previous.kind == .quotedName {
            return error(
                .notAFunction, "\(described(previous)) is not a function",
                remedy: "Write \(source[previous.range].prefix(40))*(…) to multiply.", at: previous)
        }
        let both = "\(source[previous.range].suffix(20))*\(source[token.range].prefix(20))"
        let hasBracket = previous.is(.close) || token.is(.open)
        return error(
            .implicitMultiplication, "an operator is missing before \(described(token))",
            remedy: "Write \(hasBracket ? "`*` between them" : both) to multiply.", at: token)
    }

    func chainedComparison(at token: Token) -> FormulaError {
        error(
            .chainedComparison, "a comparison cannot be compared again",
            remedy: "Write a < b and b < c, or use brackets.", at: token)
    }

    func unfinishedConditional(_ question: Token) -> FormulaError {
        error(
            .incompleteConditional, "this `?` has no `:` after it", remedy: "A choice looks like c ? a : b.", at: question)
    }

    // MARK: Names

    /// A name as it is shown in a message: any length may have been written.
    func shown(_ token: Token) -> String {
        let name = self.name(of: token)
        return name.utf8.count > 60 ? name.prefix(50) + "…" : name
    }

    func unknownName(_ token: Token) -> FormulaError {
        if self.token.is(.assign), frames.isEmpty { return misplacedAssignment() }
        let name = self.name(of: token)
        if let signature = signature(of: name) {
            return error(
                .missingArguments, "`\(shown(token))` is a function and needs arguments", remedy: "It is called as \(signature).",
                at: token)
        }
        let known =
            Array(values.keys) + Array(functionParameters.keys) + inputs.declared + inputs.parameters.map(\.name)
            + NamedConstant.allCases.map(\.rawValue) + Array(library.constants.keys)
        let suggestion = closestName(to: name, among: known + (isLibrary ? [] : ["x", "x0", "x1"]))
        let remedy =
            suggestion.map { "Did you mean `\($0)`?" }
            ?? "Variables are x, x0, x1, … and X0, X1, …; a parameter is declared with a value, as in `param \(shown(token)) = 1;`."
        return error(.unknownName, "`\(shown(token))` is not known", remedy: remedy, at: token)
    }

    func unknownFunction(_ token: Token) -> FormulaError {
        let name = self.name(of: token)
        if isDefinedLater(name) {
            return error(
                .usedBeforeDefinition, "`\(shown(token))` is used before its definition",
                remedy: "Move its definition up; functions cannot call each other in a circle.", at: token)
        }
        if isVariable(name) {
            return error(
                .notAFunction, "`\(shown(token))` is not a function", remedy: "Write \(shown(token))*(…) to multiply.", at: token)
        }
        let known =
            definitions.map(\.name) + library.functions.map(\.name) + Array(library.pairFunctions)
            + Operator.allCases.map(\.rawValue)
        let remedy =
            closestName(to: name, among: known).map { "Did you mean `\($0)`?" }
            ?? "A function is defined before its use, as in `\(shown(token))(x) = …;`."
        return error(.unknownFunction, "the function `\(shown(token))` is not known", remedy: remedy, at: token)
    }

    private func isVariable(_ name: String) -> Bool {
        functionParameters[name] != nil || values[name] != nil || FreeNames.isConventional(name)
            || NamedConstant(rawValue: name) != nil || inputs.declared.contains(name)
            || inputs.parameters.contains { $0.name == name }
    }

    /// How a function is called, if the name is one.
    private func signature(of name: String) -> String? {
        if let definition = definitions.first(where: { $0.name == name }) {
            return definition.described(documentation: "", in: source).signature
        }
        if let function = library.functions.first(where: { $0.name == name }) { return function.signature }
        if library.pairFunctions.contains(name) { return "\(name)((value, condition), …)" }
        return Operator(rawValue: name).map { "\(name)(\(["a", "b", "c"].prefix($0.arity).joined(separator: ", ")))" }
    }

    /// Whether a function of this name is defined further on.
    private func isDefinedLater(_ name: String) -> Bool {
        var startsStatement = false
        for index in tokens.indices.dropFirst(position) {
            let token = tokens[index]
            if startsStatement, token.kind == .name, self.name(of: token) == name,
                let close = tokens[index...].firstIndex(where: { $0.is(.close) || $0.kind == .newline }),
                close + 1 < tokens.count, tokens[close + 1].is(.assign)
            {
                return true
            }
            startsStatement = token.kind == .newline || token.is(.semicolon)
        }
        return false
    }

    func wrongCount(_ name: Token, _ count: Int, least: Int, most: Int?, at place: Range<Int>) -> FormulaError {
        let text = self.name(of: name)
        let wanted =
            switch most {
            case nil: "at least \(least)"
            case least?: "\(least)"
            case let most?: "\(least) to \(most)"
            }
        let noun = least == 1 && most == 1 ? "argument" : "arguments"
        return error(
            .wrongArgumentCount, "`\(shown(name))` takes \(wanted) \(noun), not \(count)",
            remedy: signature(of: text).map { "It is called as \($0)." }, at: place)
    }
}
