/// How tightly an operator binds, from `Formula.ebnf`.
enum Precedence: Int, Comparable, Sendable {
    case conditional, or, and, not, comparison, sum, product, negation, power
    /// Names, numbers, calls and whatever stands in brackets.
    case primary

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

/// An operator between two operands.
struct Infix: Sendable {
    let operation: Operator
    let precedence: Precedence
    /// Whether the graph has the operands the other way round: `a > b` is `b < a`.
    var isSwapped = false

    init(_ operation: Operator, _ precedence: Precedence, swapped: Bool = false) {
        self.operation = operation
        self.precedence = precedence
        isSwapped = swapped
    }

    /// The operator that a sign stands for between two operands.
    static let bySymbol: [Symbol: Infix] = [
        .plus: Infix(.add, .sum), .minus: Infix(.subtract, .sum),
        .times: Infix(.multiply, .product), .over: Infix(.divide, .product),
        .power: Infix(.power, .power),
        .less: Infix(.less, .comparison), .lessOrEqual: Infix(.lessOrEqual, .comparison),
        .greater: Infix(.less, .comparison, swapped: true),
        .greaterOrEqual: Infix(.lessOrEqual, .comparison, swapped: true),
        .equal: Infix(.equal, .comparison), .notEqual: Infix(.notEqual, .comparison),
        .and: Infix(.and, .and), .or: Infix(.or, .or),
    ]
}
