/// One word of a formula's text.
struct Token: Sendable {
    /// What kind of word it is.
    enum Kind: Equatable, Sendable {
        case number(Double)
        /// A plain name, such as `x0` or `sin`.
        case name
        /// A name in backticks, which may hold any characters and never means a function or constant.
        case quotedName
        case symbol(Symbol)
        /// A line break outside all brackets.
        case newline
        case end
    }

    let kind: Kind
    /// Its place in the text, as UTF-8 offsets.
    let range: Range<Int>

    func `is`(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}

/// The signs and keywords of the language. The raw value is the usual spelling; some have further ones.
enum Symbol: String, CaseIterable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case power = "^"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case assign = "="
    case question = "?"
    case colon = ":"
    case comma = ","
    case semicolon = ";"
    case open = "("
    case close = ")"
    case ellipsis = "..."
    case and, or, not
    case `let`, param

    /// The words that cannot be names.
    static let keywords: [String: Symbol] = [
        "and": .and, "or": .or, "not": .not, "let": .let, "param": .param,
    ]

    /// Every spelling made of signs, longest first where one begins another.
    static let signs: [(spelling: [UInt8], symbol: Symbol)] =
        ([
            ("**", .power), ("&&", .and), ("||", .or), ("!", .not),
        ]
        + allCases.filter { !keywords.keys.contains($0.rawValue) }.map { ($0.rawValue, $0) })
        .map { (Array($0.0.utf8), $0.1) }
        .sorted { $0.spelling.count > $1.spelling.count }
}
