/// The language's own notation, which parses back to the same graph.
struct TextStyle: NotationStyle {
    private let inputNames: Set<String>

    init(_ formula: Formula) { inputNames = Set(formula.variables + formula.parameters.map(\.name)) }

    let brackets = (open: "(", close: ")")

    func notation(of node: Node, in formula: Formula) -> Notation {
        switch node {
        case .constant(let constant): constantNotation(constant.value)
        case .variable(let index): Notation(Self.quotedIfNeeded(formula.variables[index]))
        case .parameter(let index): Notation(Self.quotedIfNeeded(formula.parameters[index].name))
        // A minus sign directly before a number would make a negative constant of the two.
        case .unary(.negate, let a) where formula[a].constant != nil: .call("-(", 1, ")").binding(.negation)
        case .unary(let operation, _), .binary(let operation, _, _), .ternary(let operation, _, _, _):
            Self.notation(of: operation)
        }
    }

    private static func notation(of operation: Operator) -> Notation {
        switch operation {
        case .add: Notation(.sum, [.operand(0, .sum), " + ", .operand(1, .product)])
        case .subtract: Notation(.sum, [.operand(0, .sum), " - ", .operand(1, .product)])
        case .multiply: Notation(.product, [.operand(0, .product), "*", .operand(1, .negation)])
        case .divide: Notation(.product, [.operand(0, .product), "/", .operand(1, .negation)])
        case .negate: Notation(.negation, ["-", .operand(0, .negation)])
        case .power: Notation(.power, [.operand(0, .primary), "^", .operand(1, .negation)])
        case .less: Notation(.comparison, [.operand(0, .sum), " < ", .operand(1, .sum)])
        case .lessOrEqual: Notation(.comparison, [.operand(0, .sum), " <= ", .operand(1, .sum)])
        case .equal: Notation(.comparison, [.operand(0, .sum), " == ", .operand(1, .sum)])
        case .notEqual: Notation(.comparison, [.operand(0, .sum), " != ", .operand(1, .sum)])
        case .not: Notation(.not, ["not ", .operand(0, .not)])
        case .and: Notation(.and, [.operand(0, .and), " and ", .operand(1, .not)])
        case .or: Notation(.or, [.operand(0, .or), " or ", .operand(1, .and)])
        default: .call("\(operation.rawValue)(", operation.arity, ")")
        }
    }

    /// The shortest digits that read back as the same Double, or the name of a constant.
    private func constantNotation(_ value: Double) -> Notation {
        let magnitude = NamedConstant.allCases.first {
            Constant($0.value) == Constant(value.magnitude) && !($0.yieldsToDeclaredNames && inputNames.contains($0.rawValue))
        }
        let digits = magnitude?.rawValue ?? Self.digits(value.magnitude)
        // Every NaN is the same one.
        return value.sign == .minus && !value.isNaN ? Notation("-\(digits)", .negation) : Notation(digits)
    }

    private static func digits(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func quotedIfNeeded(_ name: String) -> String {
        let scalars = name.unicodeScalars
        let isPlain =
            scalars.first.map(Lexer.startsName) == true && scalars.allSatisfy(Lexer.continuesName)
            && Lexer.withoutSubscripts(name) == name && Symbol.keywords[name] == nil && NamedConstant(rawValue: name) == nil
        return isPlain ? name : "`\(name)`"
    }

    func sharedNames(_ count: Int) -> [String] {
        // Those that inputs have taken are left out.
        Array((0...).lazy.map { "t\($0)" }.filter { !inputNames.contains($0) }.prefix(count))
    }

    func assemble(shared: [(name: String, text: String)], result: String) -> String {
        shared.map { "let \($0.name) = \($0.text);\n" }.joined() + result
    }
}
