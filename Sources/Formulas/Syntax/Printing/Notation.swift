/// How an operation is written: text and operands by turns.
struct Notation {
    enum Piece: ExpressibleByStringLiteral {
        case text(String)
        /// An operand, in brackets unless it binds at least as tightly.
        case operand(Int, Precedence)

        init(stringLiteral value: String) { self = .text(value) }
    }

    /// How tightly the whole binds.
    let precedence: Precedence
    let pieces: [Piece]

    init(_ precedence: Precedence, _ pieces: [Piece]) {
        self.precedence = precedence
        self.pieces = pieces
    }

    /// A leaf.
    init(_ text: String, _ precedence: Precedence = .primary) { self.init(precedence, [.text(text)]) }

    /// A call of a function with a number of operands.
    static func call(_ open: String, _ arity: Int, _ close: String) -> Notation {
        var pieces: [Piece] = [.text(open)]
        for index in 0..<arity {
            if index > 0 { pieces.append(", ") }
            pieces.append(.operand(index, .conditional))
        }
        return Notation(.primary, pieces + [.text(close)])
    }

    /// The same text, binding as given.
    func binding(_ precedence: Precedence) -> Notation { Notation(precedence, pieces) }
}

/// A way to write formulas.
protocol NotationStyle {
    /// What stands around an operand that must be kept together.
    var brackets: (open: String, close: String) { get }

    /// How a node is written.
    func notation(of node: Node, in formula: Formula) -> Notation

    /// Names for shared expressions.
    func sharedNames(_ count: Int) -> [String]

    /// Shared expressions with their names, then the result, put together.
    func assemble(shared: [(name: String, text: String)], result: String) -> String
}
