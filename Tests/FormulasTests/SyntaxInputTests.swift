import Formulas
import Testing

@Suite("Variables, parameters and collapse")
struct SyntaxInputTests {
    @Test("Variables stand in natural order, used ones only")
    func order() throws {
        let formula = try Formula(
            parsing: "x10 + y*x2 - x + X3/x1 + a2b + `b c`", options: ParsingOptions(names: .declared(["y", "z", "b c", "a2b"])))
        #expect(formula.variables == ["X3", "a2b", "b c", "x", "x1", "x2", "x10", "y"])
        #expect(try Formula(parsing: "0*x10 + x9; ").variables == ["x9", "x10"])
        #expect(try Formula(parsing: "let t = x5; x2").variables == ["x2"])
    }

    @Test("Any name may be a variable where patterns are read")
    func anyName() throws {
        let formula = try Formula(parsing: "log(1 + exp(a))*e", options: ParsingOptions(names: .any))
        #expect(formula.variables == ["a"])
    }

    @Test("Parameters stand in the order of their declaration, used ones only")
    func parameters() throws {
        let declared = [Parameter(name: "b", value: 2), Parameter(name: "c", value: 3), Parameter(name: "a", value: 1)]
        let formula = try Formula(
            parsing: "param a = 7; param d = -0.5; d*x + a*b", options: ParsingOptions(parameters: declared))
        // The value given outside of the text goes before the text's.
        #expect(formula.parameters == [declared[0], declared[2], Parameter(name: "d", value: -0.5)])
        #expect(formula.variables == ["x"])
    }

    @Test("Declared names go before the constants e and pi, never before inf and nan")
    func precedence() throws {
        let formula = try Formula(parsing: "e + pi + inf", options: ParsingOptions(names: .declared(["e", "inf"])))
        #expect(formula.variables == ["e"])
        #expect(try Formula(parsing: "-e", options: ParsingOptions(names: .declared(["e"]))).nodes.count == 2)
        let parameter = ParsingOptions(parameters: [Parameter(name: "x", value: 3)])
        #expect(try Formula(parsing: "x + x0", options: parameter).variables == ["x0"])
    }

    @Test("Subscripts are numbers")
    func subscripts() throws {
        #expect(try Formula(parsing: "x₁ + x₁₂ + x1").variables == ["x1", "x12"])
    }

    @Test("A dialect says which column its first variable is")
    func firstVariable() {
        #expect(Dialect.allCases.map(\.firstVariableNumber) == [0, 0, 0, 1, 0])
    }

    @Test("Collapse makes one input of all variables")
    func collapse() throws {
        let options = ParsingOptions(dialect: .gplearn, collapse: true)
        let formula = try Formula(parsing: "sub(cos(X25), cos(cos(X27)))", options: options)
        #expect(formula == (try Formula(parsing: "cos(x) - cos(cos(x))")))
        #expect(try Formula(parsing: "mul(X3, X3)", options: options).text == "x*x")
    }

    @Test(
        "A collapse that leaves a constant is an error",
        arguments: ["X1 - X2", "X1/X2 + 1", "sin(X1 - X2)*3", "(X1 - X2)*X3", "2", "X1 < X2", "where(X1, X3 - X4, X5 - X6)"])
    func constantCollapse(text: String) throws {
        let formula = try Formula(parsing: text)
        let error = try #require(throws: CollapseError.self) { try formula.collapsed() }
        #expect(error.description.contains(error.remaining.text))
        let placed = try #require(throws: FormulaError.self) {
            try Formula(parsing: text, options: ParsingOptions(collapse: true))
        }
        #expect(placed.kind == .constantAfterCollapse)
    }

    @Test(
        "What depends on x after the collapse is kept", arguments: ["X1 - 2*X2", "max(X1, X2)", "X1^X2", "where(X1 < 0, X1, 1)"])
    func variableCollapse(text: String) throws {
        #expect(try Formula(parsing: text).collapsed().variables == ["x"])
    }
}
