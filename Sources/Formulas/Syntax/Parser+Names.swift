// What names mean.

extension Parser {
    /// What a call builds.
    enum Callee {
        case operation(Operator)
        case function(DefinedFunction)
        /// A function of (value, condition) pairs: the value of the first condition that is true.
        case pairs
    }

    /// The operators that take more operands than two, from left to right.
    private static let variadicOperators: Set<Operator> = [.add, .multiply, .minimum, .maximum, .and, .or]

    /// A name's text, without backticks.
    func name(of token: Token) -> String {
        guard token.kind == .quotedName else { return Lexer.withoutSubscripts(source[token.range]) }
        return source[token.range.lowerBound + 1..<token.range.upperBound - 1]
    }

    /// The number that a name stands for, if it stands for one here.
    mutating func namedConstant(_ token: Token) -> Double? {
        let name = self.name(of: token)
        guard let constant = NamedConstant(rawValue: name), !next.is(.open), declaredLeaf(token) == nil else { return nil }
        return constant.value
    }

    /// The leaf of a declared variable or parameter that the name means.
    private mutating func declaredLeaf(_ token: Token) -> Int? {
        let name = self.name(of: token)
        if token.kind == .name, let constant = NamedConstant(rawValue: name), !constant.yieldsToDeclaredNames { return nil }
        return inputs.declaredLeaf(name)
    }

    /// The node of a name that is not called.
    mutating func resolve(_ token: Token) throws(FormulaError) -> NodeID {
        let name = self.name(of: token)
        if let id = functionParameters[name] ?? values[name] { return id }
        if let leaf = declaredLeaf(token) { return try leafNode(leaf, at: token) }
        if token.kind == .name {
            if let template = library.constants[name] {
                return try build(at: token) { arena throws(ExpressionArena.Excess) in
                    try arena.insert(template, arguments: [])
                }
            }
            if let constant = NamedConstant(rawValue: name) {
                return try build(at: token) { arena throws(ExpressionArena.Excess) in
                    try arena.insert(.constant(Constant(constant.value)))
                }
            }
        }
        guard let leaf = inputs.freeLeaf(name) else { throw unknownName(token) }
        return try leafNode(leaf, at: token)
    }

    mutating func leafNode(_ leaf: Int, at token: Token) throws(FormulaError) -> NodeID {
        try build(at: token) { arena throws(ExpressionArena.Excess) in try arena.insert(.variable(leaf)) }
    }

    /// The function that a name before a bracket means: the text's own, the dialect's, the prelude's, or an operator.
    func callee(named token: Token) throws(FormulaError) -> Callee {
        let name = self.name(of: token)
        if name == functionName, !isLibrary {
            throw error(
                .recursion, "`\(shown(token))` is defined by itself", remedy: "Functions cannot be recursive.", at: token)
        }
        if let index = definitionIndices[name] { return .function(definitions[index].function) }
        if library.pairFunctions.contains(name) { return .pairs }
        if let reason = library.unsupported[name] {
            throw error(.unsupportedFunction, "`\(shown(token))` is not supported", remedy: reason, at: token)
        }
        if let function = library.callables[name] { return .function(function) }
        if let operation = Operator(rawValue: name) { return .operation(operation) }
        throw unknownFunction(token)
    }

    /// Builds a call.
    mutating func call(
        _ callee: Callee, _ arguments: [NodeID], at place: Range<Int>, name: Token
    ) throws(FormulaError) -> NodeID {
        switch callee {
        case .operation(let operation):
            let isVariadic = Self.variadicOperators.contains(operation)
            guard arguments.count == operation.arity || (isVariadic && arguments.count > 2) else {
                throw wrongCount(
                    name, arguments.count, least: operation.arity, most: isVariadic ? nil : operation.arity, at: place)
            }
            if arguments.count == operation.arity {
                return try build(at: name) { arena throws(ExpressionArena.Excess) in
                    try arena.insert(operation, arguments)
                }
            }
            return try fold(arguments, at: name) { arena, a, b throws(ExpressionArena.Excess) in
                try arena.insert(.binary(operation, a, b))
            }
        case .function(let function):
            guard function.takes(arguments.count) else {
                throw wrongCount(
                    name, arguments.count, least: function.leastArguments,
                    most: function.isVariadic ? nil : function.parameterCount, at: place)
            }
            if function.isVariadic {
                return try fold(arguments, at: name) { arena, a, b throws(ExpressionArena.Excess) in
                    try arena.insert(function.body, arguments: [a, b])
                }
            }
            return try build(at: name) { arena throws(ExpressionArena.Excess) in
                var arguments = arguments
                for template in function.defaults.suffix(function.parameterCount - arguments.count) {
                    arguments.append(try arena.insert(template, arguments: []))
                }
                return try arena.insert(function.body, arguments: arguments)
            }
        case .pairs:
            guard !arguments.isEmpty else { throw wrongCount(name, 0, least: 1, most: nil, at: place) }
            return try choose(arguments, at: name)
        }
    }

    private mutating func fold(
        _ arguments: [NodeID], at token: Token,
        _ combine: (inout ExpressionArena, NodeID, NodeID) throws(ExpressionArena.Excess) -> NodeID
    ) throws(FormulaError) -> NodeID {
        try build(at: token) { arena throws(ExpressionArena.Excess) in
            var result = arguments[0]
            for argument in arguments.dropFirst() { result = try combine(&arena, result, argument) }
            return result
        }
    }

    /// Values and conditions by turns: the value of the first true condition, NaN when none is.
    private mutating func choose(_ pairs: [NodeID], at token: Token) throws(FormulaError) -> NodeID {
        try build(at: token) { arena throws(ExpressionArena.Excess) in
            var rest = pairs[...]
            var result: NodeID
            if let last = rest.last, arena[last].constant == 1 {
                rest = rest.dropLast()
                result = rest.removeLast()
            } else {
                result = try arena.insert(.constant(Constant(.nan)))
            }
            while let condition = rest.popLast(), let value = rest.popLast() {
                result = try arena.insert(.ternary(.select, condition, value, result))
            }
            return result
        }
    }

    /// Builds nodes on behalf of a word of the text, which is to blame when a limit is met.
    mutating func build(
        at token: Token, _ body: (inout ExpressionArena) throws(ExpressionArena.Excess) -> NodeID
    ) throws(FormulaError) -> NodeID {
        do {
            return try body(&arena)
        } catch {
            throw excess(error, at: token)
        }
    }
}
