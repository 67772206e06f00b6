import Formulas

/// The C spelling of a precision: type names, literals and the suffix of symbols.
struct CType {
    let precision: Precision

    init(_ precision: Precision) { self.precision = precision }

    /// How many bits a number has.
    var width: Int { precision == .float ? 32 : 64 }
    /// The type of numbers.
    var number: String { precision == .float ? "float" : "double" }
    /// The type of integers: unsigned, so that arithmetic wraps as lane arithmetic does.
    var integer: String { "uint\(width)_t" }
    /// The type in which signed comparisons are done.
    var signed: String { "int\(width)_t" }
    /// What the names of functions for this type end with.
    var suffix: String { "f\(width)" }

    /// The type of a lane value; masks have the type `FORMULAC_MASK` of the preamble.
    func name(_ type: LaneType) -> String {
        switch type {
        case .number: number
        case .integer: integer
        case .mask: "FORMULAC_MASK"
        }
    }

    /// An integer literal.
    func integerLiteral(_ bits: UInt64) -> String { "UINT\(width)_C(0x\(String(bits, radix: 16)))" }

    /// The hexadecimal literal of a finite number, exact; `nil` for infinities and NaN, which C99 has no literals for.
    func numberLiteral(_ bits: UInt64) -> String? {
        let value: Double
        switch precision {
        case .float: value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .double: value = Double(bitPattern: bits)
        }
        guard value.isFinite else { return nil }
        let magnitude = hexadecimal(value.magnitude) + (precision == .float ? "f" : "")
        return value.sign == .minus ? "-\(magnitude)" : magnitude
    }

    /// `0x1.8p+1` for 3: the significand's fraction in 13 hexadecimal digits, without the zeros at their end.
    private func hexadecimal(_ magnitude: Double) -> String {
        if magnitude == 0 { return "0x0p+0" }
        let significand = magnitude.significand
        var digits = String(significand.bitPattern & (1 << 52 - 1), radix: 16)
        digits = String(repeating: "0", count: 13 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        let exponent = magnitude.exponent
        return "0x1" + (digits.isEmpty ? "" : "." + digits) + "p" + (exponent < 0 ? "" : "+") + "\(exponent)"
    }
}
