import Formulas
import Testing

@Suite("Printers")
struct PrinterTests {
    @Test(
        "Text has as few brackets as possible",
        arguments: [
            ("x", "x"), ("add(x, 1)", "x + 1"), ("(-2)^x", "(-2)^x"), ("-2^x", "-2^x"), ("-(2)", "-(2)"), ("--2", "-(-2)"),
        ])
    func textIsMinimal(text: String, expected: String) throws {
        #expect(try Formula(parsing: text).text == expected)
    }
}
