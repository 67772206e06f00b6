/// Mathematics for LaTeX with the amsmath package.
struct LaTeXStyle: NotationStyle {
    private let inputNames: Set<String>

    init(_ formula: Formula) { inputNames = Set(formula.variables + formula.parameters.map(\.name)) }

    let brackets = (open: "\\left(", close: "\\right)")

    func notation(of node: Node, in formula: Formula) -> Notation {
        switch node {
        case .constant(let constant): Self.notation(of: constant.value)
        case .variable(let index): Notation(name(formula.variables[index]))
        case .parameter(let index): Notation(name(formula.parameters[index].name))
        case .unary(let operation, _), .binary(let operation, _, _), .ternary(let operation, _, _, _):
            Self.notation(of: operation)
        }
    }

    private static func notation(of operation: Operator) -> Notation {
        switch operation {
        case .add: Notation(.sum, [.operand(0, .sum), " + ", .operand(1, .product)])
        case .subtract: Notation(.sum, [.operand(0, .sum), " - ", .operand(1, .product)])
        case .multiply: Notation(.product, [.operand(0, .product), " \\cdot ", .operand(1, .power)])
        // A fraction needs brackets only as the base of a power.
        case .divide: Notation(.power, ["\\frac{", .operand(0, .conditional), "}{", .operand(1, .conditional), "}"])
        case .negate: Notation(.negation, ["-", .operand(0, .power)])
        case .power: Notation(.power, ["{", .operand(0, .primary), "}^{", .operand(1, .conditional), "}"])
        case .absolute: .call("\\left|", 1, "\\right|")
        case .sign: function("\\operatorname{sgn}")
        case .floor: .call("\\left\\lfloor ", 1, "\\right\\rfloor")
        case .ceil: .call("\\left\\lceil ", 1, "\\right\\rceil")
        case .squareRoot: .call("\\sqrt{", 1, "}")
        case .cubeRoot: .call("\\sqrt[3]{", 1, "}")
        case .exp: Notation(.power, ["e^{", .operand(0, .conditional), "}"])
        case .expm1: Notation(.sum, ["e^{", .operand(0, .conditional), "} - 1"])
        case .exp2: Notation(.power, ["2^{", .operand(0, .conditional), "}"])
        case .expProduct: Notation(.power, ["e^{", .operand(0, .product), " \\cdot ", .operand(1, .power), "}"])
        case .log: function("\\ln")
        case .log1p: Notation(.primary, ["\\ln\\left(1 + ", .operand(0, .product), "\\right)"])
        case .log2: function("\\log_{2}")
        case .log10: function("\\log_{10}")
        case .sin: function("\\sin")
        case .cos: function("\\cos")
        case .tan: function("\\tan")
        case .asin: function("\\arcsin")
        case .acos: function("\\arccos")
        case .atan: function("\\arctan")
        case .sinh: function("\\sinh")
        case .cosh: function("\\cosh")
        case .tanh: function("\\tanh")
        case .normalCDF: function("\\Phi")
        case .sigmoid: function("\\sigma")
        case .hypot:
            Notation(.primary, ["\\sqrt{{", .operand(0, .primary), "}^{2} + {", .operand(1, .primary), "}^{2}}"])
        case .minimum: function("\\min", 2)
        case .maximum: function("\\max", 2)
        case .less: Notation(.comparison, [.operand(0, .sum), " < ", .operand(1, .sum)])
        case .lessOrEqual: Notation(.comparison, [.operand(0, .sum), " \\le ", .operand(1, .sum)])
        case .equal: Notation(.comparison, [.operand(0, .sum), " = ", .operand(1, .sum)])
        case .notEqual: Notation(.comparison, [.operand(0, .sum), " \\ne ", .operand(1, .sum)])
        case .not: Notation(.not, ["\\lnot ", .operand(0, .primary)])
        case .and: Notation(.and, [.operand(0, .and), " \\land ", .operand(1, .comparison)])
        case .or: Notation(.or, [.operand(0, .or), " \\lor ", .operand(1, .and)])
        case .select:
            Notation(
                .conditional,
                [
                    "\\begin{cases} ", .operand(1, .conditional), " & \\text{if } ", .operand(0, .conditional), " \\\\ ",
                    .operand(2, .conditional), " & \\text{otherwise} \\end{cases}",
                ])
        default: function("\\operatorname{\(escaped(operation.rawValue))}", operation.arity)
        }
    }

    private static func function(_ name: String, _ arity: Int = 1) -> Notation { .call("\(name)\\left(", arity, "\\right)") }

    private static func notation(of value: Double) -> Notation {
        if value.isNaN { return Notation("\\mathrm{NaN}") }
        let (magnitude, precedence) = notation(ofMagnitude: value.magnitude)
        return value.sign == .minus ? Notation("-\(magnitude)", .negation) : Notation(magnitude, precedence)
    }

    private static func notation(ofMagnitude value: Double) -> (String, Precedence) {
        switch value {
        case .infinity: return ("\\infty", .primary)
        case NamedConstant.pi.value: return ("\\pi", .primary)
        case NamedConstant.e.value: return ("e", .primary)
        default: break
        }
        let parts = value.description.split(separator: "e")
        let mantissa = parts[0].hasSuffix(".0") ? parts[0].dropLast(2) : parts[0]
        guard parts.count == 2, let exponent = Int(parts[1]) else { return (String(mantissa), .primary) }
        return ("\(mantissa) \\cdot 10^{\(exponent)}", .product)
    }

    /// `x1` becomes x with an index, as does `x_1` where no `x1` is beside it, `alpha` the Greek letter, other names upright text.
    private func name(_ name: String) -> String {
        let index = name.reversed().prefix { ("0"..."9").contains($0) }.count
        var stem = name.dropLast(index)
        if index > 0, stem.count > 1, stem.last == "_", !inputNames.contains(String(stem.dropLast() + name.suffix(index))) {
            stem = stem.dropLast()
        }
        return Self.name(stem: stem, subscript: name.suffix(index))
    }

    private static func name(stem: Substring, subscript index: Substring) -> String {
        guard !stem.isEmpty else { return "\\mathrm{\(escaped(String(index)))}" }
        let subscripted = index.isEmpty ? "" : "_{\(index)}"
        if stem.count == 1, stem.first?.isLetter == true { return stem + subscripted }
        if greekLetters.contains(String(stem)) { return "\\\(stem)\(subscripted)" }
        return "\\mathrm{\(escaped(String(stem)))}\(subscripted)"
    }

    private static func escaped(_ text: String) -> String {
        text.map { specialCharacters[$0] ?? String($0) }.joined()
    }

    private static let specialCharacters: [Character: String] = [
        "_": "\\_", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "%": "\\%", "#": "\\#", " ": "\\ ", "\\": "\\backslash ",
        "^": "\\hat{}", "~": "\\tilde{}",
    ]

    private static let greekLetters: Set<String> = [
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho",
        "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ]

    func sharedNames(_ count: Int) -> [String] {
        // Those that inputs have taken are left out.
        let taken = Set(inputNames.map(name))
        return Array((0...).lazy.map { "t_{\($0)}" }.filter { !taken.contains($0) }.prefix(count))
    }

    func assemble(shared: [(name: String, text: String)], result: String) -> String {
        guard !shared.isEmpty else { return result }
        let lines = shared.map { "\($0.name) &= \($0.text) \\\\\n" }.joined()
        return "\\begin{aligned}\n\(lines)& \(result)\n\\end{aligned}"
    }
}
