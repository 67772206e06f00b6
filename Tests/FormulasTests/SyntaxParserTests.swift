import Formulas
import Testing

@Suite("Parser")
struct SyntaxParserTests {
    /// A graph in prefix form, without the printer that is itself under test elsewhere.
    private func prefix(_ formula: Formula) -> String {
        var texts: [String] = []
        for node in formula.nodes {
            switch node {
            case .constant(let constant): texts.append("\(constant.value)")
            case .variable(let index): texts.append(formula.variables[index])
            case .parameter(let index): texts.append(formula.parameters[index].name)
            default:
                let operands = node.operands.map { texts[$0.index] }.joined(separator: " ")
                texts.append("(\(node.operation?.rawValue ?? "") \(operands))")
            }
        }
        return texts[formula.outputs[0].index]
    }

    @Test(
        "Precedence and associativity",
        arguments: [
            ("x", "x"),
            ("1", "1.0"),
            ("-2", "-2.0"),
            ("-0", "-0.0"),
            ("--2", "(negate -2.0)"),
            ("-(2)", "(negate 2.0)"),
            ("-2^2", "(negate (power 2.0 2.0))"),
            ("(-2)^2", "(power -2.0 2.0)"),
            ("-x^2", "(negate (power x 2.0))"),
            ("2^-x", "(power 2.0 (negate x))"),
            ("2^-3", "(power 2.0 -3.0)"),
            ("2^-x*3", "(multiply (power 2.0 (negate x)) 3.0)"),
            ("2^-x^2", "(power 2.0 (negate (power x 2.0)))"),
            ("x^2^3", "(power x (power 2.0 3.0))"),
            ("x**2", "(power x 2.0)"),
            ("2**-1**2", "(power 2.0 (negate (power 1.0 2.0)))"),
            ("-2*x", "(multiply -2.0 x)"),
            ("-x*2", "(multiply (negate x) 2.0)"),
            ("1-2-3", "(subtract (subtract 1.0 2.0) 3.0)"),
            ("1/2/x", "(divide (divide 1.0 2.0) x)"),
            ("1+2*x", "(add 1.0 (multiply 2.0 x))"),
            ("(1+2)*x", "(multiply (add 1.0 2.0) x)"),
            ("x - -2", "(subtract x -2.0)"),
            ("x > 1", "(less 1.0 x)"),
            ("x >= 1", "(less_or_equal 1.0 x)"),
            ("x < 1", "(less x 1.0)"),
            ("x <= 1", "(less_or_equal x 1.0)"),
            ("x == 1", "(equal x 1.0)"),
            ("x != 1", "(not_equal x 1.0)"),
            ("x + 1 < x*2", "(less (add x 1.0) (multiply x 2.0))"),
            ("not x < 1", "(not (less x 1.0))"),
            ("!x", "(not x)"),
            ("not not x", "(not (not x))"),
            ("(not x) + 1", "(add (not x) 1.0)"),
            ("x and x0 or x1", "(or (and x x0) x1)"),
            ("x || x0 && x1", "(or x (and x0 x1))"),
            ("not x and x0", "(and (not x) x0)"),
            ("x ? 1 : 2", "(where x 1.0 2.0)"),
            ("x ? 1 : x0 ? 2 : 3", "(where x 1.0 (where x0 2.0 3.0))"),
            ("x ? x0 ? 1 : 2 : 3", "(where x (where x0 1.0 2.0) 3.0)"),
            ("x or x0 ? 1 : 2 + x", "(where (or x x0) 1.0 (add 2.0 x))"),
            ("+x", "x"),
            ("-+x", "(negate x)"),
            ("-pi", "-3.141592653589793"),
            ("-inf", "-inf"),
            ("-(pi)", "(negate 3.141592653589793)"),
            ("add(x, 1)", "(add x 1.0)"),
            ("less(x, 1)", "(less x 1.0)"),
            ("where(x, 1, 2)", "(where x 1.0 2.0)"),
            ("and(x, 1)", "(and x 1.0)"),
            ("or(x, and(x, 1), not(x))", "(or (or x (and x 1.0)) (not x))"),
            ("max(x, 1, 2)", "(max (max x 1.0) 2.0)"),
            ("pow(x, 2)", "(power x 2.0)"),
            ("sin(cos(x))", "(sin (cos x))"),
            ("negate(2)", "(negate 2.0)"),
            ("ln(x)", "(log x)"),
            ("relu(x)", "(max x 0.0)"),
            ("leaky_relu(x)", "(where (less 0.0 x) x (multiply 0.01 x))"),
            ("leaky_relu(x, 2)", "(where (less 0.0 x) x (multiply 2.0 x))"),
            ("sin(\n  x +\n  1\n)", "(sin (add x 1.0))"),
            ("x +\n 1", "(add x 1.0)"),
            ("# only\nx # and this\n", "x"),
            ("x;\n;", "x"),
            ("let t = exp(-x); (1-t)/(1+t)", "(divide (subtract 1.0 (exp (negate x))) (add 1.0 (exp (negate x))))"),
            ("snake(x, a) = x + sin(a*x)^2/a\nsnake(x, 2)", "(add x (divide (power (sin (multiply 2.0 x)) 2.0) 2.0))"),
            ("f(y, a = 1, b = -2) = a*y + b; f(x) + f(x, 3)", "(add (add (multiply 1.0 x) -2.0) (add (multiply 3.0 x) -2.0))"),
            ("f(y) = x0 + y; g(z) = f(f(z)); g(1)", "(add x0 (add x0 1.0))"),
            ("m(a, b, ...) = a - b; m(x, 1, 2)", "(subtract (subtract x 1.0) 2.0)"),
            ("let x = 2*x; x^2", "(power (multiply 2.0 x) 2.0)"),
            ("param a = 0.25; a*x", "(multiply a x)"),
            ("`x`*2", "(multiply x 2.0)"),
        ])
    func reads(text: String, expected: String) throws {
        #expect(prefix(try Formula(parsing: text)) == expected)
    }
}
