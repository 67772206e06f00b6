// Expressions, by precedence with two stacks: operands that are built, and frames that wait for their last operand or
// their closing bracket.

extension Parser {
    /// Something begun and not yet finished.
    enum Frame {
        case negate(Token)
        case not(Token)
        case infix(Infix, Token)
        /// `condition ? …`
        case question(Token)
        /// `condition ? value : …`
        case colon(Token)
        case group(Token)
        /// The brackets of a call, with the number of operands before its first argument.
        case call(Callee, name: Token, firstOperand: Int)
        /// A (value, condition) among the arguments of a function that takes pairs.
        case pair(Token, firstOperand: Int)

        /// How tightly it holds the operand at its left, or `nil` for brackets.
        var precedence: Precedence? {
            switch self {
            case .negate: .negation
            case .not: .not
            case .infix(let infix, _): infix.precedence
            case .question, .colon: .conditional
            case .group, .call, .pair: nil
            }
        }
    }

    /// Reads one expression and stops at what cannot belong to it.
    ///
    /// - Parameter endsInSignature: whether a comma or closing bracket may follow.
    mutating func parseExpression(endsInSignature: Bool = false) throws(FormulaError) -> NodeID {
        operands = []
        frames = []
        openBrackets = 0
        while true {
            try parseOperand()
            guard try parseWhatFollows(endsInSignature: endsInSignature) else { break }
        }
        if !(endsInSignature && (token.is(.comma) || token.is(.close))) { try expectEndOfStatement() }
        try reduce(downTo: .conditional)
        switch frames.last {
        case .question(let question)?: throw unfinishedConditional(question)
        case .group(let bracket)?, .call(_, name: let bracket, _)?, .pair(let bracket, _)?:
            throw error(.unclosedBracket, "this bracket is not closed", remedy: "Close it with `)`.", at: bracket)
        default: return operands[0]
        }
    }

    // MARK: Operands

    /// Reads what stands before an operand, and the operand.
    private mutating func parseOperand() throws(FormulaError) {
        while true {
            let token = self.token
            try checkPairsAreGiven(at: token)
            switch token.kind {
            case .number(let value):
                position += 1
                try push(.constant(Constant(value)), at: token)
                return
            case .newline, .symbol(.plus):
                // A line that ends with an operator goes on; a plus sign before a number means nothing.
                position += 1
            case .symbol(.minus):
                position += 1
                if try parseNegativeLiteral() { return }
                frames.append(.negate(token))
            case .symbol(.not):
                if let held = frames.last?.precedence, held > .not {
                    throw error(
                        .misplacedNot, "`not` binds less tightly than the operator before it",
                        remedy: "Put it in brackets: (not …).", at: token)
                }
                position += 1
                frames.append(.not(token))
            case .symbol(.open):
                position += 1
                if case .call(.pairs, _, _) = frames.last {
                    try open(.pair(token, firstOperand: operands.count), at: token)
                } else {
                    try open(.group(token), at: token)
                }
            case .name where next.is(.open), .symbol(.and) where next.is(.open), .symbol(.or) where next.is(.open):
                let callee = try callee(named: token)
                position += 2
                try open(.call(callee, name: token, firstOperand: operands.count), at: token)
                if self.token.is(.close) {
                    position += 1
                    try close()
                    return
                }
            case .name, .quotedName:
                position += 1
                operands.append(try resolve(token))
                return
            default:
                throw missingOperand()
            }
        }
    }

    /// A minus sign directly before a number or a named constant makes a negative constant, unless a power follows:
    /// `-2^2` is `-(2^2)`.
    private mutating func parseNegativeLiteral() throws(FormulaError) -> Bool {
        let token = self.token
        let value: Double? =
            switch token.kind {
            case .number(let value): value
            case .name: namedConstant(token)
            default: nil
            }
        guard let value, !next.is(.power) else { return false }
        position += 1
        try push(.constant(Constant(-value)), at: token)
        return true
    }

    private mutating func open(_ frame: Frame, at token: Token) throws(FormulaError) {
        openBrackets += 1
        guard openBrackets <= limits.depth else { throw tooDeep(at: token) }
        frames.append(frame)
    }

    private func checkPairsAreGiven(at token: Token) throws(FormulaError) {
        if case .call(.pairs, let name, _) = frames.last, !token.is(.open) {
            throw error(
                .expectedPairs, "`\(shown(name))` takes pairs of a value and a condition, as in ((x, x > 0), (0, True))",
                at: token)
        }
    }

    // MARK: What follows an operand

    /// Reads closing brackets and the operator after an operand.
    ///
    /// - Returns: whether another operand must follow.
    private mutating func parseWhatFollows(endsInSignature: Bool) throws(FormulaError) -> Bool {
        while true {
            let token = self.token
            if case .call(.pairs, let name, _) = frames.last, !token.is(.comma), !token.is(.close) {
                throw error(.expectedPairs, "expected `,` or `)` after a pair of `\(shown(name))`", at: token)
            }
            switch token.kind {
            case .symbol(.question):
                try reduce(downTo: .or)
                position += 1
                frames.append(.question(token))
                return true
            case .symbol(.colon):
                try reduce(downTo: .conditional)
                guard case .question(let question) = frames.last else {
                    throw error(
                        .incompleteConditional, "this `:` has no `?` before it", remedy: "A choice looks like c ? a : b.",
                        at: token)
                }
                position += 1
                frames[frames.count - 1] = .colon(question)
                return true
            case .symbol(.comma):
                guard try parseComma(endsInSignature: endsInSignature) else { return false }
                return true
            case .symbol(.close):
                try reduce(downTo: .conditional)
                guard !frames.isEmpty || !endsInSignature else { return false }
                position += 1
                try close()
            case .symbol(let symbol):
                guard let infix = Infix.bySymbol[symbol] else { return false }
                try parseInfix(infix, token)
                return true
            case .number, .name, .quotedName, .newline, .end:
                return false
            }
        }
    }

    private mutating func parseInfix(_ infix: Infix, _ token: Token) throws(FormulaError) {
        // A power takes in what stands to its right first: 2^3^2 is 2^(3^2).
        if infix.precedence < .power { try reduce(downTo: infix.precedence) }
        position += 1
        frames.append(.infix(infix, token))
    }

    /// - Returns: whether the comma belongs to the expression.
    private mutating func parseComma(endsInSignature: Bool) throws(FormulaError) -> Bool {
        try reduce(downTo: .conditional)
        switch frames.last {
        case .call?:
            position += 1
            return true
        case .pair(_, let firstOperand)? where operands.count == firstOperand + 1:
            position += 1
            return true
        case .question(let question)?:
            throw unfinishedConditional(question)
        case nil where endsInSignature:
            return false
        default:
            throw error(
                .unexpectedComma, "a comma only stands between the arguments of a function",
                remedy: "Numbers are written with a decimal point.", at: token)
        }
    }

    /// Finishes the brackets on top, whose closing sign has just been read.
    private mutating func close() throws(FormulaError) {
        let bracket = tokens[position - 1]
        openBrackets -= 1
        switch frames.popLast() {
        case .group?: break
        case .pair(_, let firstOperand)? where operands.count == firstOperand + 2: break
        case .pair(let open, _)?:
            throw error(.expectedPairs, "a pair has two parts, a value and a condition", at: open)
        case .call(let callee, let name, let firstOperand)?:
            let arguments = Array(operands[firstOperand...])
            operands.removeSubrange(firstOperand...)
            operands.append(try call(callee, arguments, at: name.range.lowerBound..<bracket.range.upperBound, name: name))
        case .question(let question)?: throw unfinishedConditional(question)
        default:
            throw error(
                .unmatchedBracket, "this bracket was never opened", remedy: "Remove it, or open it with `(`.", at: bracket)
        }
    }

    // MARK: Reduction

    /// Finishes all operators on top that bind at least as tightly as this, stopping at brackets and at a `?`.
    private mutating func reduce(downTo least: Precedence) throws(FormulaError) {
        while let frame = frames.last, let precedence = frame.precedence, precedence >= least {
            switch frame {
            case .negate(let token):
                let a = operands.removeLast()
                try push(.unary(.negate, a), at: token)
            case .not(let token):
                let a = operands.removeLast()
                try push(.unary(.not, a), at: token)
            case .infix(let infix, let token):
                if infix.precedence == .comparison, least == .comparison { throw chainedComparison(at: self.token) }
                let b = operands.removeLast()
                let a = operands.removeLast()
                let operation = meaning(of: infix, token, between: a, and: b)
                try push(infix.isSwapped ? .binary(operation, b, a) : .binary(operation, a, b), at: token)
            case .colon(let token):
                let b = operands.removeLast()
                let a = operands.removeLast()
                let condition = operands.removeLast()
                try push(.ternary(.select, condition, a, b), at: token)
            case .question, .group, .call, .pair:
                return
            }
            frames.removeLast()
        }
    }

    private func meaning(of infix: Infix, _ token: Token, between a: NodeID, and b: NodeID) -> Operator {
        guard case .symbol(let symbol) = token.kind, let operation = library.conditionOperators[symbol],
            arena[a].operation?.isCondition == true, arena[b].operation?.isCondition == true
        else { return infix.operation }
        return operation
    }

    private mutating func push(_ node: Node, at token: Token) throws(FormulaError) {
        operands.append(try build(at: token) { arena throws(ExpressionArena.Excess) in try arena.insert(node) })
    }
}
