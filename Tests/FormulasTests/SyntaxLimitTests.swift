import Formulas
import Testing

@Suite("Limits and hostile texts")
struct SyntaxLimitTests {
    private func kind(_ text: String, _ options: ParsingOptions = ParsingOptions()) -> FormulaError.Kind? {
        do {
            _ = try Formula(parsing: text, options: options)
            return nil
        } catch {
            return error.kind
        }
    }

    private func nested(_ open: String, _ close: String, _ depth: Int) -> String {
        String(repeating: open, count: depth) + "x" + String(repeating: close, count: depth)
    }

    @Test(
        "Depth is accepted up to the limit and refused beyond",
        arguments: [
            ("sin(", ")"), ("(", ")"), ("-", ""), ("not ", ""), ("1 - (", ")"), ("x ? 1 : ", ""), ("x^", ""), ("max(1, ", ")"),
            ("", "*x"),
        ])
    func depth(open: String, close: String) {
        let limit = ParsingLimits().depth
        #expect(limit == 10_000)
        #expect(kind(nested(open, close, limit)) == nil)
        #expect(kind(nested(open, close, limit + 1)) == .tooDeep)
        let raised = ParsingOptions(limits: ParsingLimits(depth: 20_000))
        #expect(kind(nested(open, close, limit + 1), raised) == nil)
    }

    @Test("A text may be as long as its limit", arguments: [1 << 20, (1 << 20) + 1])
    func length(bytes: Int) {
        let text = "x" + String(repeating: " ", count: bytes - 1)
        #expect(kind(text) == (bytes > 1 << 20 ? .textTooLong : nil))
    }

    @Test(
        "A megabyte of one sign is answered",
        arguments: ["(", ")", "-", "x+", "f(", "x,", "x?", "1 ", "`", "x;", "\n", "é", "x<", "let ", "#", "\u{0}"])
    func megabyteOf(sign: String) {
        let text = String(repeating: sign, count: (1 << 20) / sign.utf8.count)
        #expect(kind(text) != nil)
    }

    @Test("Doubling definitions meet a limit instead of the end of memory")
    func doubling() {
        var text = "f0(x) = x + x*x;\n"
        for index in 1...60 { text += "f\(index)(x) = f\(index - 1)(f\(index - 1)(x));\n" }
        #expect(kind(text + "f60(x)") == .tooDeep)
        let flat = "f0(a, b) = a*b;\n" + (1...60).map { "f\($0)(a, b) = f\($0 - 1)(a, b) + f\($0 - 1)(b, a);\n" }.joined()
        #expect(kind(flat + "f60(x0, x1)") == nil)
        let wide = "g0(a) = a*1;\n" + (1...60).map { "g\($0)(a) = g\($0 - 1)(a + \($0)) + g\($0 - 1)(a - \($0).5);\n" }.joined()
        #expect(kind(wide + "g60(x)") == .tooManyNodes)
    }

    @Test("Calls that build nothing new still count")
    func expansion() {
        // Every call visits the thousands of nodes of the function's body, and all but the first build none.
        let function = "f(a) = a" + (0..<500).map { " + sin(\($0))*a" }.joined()
        let calls = (0..<600).map { "; let t\($0) = f(1)" }.joined()
        let options = ParsingOptions(limits: ParsingLimits(nodes: 6_000))
        #expect(kind(function + calls + "; t0", options) == .tooMuchExpansion)
    }

    @Test(
        "Odd characters are placed",
        arguments: ["\u{FFFD}", "\u{0}", "\u{1B}[31m", "x\u{200D}", "\u{E000}", "🧮", "x + \u{2028}y", "a\u{301}\u{301}"])
    func oddCharacters(text: String) throws {
        let error = try #require(throws: FormulaError.self) { try Formula(parsing: text) }
        #expect(error.offset < text.utf8.count)
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "a terminal could be disturbed")
    }

    @Test("A byte order mark and blanks of all kinds are passed over")
    func blanks() throws {
        #expect(try Formula(parsing: "\u{FEFF}x\u{A0}+\u{2003}1\r\n") == Formula(parsing: "x+1"))
    }
}
