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

    /// The literal of a finite number; `nil` for infinities and NaN, which C99 has no literals for.
    ///
    /// In decimal: C++ has no hexadecimal ones before C++17. Compilers round decimals correctly (gcc since 4.9), and the
    /// shortest digits that tell a number from all others of its type then give its bits.
    func numberLiteral(_ bits: UInt64) -> String? {
        switch precision {
        case .float:
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            return value.isFinite ? "\(value)f" : nil
        case .double:
            let value = Double(bitPattern: bits)
            return value.isFinite ? "\(value)" : nil
        }
    }
}
