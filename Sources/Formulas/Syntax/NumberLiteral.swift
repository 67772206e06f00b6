/// Reads numbers as Swift and C write them: `12`, `1_000`, `.5`, `5.`, `1e-3`, `0xFF`, `0x1.8p3`.
///
/// The value is the nearest Double. One too small for a Double is 0 or subnormal, as in C; one too large is an error,
/// because an infinity that nobody wrote would be found only in the results.
enum NumberLiteral {
    /// The number that begins at a digit, or at a point before a digit.
    static func read(_ source: SourceText, at start: Int) throws(FormulaError) -> (value: Double, length: Int) {
        let bytes = source.bytes
        func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }
        /// Passes over digits, which may be separated by single underscores; how many there were.
        func digits(_ position: inout Int, _ isDigit: (UInt8) -> Bool) -> Int {
            var count = 0
            while isDigit(byte(position)) || (byte(position) == UInt8(ascii: "_") && count > 0 && isDigit(byte(position + 1))) {
                count += 1
                position += 1
            }
            return count
        }

        var position = start
        let isHexadecimal =
            byte(start) == UInt8(ascii: "0") && byte(start + 1) | 0x20 == UInt8(ascii: "x")
            && (isHexadecimalDigit(byte(start + 2))
                || (byte(start + 2) == UInt8(ascii: ".") && isHexadecimalDigit(byte(start + 3))))
        if isHexadecimal { position += 2 }
        let isDigitHere = isHexadecimal ? isHexadecimalDigit : isDigit
        _ = digits(&position, isDigitHere)
        let hasPoint = byte(position) == UInt8(ascii: ".")
        if hasPoint {
            position += 1
            _ = digits(&position, isDigitHere)
        }
        var hasExponent = false
        if byte(position) | 0x20 == UInt8(ascii: isHexadecimal ? "p" : "e") {
            var end = position + 1
            if byte(end) == UInt8(ascii: "+") || byte(end) == UInt8(ascii: "-") { end += 1 }
            hasExponent = digits(&end, isDigit) > 0
            if hasExponent { position = end }
        }

        let place = start..<position
        let isGluedOn = byte(position) == UInt8(ascii: ".") || byte(position) == UInt8(ascii: "_")
        guard !isGluedOn, !(isHexadecimal && hasPoint && !hasExponent),
            let value = Double(source[place].filter { $0 != "_" })
        else {
            throw FormulaError(
                .malformedNumber, "this is not a number",
                remedy: "Numbers look like 12, 1_000, 0.5, 1e-3, 0xFF or, with a point in hexadecimal, 0x1.8p3.",
                at: start..<(isGluedOn ? position + 1 : position), of: source)
        }
        guard value.isFinite else {
            throw FormulaError(
                .numberOutOfRange, "the number is too large for a Double, which reaches to 1.7976931348623157e308",
                remedy: "Write `inf` for infinity.", at: place, of: source)
        }
        return (value, position - start)
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}
