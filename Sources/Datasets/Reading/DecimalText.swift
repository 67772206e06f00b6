/// A decimal number as its text gives it: ±digits · 10^exponent.
struct DecimalText {
    /// All digits as one whole number; meaningless where `isExact` is false.
    var digits: UInt64 = 0
    /// The power of ten.
    var exponent = 0
    /// Whether the number stands after a minus sign.
    var isNegative = false
    /// Whether `digits` and `exponent` hold everything the text says: at most 19 digits, no huge exponent.
    var isExact = true

    /// The number without its sign as a Double, rounded at most twice, where its power of ten is exact in Double.
    @inline(__always)
    var approximateMagnitude: Double? {
        guard isExact, exponent >= -22, exponent <= 22 else { return nil }
        let whole = Double(digits)
        return exponent < 0 ? whole / Self.powersOfTen[-exponent] : whole * Self.powersOfTen[exponent]
    }

    /// The powers of ten that a Double holds exactly (5^22 < 2^53).
    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

extension DecimalText {
    /// Reads a decimal number, without leading spaces: sign, digits with at most one point, exponent.
    ///
    /// - Parameters:
    ///   - text: bytes of which at least 8 follow the last one that belongs to a line, so that eight digits can be
    ///     looked at in one step. The line's newline ends the number at the latest.
    ///   - position: the number's first byte; moved to the first byte after it.
    /// - Returns: `nil` when there is no number at the position.
    @inline(__always)
    init?(_ text: borrowing RawSpan, at position: inout Int) {
        var cursor = position
        var byte = text.byte(at: cursor)
        if byte == .minus || byte == .plus {
            isNegative = byte == .minus
            cursor += 1
        }
        let wholeStart = cursor
        scanDigits(text, at: &cursor)
        var digitCount = cursor - wholeStart
        byte = text.byte(at: cursor)
        if byte == .point {
            cursor += 1
            let fractionStart = cursor
            scanDigits(text, at: &cursor)
            exponent = fractionStart - cursor
            digitCount -= exponent
            byte = text.byte(at: cursor)
        }
        guard digitCount > 0 else { return nil }
        // 10^19 < 2^64: no more digits fit for certain.
        isExact = digitCount <= 19
        if byte | 0x20 == .lowercaseE {
            cursor += 1
            guard scanExponent(text, at: &cursor) else { return nil }
        }
        position = cursor
    }

    @inline(__always)
    private mutating func scanDigits(_ text: borrowing RawSpan, at cursor: inout Int) {
        while true {
            let word = UInt64(littleEndian: text.unsafeLoadUnaligned(fromByteOffset: cursor, as: UInt64.self))
            guard Self.isEightDigits(word) else { break }
            digits = digits &* 100_000_000 &+ Self.eightDigits(word)
            cursor += 8
        }
        var digit = text.byte(at: cursor) &- .zero
        while digit < 10 {
            digits = digits &* 10 &+ UInt64(digit)
            cursor += 1
            digit = text.byte(at: cursor) &- .zero
        }
    }

    @inline(__always)
    private mutating func scanExponent(_ text: borrowing RawSpan, at cursor: inout Int) -> Bool {
        var isNegativeExponent = false
        let sign = text.byte(at: cursor)
        if sign == .minus || sign == .plus {
            isNegativeExponent = sign == .minus
            cursor += 1
        }
        let start = cursor
        var scanned = 0
        var digit = text.byte(at: cursor) &- .zero
        while digit < 10 {
            scanned = min(scanned * 10 + Int(digit), 1_000_000)
            cursor += 1
            digit = text.byte(at: cursor) &- .zero
        }
        exponent += isNegativeExponent ? -scanned : scanned
        return cursor > start
    }

    /// Whether all eight bytes are ASCII digits: upper halves 3, and still 3 after adding 6 to the lower ones.
    @inline(__always)
    private static func isEightDigits(_ word: UInt64) -> Bool {
        (word & 0xF0F0_F0F0_F0F0_F0F0) | (((word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4)
            == 0x3333_3333_3333_3333
    }

    /// The number that eight ASCII digits stand for, the first in the lowest byte: neighbours are joined to pairs, pairs
    /// to fours, fours to all.
    @inline(__always)
    private static func eightDigits(_ word: UInt64) -> UInt64 {
        let pairs = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 + 1)) >> 8
        let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* (100 << 16 + 1)) >> 16
        return ((fours & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 + 1)) >> 32
    }
}

extension RawSpan {
    /// One byte, its position checked.
    @inline(__always)
    func byte(at position: Int) -> UInt8 { unsafeLoad(fromByteOffset: position, as: UInt8.self) }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let quote = UInt8(ascii: "\"")
    static let hash = UInt8(ascii: "#")
    static let minus = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let point = UInt8(ascii: ".")
    static let zero = UInt8(ascii: "0")
    static let lowercaseE = UInt8(ascii: "e")
}
