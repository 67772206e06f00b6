import Formulas
import Testing

@Suite("Numbers")
struct SyntaxNumberTests {
    @Test(
        "Numbers as in Swift and C",
        arguments: [
            ("0", 0), ("12", 12), ("1_000", 1000), ("1_0.5_0", 10.5), (".5", 0.5), ("5.", 5), ("5.e1", 50), ("1e-3", 0.001),
            ("1E+3", 1000),
            ("1e1_0", 1e10), ("0x10", 16), ("0xFF_FF", 65535), ("0x1.8p3", 12), ("0x.8p1", 1), ("0X1P-2", 0.25),
            ("0x1p-1074", 0x1p-1074),
            ("1e-400", 0), ("4.9e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("0.1", 0.1), ("007", 7),
            ("9007199254740993", 9007199254740992), ("123456789012345678901234567890", 123456789012345677877719597056),
            ("e", 0x1.5bf0a8b145769p+1),
            ("pi", .pi), ("inf", .infinity), ("-inf", -.infinity), ("-0", -0.0), ("-1e-3", -0.001),
        ] as [(String, Double)])
    func reads(text: String, value: Double) throws {
        #expect(try Formula(parsing: text).nodes == [.constant(Constant(value))])
    }

    @Test("NaN")
    func notANumber() throws { #expect(try Formula(parsing: "nan").nodes == [.constant(Constant(.nan))]) }

    @Test(
        "What is not a number",
        arguments: ["1.2.3", "1__0", "1_", "0x1.8", "1._5", "0x_1", "1e999", "0x1p1024", "2e", "2e+", "0x", "1.5f"])
    func refuses(text: String) {
        #expect(throws: FormulaError.self) { try Formula(parsing: text) }
    }
}
