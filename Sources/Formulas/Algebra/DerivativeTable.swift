import Grammar

/// The derivative of every primitive operation by each of its operands, from `Grammar/Functions.formula`.
struct DerivativeTable: Sendable {
    /// One operation's derivatives: one formula an operand, over the operands as variables.
    private let derivatives: [Operator: [Derivative]]
    /// What the table says of each operation, in its order.
    let descriptions: [PrimitiveDescription]

    /// A derivative, over the operands that it mentions.
    struct Derivative: Sendable {
        /// The expression.
        let formula: Formula
        /// For each of the expression's variables, which operand it is.
        let operands: [Int]
    }

    static let standard: DerivativeTable = (try? DerivativeTable(Grammar.derivatives)) ?? DerivativeTable()

    private init() { (derivatives, descriptions) = ([:], []) }

    /// Reads lines of the form `d hypot(x, y) = x/hypot(x, y), y/hypot(x, y)`. A line that begins with `#` is a comment,
    /// and directly above a derivative its operation's documentation.
    ///
    /// - Throws: `GrammarError` for a line that is no derivative and for an operation that has none.
    init(_ text: String) throws(GrammarError) {
        var derivatives: [Operator: [Derivative]] = [:]
        var descriptions: [PrimitiveDescription] = []
        let comments = text.commentsAboveLines
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !$0.isWhitespace }) && line.first != "#" {
            let line = String(line)
            guard line.hasPrefix("d "), let (heading, body) = String(line.dropFirst(2)).divided(at: ") = "),
                let (name, list) = heading.divided(at: "(")
            else { throw GrammarError(line: line, reason: "is no derivative") }
            guard let operation = Operator(rawValue: name) else {
                throw GrammarError(line: line, reason: "is of no primitive operation")
            }
            let operands = Self.separated(list)
            let expressions = Self.separated(body)
            guard operands.count == operation.arity, expressions.count == operation.arity else {
                throw GrammarError(line: line, reason: "needs as many operands and derivatives as the operation takes")
            }
            var parsed: [Derivative] = []
            for expression in expressions {
                let formula = try Formula(grammar: expression, line: line)
                let places = formula.variables.compactMap { operands.firstIndex(of: $0) }
                guard places.count == formula.variables.count else {
                    throw GrammarError(line: line, reason: "uses a name that is no operand")
                }
                parsed.append(Derivative(formula: formula, operands: places))
            }
            derivatives[operation] = parsed
            descriptions.append(
                PrimitiveDescription(
                    operation: operation, operands: operands, derivatives: expressions,
                    documentation: comments[index + 1] ?? ""))
        }
        for operation in Operator.allCases where derivatives[operation] == nil {
            throw GrammarError(line: operation.rawValue, reason: "has no derivative")
        }
        self.derivatives = derivatives
        self.descriptions = descriptions
    }

    /// The derivatives of an operation, one for each operand.
    subscript(operation: Operator) -> [Derivative] { derivatives[operation] ?? [] }

    /// The parts of a list, split at commas outside of brackets.
    private static func separated(_ list: String) -> [String] {
        var parts = [""]
        var depth = 0
        for character in list {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == "," && depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        return parts.map { String($0.drop(while: \.isWhitespace)) }
    }
}
