import Accuracy
import Formulas
import Testing

@Suite("Printers")
struct PrinterTests {
    @Test(
        "Text has as few brackets as possible",
        arguments: [
            "x", "x + 1", "x - (x0 - 1)", "x - x0 - 1", "x + (x0 + 1)", "x*x0*2", "x*(x0*2)", "x/x0/2", "x/(x0*2)", "-x", "-(2)",
            "-(-2)", "-2", "--x",
            "-x^2", "(-x)^2", "(-2)^x", "-2^x", "2^-x", "2^-3", "x^x0^2", "(x^x0)^2", "-2*x", "-x*2", "x*-2", "x - -2", "-(x*2)",
            "-(x + 1)",
            "x < 1", "x <= 1", "(x < 1) < 2", "x == x0", "x != x0", "not x < 1", "not (x and x0)", "(not x) + 1", "not not x",
            "x and x0 or x1",
            "x and (x0 or x1)", "x and (x0 and x1)", "(x < 1)*x", "where(x < 1, x, 2)", "exp_product(-x, x)", "max(x, 0)",
            "sin(x)^2", "e^x", "pi*x",
            "inf", "-inf", "nan", "-pi", "-(pi)", "-0", "1e-05", "1e+16", "5e-324", "0.1", "normal_cdf(x)", "less_or_equal",
            "atan2(x, x0)",
        ].filter { $0 != "less_or_equal" })
    func textIsMinimal(text: String) throws {
        #expect(try Formula(parsing: text).text == text)
    }

    @Test(
        "LaTeX",
        arguments: [
            ("x0 + x1*2", "x_{0} + x_{1} \\cdot 2"), ("(x + 1)/x", "\\frac{x + 1}{x}"),
            ("(x/2)^2", "{\\left(\\frac{x}{2}\\right)}^{2}"),
            ("-x^2", "-{x}^{2}"), ("(-x)^2", "{\\left(-x\\right)}^{2}"), ("x*-2", "x \\cdot \\left(-2\\right)"),
            ("sqrt(abs(x))", "\\sqrt{\\left|x\\right|}"),
            ("exp(-x) + 1e-5", "e^{-x} + 1 \\cdot 10^{-5}"), ("normal_cdf(x)", "\\Phi\\left(x\\right)"),
            ("sin(x)/pi", "\\frac{\\sin\\left(x\\right)}{\\pi}"),
            ("where(x > 0, x, 0)", "\\begin{cases} x & \\text{if } 0 < x \\\\ 0 & \\text{otherwise} \\end{cases}"),
            ("2*expm1(x)", "2 \\cdot \\left(e^{x} - 1\\right)"),
            ("param alpha = 1; param rate_0 = 2; alpha*rate_0", "\\alpha \\cdot \\mathrm{rate}_{0}"),
            ("param x_1 = 1; x_1*x", "x_{1} \\cdot x"), ("param x_1 = 1; x_1*x1", "\\mathrm{x\\_}_{1} \\cdot x_{1}"),
            ("not (x < 1 and x0 <= 2)", "\\lnot \\left(x < 1 \\land x_{0} \\le 2\\right)"),
            ("hypot(x, 2)", "\\sqrt{{x}^{2} + {2}^{2}}"), ("erf(x)", "\\operatorname{erf}\\left(x\\right)"),
            ("-inf + nan", "-\\infty + \\mathrm{NaN}"),
            ("floor(x)", "\\left\\lfloor x\\right\\rfloor"), ("exp_product(x, x0 + 1)", "e^{x \\cdot \\left(x_{0} + 1\\right)}"),
        ])
    func latex(text: String, expected: String) throws {
        #expect(try Formula(parsing: text).latex == expected)
    }

    @Test("Every operator has a notation of its own in both styles")
    func coverage() {
        var texts: Set<String> = []
        var latex: Set<String> = []
        for operation in Operator.allCases {
            let names = Array(["x", "x0", "x1"].prefix(operation.arity))
            var builder = FormulaBuilder(variables: names)
            let operands = names.indices.map { builder.variable($0) }
            guard let node = Node(operation, operands) else { continue }
            let id = builder.insert(node)
            let formula = builder.formula(outputs: [id])
            texts.insert(formula.text)
            latex.insert(formula.latex)
        }
        #expect(texts.count == Operator.allCases.count)
        #expect(latex.count == Operator.allCases.count)
    }

    // MARK: Reading back

    /// The graph with names instead of indices, which depend on the order of declaration.
    private func named(_ formula: Formula) -> [String] {
        formula.nodes.map { node in
            switch node {
            case .constant(let constant): "constant \(constant.value.bitPattern)"
            case .variable(let index): "variable \(formula.variables[index])"
            case .parameter(let index): "parameter \(formula.parameters[index].name)"
            default: "\(node)"
            }
        } + formula.outputs.map { "output \($0.index)" }
    }

    private static let names = [
        "x", "X7", "x12", "a b", "e", "pi", "inf", "nan", "let", "and", "t0", "t2", "sin", "x₁", "é", "_", "1st", "λ",
    ]
    private static let parameters = [Parameter(name: "p", value: 0.25), Parameter(name: "not", value: -1)]
    private static let constants: [Double] = [
        0, -0.0, 1, -1, 2, 0.5, -0.25, 1e-5, 1e16, -1e300, .leastNonzeroMagnitude, .pi, -.pi, 0x1.5bf0a8b145769p+1, .infinity,
        -.infinity, .nan,
        0.1, 1.0 / 3, .greatestFiniteMagnitude, 123456789,
    ]

    private func randomFormula(_ size: Int, _ random: inout SplitMix64) -> Formula {
        var builder = FormulaBuilder(variables: Self.names, parameters: Self.parameters)
        var ids: [NodeID] = []
        // Few leaves and operands from the last nodes make deep graphs with much sharing.
        for _ in 0..<4 {
            ids.append(builder.variable(Int.random(in: Self.names.indices, using: &random)))
            ids.append(builder.constant(Self.constants.randomElement(using: &random) ?? 0))
        }
        ids.append(builder.parameter(Int.random(in: 0...1, using: &random)))
        for _ in 0..<size {
            let operation = Operator.allCases.randomElement(using: &random) ?? .add
            let recent = ids.suffix(Bool.random(using: &random) ? 3 : ids.count)
            let operands = (0..<operation.arity).map { _ in recent.randomElement(using: &random) ?? ids[0] }
            if let node = Node(operation, operands) { ids.append(builder.insert(node)) }
        }
        return builder.formula(outputs: ids.suffix(1))
    }

    @Test("Random graphs read back as they were", arguments: 0..<20)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let options = ParsingOptions(parameters: Self.parameters, names: .declared(Self.names))
        for _ in 0..<60 {
            let formula = randomFormula(Int.random(in: 0...80, using: &random), &random)
            let text = formula.text
            let again = try Formula(parsing: text, options: options)
            #expect(named(again) == named(formula), "seed \(seed): \(text)")
            #expect(!formula.latex.isEmpty)
        }
    }

    @Test("Shared expressions get names before the text explodes", arguments: [10, 60, 2_000])
    func sharing(levels: Int) throws {
        var builder = FormulaBuilder(variables: ["t1", "x"])
        var id = builder.binary(.add, builder.variable(0), builder.variable(1))
        for level in 0..<levels {
            let sine = builder.unary(.sin, id)
            let shifted = builder.binary(.add, id, builder.constant(Double(level)))
            id = builder.binary(.multiply, sine, shifted)
        }
        let formula = builder.formula(outputs: [id])
        let text = formula.text
        #expect(text.utf8.count < 40 * formula.nodes.count)
        #expect(formula.latex.utf8.count < 80 * formula.nodes.count)
        let again = try Formula(parsing: text, options: ParsingOptions(names: .declared(["t1"])))
        #expect(named(again) == named(formula))
    }

    @Test("Small formulas are written without names")
    func smallSharing() throws {
        let text = "(1 - exp(-x))/(1 + exp(-x))"
        #expect(try Formula(parsing: "let t = exp(-x); (1 - t)/(1 + t)").text == text)
    }

    @Test("Depth costs nothing")
    func deep() throws {
        var builder = FormulaBuilder(variables: ["x"])
        var id = builder.variable(0)
        for _ in 0..<200_000 { id = builder.unary(.sin, id) }
        let formula = builder.formula(outputs: [id])
        #expect(formula.text.utf8.count == 200_000 * 5 + 1)
        #expect(formula.latex.utf8.count == 200_000 * 17 + 1)
        let options = ParsingOptions(limits: ParsingLimits(textBytes: 2 << 20, nodes: 300_000, depth: 200_000))
        #expect(try Formula(parsing: formula.text, options: options) == formula)
    }

    @Test("Several outputs")
    func outputs() throws {
        var builder = FormulaBuilder(variables: ["x"])
        let x = builder.variable(0)
        let outputs = [builder.unary(.sin, x), builder.unary(.cos, x)]
        let formula = builder.formula(outputs: outputs)
        #expect(formula.text == "sin(x)\n\ncos(x)")
        #expect(formula.text(output: 1) == "cos(x)")
        #expect(formula.latex == "\\begin{aligned}\n& \\sin\\left(x\\right) \\\\\n& \\cos\\left(x\\right)\n\\end{aligned}")
    }
}
