/// The words that stand for a value that is not there, as R, pandas, SQL and Weka write them.
enum MissingWords {
    private static let words = ["na", "n/a", "nan", "null", "none", "?", "-nan", "+nan", "<na>"]
    /// The words' bytes, packed into a number each.
    private static let packed: [UInt64] = words.compactMap { word in
        var packing = PackedWord()
        for byte in word.utf8 { packing.append(byte) }
        return packing.value
    }

    /// Whether a word stands for a missing value.
    static func contains(_ word: String) -> Bool { words.contains(word.lowercased()) }

    /// Passes over a field without a value: nothing but spaces and quotes, or one of the words.
    ///
    /// - Parameter position: the field's first byte; moved to the byte after the field where it has no value.
    /// - Returns: whether the field has no value.
    static func skipField(_ text: borrowing RawSpan, separator: UInt8, at position: inout Int) -> Bool {
        var cursor = position
        var packing = PackedWord()
        var quotes = 0
        while true {
            let byte = text.byte(at: cursor)
            if byte == separator || byte == .newline { break }
            if byte == .quote {
                quotes += 1
            } else if byte != .space, byte != .tab, byte != .carriageReturn {
                packing.append(byte)
            }
            cursor += 1
        }
        guard quotes == 0 || quotes == 2, let word = packing.value, word == 0 || packed.contains(word) else { return false }
        position = cursor
        return true
    }
}

/// Up to eight characters, in lower case, as one number.
private struct PackedWord {
    private var bits: UInt64 = 0
    private var count = 0

    /// `nil` for a longer word.
    var value: UInt64? { count <= 8 ? bits : nil }

    mutating func append(_ byte: UInt8) {
        let isUppercase = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        bits = bits << 8 | UInt64(isUppercase ? byte | 0x20 : byte)
        count += 1
    }
}
