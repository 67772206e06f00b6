import Foundation
import Testing

@testable import Datasets

/// Numbers come out correctly rounded, as the standard library reads them.
@Suite struct NumberParsingTests {
    private func read<Scalar: ParsedScalar>(_ texts: [String], as type: Scalar.Type) -> [Scalar] {
        let text = Array((texts.joined(separator: "\n") + "\n").utf8)
        let bytes = text + [UInt8](repeating: 0, count: TextBlock.padding)
        let layout = TableLayout(separator: UInt8(ascii: ","), columnNames: ["x0"])
        let parsed = Scalar.parse(TextBlock(bytes: bytes, start: 0, end: text.count), layout: layout)
        #expect(parsed.failure == nil, "line \(parsed.failure?.line ?? 0): \(texts[max(0, (parsed.failure?.line ?? 1) - 1)])")
        return parsed.features
    }

    private func expectStandardReading(_ texts: [String], _ note: String = "") {
        for (text, value) in zip(texts, read(texts, as: Float.self)) {
            #expect(value.bitPattern == Float(text)?.bitPattern, "\(text) \(note)")
        }
        for (text, value) in zip(texts, read(texts, as: Double.self)) {
            #expect(value.bitPattern == Double(text)?.bitPattern, "\(text) \(note)")
        }
    }

    @Test func hardNumbers() {
        expectStandardReading([
            "0", "-0", "0.0", "-0.000", "0e99", "1", "-1", "16777216", "16777217", "16777218", "16777219", "33554433",
            // Halfway between two Floats, and a little to either side of it, beyond the 15 digits of a Double.
            "1.000000059604644775390625", "1.00000005960464477539062", "1.000000059604644775390626",
            "1.00000017881393432617187", "1.00000017881393432617188", "9007199791611905", "9007199791611904.5",
            "3.4028234663852886e38", "3.40282356e38", "1.17549435e-38", "1.1754942e-38", "1.4e-45", "7.1e-46", "7.0e-46", "1e-60",
            "123456789012345678901234567890", "0.00000000000000000000000000000000012345678", "9999999999999999999",
            "18446744073709551615", "18446744073709551616", "8.692932128906250000e-01", "-6.350818276405334473e-01",
            "1e22", "1e23", "1e-22", "1e-23", "8.5e37", "12345678", "123456789", ".5", "5.", "1.e2", "+3.25",
            "00000000000000000000000001.5", "2.2250738585072011e-308", "0.1e1", "1E5", "1e+5", "1e-05",
        ])
    }

    @Test func randomNumbers() {
        var random = RandomStream(seed: 7)
        var texts: [String] = []
        for _ in 0..<20_000 {
            let float = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            if float.isFinite {
                texts.append("\(float)")
                texts.append(String(format: "%.18e", Double(float)))
            }
            let digits = String((0..<1 + random.integer(below: 22)).map { _ in Character("\(random.integer(below: 10))") })
            let point = digits.index(digits.startIndex, offsetBy: random.integer(below: digits.count + 1))
            texts.append("-\(digits[..<point]).\(digits[point...])e\(random.integer(below: 30) - 15)")
        }
        expectStandardReading(texts, "(seed 7)")
    }

    /// Numbers next to the middle between two Floats, where rounding twice goes wrong.
    @Test func nearTies() {
        var random = RandomStream(seed: 8)
        var texts: [String] = []
        for _ in 0..<5_000 {
            let float = Float(1 + random.uniform()) * Float(sign: .plus, exponent: random.integer(below: 40) - 20, significand: 1)
            let middle = (Double(float) + Double(float.nextUp)) / 2
            for value in [middle, middle.nextUp, middle.nextDown] {
                texts.append("\(value)")
                texts.append(String(format: "%.18e", value))
                texts.append(String(format: "%.16e", value))
            }
        }
        expectStandardReading(texts, "(seed 8)")
    }
}
