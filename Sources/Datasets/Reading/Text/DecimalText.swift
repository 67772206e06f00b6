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
    var roundedMagnitude: Double? {
        guard isExact, exponent >= -22, exponent <= 22 else { return nil }
        let whole = Double(digits)
        return exponent < 0 ? whole / Self.powersOfTen[22 &- exponent] : whole * Self.powersOfTen[22 &+ exponent]
    }

    /// The number without its sign as a Double, rounded at most three times: for the digits, for a power of ten below 1,
    /// and for their product. Faster than the division of `roundedMagnitude`.
    @inline(__always)
    var approximateMagnitude: Double? {
        guard isExact, exponent >= -22, exponent <= 22 else { return nil }
        return Double(digits) * Self.powersOfTen[22 &+ exponent]
    }

    /// 10^-22 to 10^22. From 10^0 on a Double holds them exactly (5^22 < 2^53).
    private static let powersOfTen: [Double] = [
        1e-22, 1e-21, 1e-20, 1e-19, 1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6,
        1e-5, 1e-4, 1e-3, 1e-2, 1e-1,
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
        // Whether a sign comes is as good as random: no branch depends on it.
        isNegative = byte == .minus
        cursor &+= isNegative || byte == .plus ? 1 : 0
        let wholeStart = cursor
        byte = text.byte(at: cursor)
        var digitCount: Int
        if byte &- .zero < 10, text.byte(at: cursor &+ 1) == .point {
            // One digit and the point, as scientific notation has it.
            digits = UInt64(byte &- .zero)
            digitCount = 1
            cursor &+= 1
        } else {
            scanDigits(text, at: &cursor)
            digitCount = cursor &- wholeStart
        }
        byte = text.byte(at: cursor)
        if byte == .point {
            cursor &+= 1
            let fractionStart = cursor
            scanDigits(text, at: &cursor)
            exponent = fractionStart &- cursor
            digitCount &-= exponent
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
        var word = text.eightBytes(at: cursor)
        var others = Self.otherThanDigits(word)
        while others == 0 {
            digits = digits &* 100_000_000 &+ Self.eightDigits(word)
            cursor &+= 8
            word = text.eightBytes(at: cursor)
            others = Self.otherThanDigits(word)
        }
        // The digits before the first other byte, with zeros in front: no branch depends on how many there are.
        let count = others.trailingZeroBitCount >> 3
        digits = digits &* Self.wholePowersOfTen[count] &+ Self.eightDigits(word << (64 &- 8 &* count))
        cursor &+= count
    }

    @inline(__always)
    private mutating func scanExponent(_ text: borrowing RawSpan, at cursor: inout Int) -> Bool {
        let sign = text.byte(at: cursor)
        let isNegativeExponent = sign == .minus
        if isNegativeExponent || sign == .plus { cursor &+= 1 }
        let start = cursor
        var scanned = 0
        var digit = text.byte(at: cursor) &- .zero
        while digit < 10 {
            scanned = min(scanned &* 10 &+ Int(digit), 1_000_000)
            cursor &+= 1
            digit = text.byte(at: cursor) &- .zero
        }
        exponent &+= isNegativeExponent ? 0 &- scanned : scanned
        return cursor > start
    }

    /// 10^0 to 10^7.
    private static let wholePowersOfTen: [UInt64] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]

    /// Zero where all eight bytes are ASCII digits, whose upper halves are 3, also after adding 6 to the lower ones. Else
    /// the lowest byte that is not zero belongs to the first byte that is no digit; carries reach later bytes only.
    @inline(__always)
    private static func otherThanDigits(_ word: UInt64) -> UInt64 {
        ((word & 0xF0F0_F0F0_F0F0_F0F0) | (((word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4))
            ^ 0x3333_3333_3333_3333
    }

    /// The number that eight ASCII digits, or zero bytes, stand for, the first in the lowest byte: neighbours are joined to pairs, pairs
    /// to fours, fours to all.
    @inline(__always)
    private static func eightDigits(_ word: UInt64) -> UInt64 {
        let pairs = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* (10 << 8 + 1)) >> 8
        let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* (100 << 16 + 1)) >> 16
        return ((fours & 0x0000_FFFF_0000_FFFF) &* (10_000 << 32 + 1)) >> 32
    }
}

/// Bytes of a text block. They are read without a check of bounds, which would take a third of the time of reading
/// numbers: the block's last byte is a newline with `TextBlock.padding` bytes behind it, every scan stops at a newline,
/// and none looks more than eight bytes beyond its position.
extension RawSpan {
    /// One byte.
    @inline(__always)
    func byte(at position: Int) -> UInt8 {
        assert(position >= 0 && position < byteCount, "a scan has left its block")
        return unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
    }

    /// Eight bytes, the first in the lowest place.
    @inline(__always)
    func eightBytes(at position: Int) -> UInt64 {
        assert(position >= 0 && position + 8 <= byteCount, "a scan has left its block")
        return UInt64(littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
    }
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
