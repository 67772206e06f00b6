import Formulas
import Foundation
import Testing

@Suite("Error messages")
struct SyntaxErrorTests {
    struct Case: Sendable {
        let text: String
        var options = ParsingOptions()
    }

    private static let short = ParsingOptions(limits: ParsingLimits(textBytes: 40))
    private static let small = ParsingOptions(limits: ParsingLimits(nodes: 6, depth: 3))

    private static let cases: [Case] = [
        // Limits
        Case(text: "x + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10", options: short), Case(text: "x*x0*x1*x2", options: small),
        Case(text: "sin(sin(sin(sin(x))))", options: small), Case(text: "((((x))))", options: small),
        Case(text: "----x", options: small),
        Case(text: "f(a) = sin(a*a); let t = f(x); " + (0..<300).map { "let t\($0) = f(x); " }.joined() + "t", options: small),
        // Words
        Case(text: "x × 2"), Case(text: "x − 2"), Case(text: "2 $ x"), Case(text: "x\u{0}"), Case(text: "x + \u{202E}"),
        Case(text: "[x]"),
        Case(text: "x % 2"), Case(text: "x & 1"), Case(text: "x²"), Case(text: "1.2.3"), Case(text: "1__0"), Case(text: "0x1.8"),
        Case(text: "1e999"), Case(text: "0x1p5000"), Case(text: "`a b + 1"), Case(text: "``"),
        // Sentences
        Case(text: ""), Case(text: " \n\t"), Case(text: "# nothing\n"), Case(text: ";;"), Case(text: "let t = 2"),
        Case(text: "f(x) = x;\n"),
        Case(text: "x +"), Case(text: "* x"), Case(text: "()"), Case(text: "sin("), Case(text: "x + )"), Case(text: "max(x,,1)"),
        Case(text: "x ! 2"), Case(text: "x ... 2"), Case(text: "let = 3; x"), Case(text: "let 3 = x; x"),
        Case(text: "let t 3; t"),
        Case(text: "f(2) = x; x"), Case(text: "f(a = 1, b) = a; x"), Case(text: "param a = x; a"), Case(text: "param a; a"),
        Case(text: "(x + 1"), Case(text: "sin((x)"), Case(text: "max(x, 1; 2"), Case(text: "x)"), Case(text: "(x, 1)"),
        Case(text: "x, 1"),
        Case(text: "0,5*x"), Case(text: "1 < x < 2"), Case(text: "x == 1 == 2"), Case(text: "2x"), Case(text: "2 x"),
        Case(text: "(x)(x)"),
        Case(text: "x sin(x)"), Case(text: "2e"), Case(text: "1 + not x"), Case(text: "x ? 1"), Case(text: "(x ? 1)"),
        Case(text: "x : 1"),
        Case(text: "max(x ? 1, 2)"), Case(text: "x = 1"), Case(text: "y = 2*x"), Case(text: "x =< 1"), Case(text: "1 < = x"),
        Case(text: "sin(x) = 2"), Case(text: "x\n+ 1"), Case(text: "x; 2*x"), Case(text: "x let"),
        // Meaning
        Case(text: "y + 1"), Case(text: "x + alpha", options: ParsingOptions(parameters: [Parameter(name: "alpah", value: 1)])),
        Case(text: "velocty", options: ParsingOptions(names: .declared(["velocity", "mass"]))), Case(text: "X"), Case(text: "PI"),
        Case(text: "sine(x)"), Case(text: "sqr(x)"), Case(text: "tahn(x)"), Case(text: "frobnicate(x)"), Case(text: "Sin(x)"),
        Case(text: "sin"),
        Case(text: "2*leaky_relu"), Case(text: "x(2)"), Case(text: "pi(2)"), Case(text: "let t = x; t (2)"),
        Case(text: "sin(x, 1)"), Case(text: "max(x)"),
        Case(text: "where(x, 1)"), Case(text: "leaky_relu(x, 1, 2)"), Case(text: "leaky_relu()"),
        Case(text: "f(a, b = 1) = a; f()"),
        Case(text: "gamma(x)", options: ParsingOptions(dialect: .pysr)), Case(text: "f(x) = f(x - 1); f(x)"),
        Case(text: "log(x) = log(abs(x)); log(x)"), Case(text: "f(x) = g(x); g(x) = f(x); f(x)"),
        Case(text: "f(x) = x; f(x) = 2*x; f(x)"),
        Case(text: "let t = 1; let t = 2; t"), Case(text: "f(a, a) = a; f(1, 2)"), Case(text: "let pi = 3; pi"),
        Case(text: "f(e) = e; f(1)"),
        Case(text: "let and = 3; x"), Case(text: "Piecewise(x, 1)", options: ParsingOptions(dialect: .sympy)),
        Case(text: "Piecewise((x, x > 0) + 1)", options: ParsingOptions(dialect: .sympy)),
        Case(text: "Piecewise((x, 1, 2))", options: ParsingOptions(dialect: .sympy)),
        // Places
        Case(text: "let a = 1\nlet b = 2\na + b + c"), Case(text: "\tx +\ty"), Case(text: "`幅` + 変数 * x"), Case(text: "x +\r\ny"),
        Case(
            text: Array(repeating: "x0*x1", count: 40).joined(separator: " + ") + " + y + "
                + Array(repeating: "x", count: 60).joined(separator: "-")),
        Case(text: "sin(x) + " + String(repeating: "y", count: 200)),
        // Collapse
        Case(text: "sub(X1, X2)", options: ParsingOptions(dialect: .gplearn, collapse: true)),
        Case(text: "2*pi", options: ParsingOptions(collapse: true)),
    ]

    /// The messages as recorded. With FORMULAC_RECORD=1 in the environment they are written anew instead.
    @Test("Every kind of error says where, why and what to do")
    func golden() throws {
        var messages = ""
        var kinds: Set<FormulaError.Kind> = []
        for testCase in Self.cases {
            let shown = testCase.text.debugDescription
            messages += "=== \(shown.count > 300 ? shown.prefix(120) + "…" : shown[...])\n"
            do {
                let formula = try Formula(parsing: testCase.text, options: testCase.options)
                Issue.record("\(shown) is the formula \(formula.text)")
            } catch {
                kinds.insert(error.kind)
                messages += "\(error.kind): \(error)\n"
            }
        }
        let missing = Set(FormulaError.Kind.allCases).subtracting(kinds)
        #expect(missing.isEmpty, "no case for \(missing)")

        if ProcessInfo.processInfo.environment["FORMULAC_RECORD"] == "1" {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            try messages.write(to: source.appending(path: "Golden/errors.golden"), atomically: true, encoding: .utf8)
        } else {
            let url = try #require(Bundle.module.url(forResource: "errors", withExtension: "golden", subdirectory: "Golden"))
            let recorded = try String(contentsOf: url, encoding: .utf8)
            let blocks = messages.components(separatedBy: "=== ")
            for (now, then) in zip(blocks, recorded.components(separatedBy: "=== ")) { #expect(now == then) }
            #expect(blocks.count == recorded.components(separatedBy: "=== ").count)
        }
    }
}
