/// Cuts a text into words.
struct Lexer {
    private let source: SourceText
    private let bytes: [UInt8]
    /// Further spellings of signs, from a dialect.
    private let extraSigns: [(spelling: [UInt8], symbol: Symbol)]
    private var position = 0
    private var openBrackets = 0
    private var tokens: [Token] = []

    init(_ source: SourceText, extraSigns: [(spelling: [UInt8], symbol: Symbol)] = []) {
        self.source = source
        self.extraSigns = extraSigns
        bytes = source.bytes
    }

    /// All words, the last of kind `end`.
    static func tokens(
        of source: SourceText, extraSigns: [(spelling: [UInt8], symbol: Symbol)] = []
    ) throws(FormulaError) -> [Token] {
        var lexer = Lexer(source, extraSigns: extraSigns)
        while lexer.position < lexer.bytes.count { try lexer.step() }
        lexer.append(.end, length: 0)
        return lexer.tokens
    }

    private mutating func append(_ kind: Token.Kind, length: Int) {
        tokens.append(Token(kind: kind, range: position..<position + length))
        position += length
    }

    private mutating func step() throws(FormulaError) {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
            position += 1
        case UInt8(ascii: "\n"):
            // Inside brackets a formula may be laid out over several lines.
            if openBrackets == 0 { append(.newline, length: 1) } else { position += 1 }
        case UInt8(ascii: "#"):
            position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        case UInt8(ascii: "`"):
            try quotedName()
        case UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: ".") where isDigit(byte) || (position + 1 < bytes.count && isDigit(bytes[position + 1])):
            let number = try NumberLiteral.read(source, at: position)
            append(.number(number.value), length: number.length)
        default:
            if let scalar = scalar(at: position), Self.startsName(scalar) { name() } else { try sign() }
        }
    }

    private mutating func name() {
        var end = position
        while let next = scalar(at: end), Self.continuesName(next) { end += UTF8.width(next) }
        let text = source[position..<end]
        append(Symbol.keywords[text].map { .symbol($0) } ?? .name, length: end - position)
    }

    private mutating func quotedName() throws(FormulaError) {
        let end = bytes[(position + 1)...].firstIndex { $0 == UInt8(ascii: "`") || $0 == UInt8(ascii: "\n") }
        guard let end, bytes[end] == UInt8(ascii: "`"), end > position + 1 else {
            throw FormulaError(
                .unterminatedName, "a name in backticks is empty or not closed on its line",
                remedy: "Write it as `name`.", at: position..<position + 1, of: source)
        }
        append(.quotedName, length: end + 1 - position)
    }

    private mutating func sign() throws(FormulaError) {
        let rest = bytes[position...]
        guard
            let sign = Symbol.signs.first(where: { rest.starts(with: $0.spelling) })
                ?? extraSigns.first(where: { rest.starts(with: $0.spelling) })
        else { return try other() }
        switch sign.symbol {
        case .open: openBrackets += 1
        case .close: openBrackets = max(0, openBrackets - 1)
        default: break
        }
        append(.symbol(sign.symbol), length: sign.spelling.count)
    }

    private mutating func other() throws(FormulaError) {
        guard let scalar = scalar(at: position) else { return position += 1 }
        let length = UTF8.width(scalar)
        // A byte order mark is not part of the text, and white space comes in many forms.
        if scalar.properties.isWhitespace || (scalar.value == 0xFEFF && position == 0) { return position += length }
        let number = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
        let isShown = ![.control, .format, .unassigned, .privateUse].contains(scalar.properties.generalCategory)
        throw FormulaError(
            .invalidCharacter,
            (isShown ? "`\(scalar)` (\(code))" : "the character \(code)") + " means nothing in a formula",
            remedy: Self.lookalikes[scalar].map { "Write `\($0)` instead." },
            at: position..<position + length, of: source)
    }

    /// Signs that people paste from typeset text, and what they mean.
    private static let lookalikes: [Unicode.Scalar: String] = [
        "−": "-", "–": "-", "—": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "≤": "<=", "≥": ">=",
        "≠": "!=", "∧": "and", "∨": "or", "¬": "not", "²": "^2", "³": "^3", "√": "sqrt(…)", "∞": "inf", "[": "(",
        "]": ")", "{": "(", "}": ")", "&": "and", "|": "or", "~": "not", "%": "mod(a, b)", ".": "0.",
    ]

    private func scalar(at offset: Int) -> Unicode.Scalar? {
        guard offset < bytes.count else { return nil }
        if bytes[offset] < 0x80 { return Unicode.Scalar(bytes[offset]) }
        var decoder = UTF8()
        var rest = bytes[offset...].prefix(4).makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&rest) { return scalar }
        return nil
    }

    static func startsName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || (scalar.isASCII ? isASCIILetter(scalar) : scalar.properties.isXIDStart)
    }

    static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
        startsName(scalar) || (scalar.isASCII ? ("0"..."9").contains(scalar) : scalar.properties.isXIDContinue)
            || subscriptDigits.contains(scalar)
    }

    /// The digits of Julia's `x₁`, which mean the same as those of `x1`.
    static let subscriptDigits: ClosedRange<Unicode.Scalar> = "₀"..."₉"

    /// A name with common digits instead of subscripts.
    static func withoutSubscripts(_ name: String) -> String {
        guard name.unicodeScalars.contains(where: subscriptDigits.contains) else { return name }
        return String(
            String.UnicodeScalarView(
                name.unicodeScalars.map { scalar in
                    let isSubscript = subscriptDigits.contains(scalar)
                    return isSubscript ? Unicode.Scalar(UInt8(scalar.value - 0x2080) + UInt8(ascii: "0")) : scalar
                }))
    }

    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
}
