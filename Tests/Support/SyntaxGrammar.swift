import Grammar

/// `Formula.ebnf`, read: the notation of ISO/IEC 14977 as far as that file uses it.
public struct SyntaxGrammar {
    indirect enum Part: Sendable {
        case literal(String)
        case rule(String)
        /// What stands between question marks.
        case special(String)
        case sequence([Part])
        case choice([Part])
        case optional(Part)
        case repeated(Part)
    }

    /// Why the file is no grammar.
    public struct Fault: Error, CustomStringConvertible {
        public let description: String

        init(_ description: String) { self.description = description }
    }

    private(set) var rules: [String: Part] = [:]
    /// The rules below `(* words *)`, between whose parts nothing may stand.
    private(set) var wordRules: Set<String> = []
    /// The fewest nested rules that a rule needs.
    private(set) var heights: [String: Int] = [:]

    private var rest: Substring

    /// Reads `Formula.ebnf`.
    public static func load() throws -> SyntaxGrammar {
        var grammar = SyntaxGrammar(rest: Grammar.syntax[...])
        try grammar.read()
        return grammar
    }

    private init(rest: Substring) { self.rest = rest }

    private mutating func read() throws {
        var isWord = false
        while true {
            if skipBlanks().contains("words") { isWord = true }
            guard !rest.isEmpty else { break }
            let name = try identifier()
            try expect("=")
            rules[name] = try choice()
            try expect(";")
            if isWord { wordRules.insert(name) }
        }
        // Rules without alternatives that end first, until nothing changes.
        var changed = true
        while changed {
            changed = false
            for (name, part) in rules {
                guard let height = height(of: part), height + 1 < heights[name] ?? .max else { continue }
                heights[name] = height + 1
                changed = true
            }
        }
        for name in rules.keys where heights[name] == nil { throw Fault("the rule `\(name)` has no end") }
    }

    func height(of part: Part) -> Int? {
        switch part {
        case .literal, .special, .optional, .repeated: return 0
        case .rule(let name): return heights[name]
        case .sequence(let parts):
            let heights = parts.map { height(of: $0) }
            return heights.contains(nil) ? nil : heights.compactMap { $0 }.max() ?? 0
        case .choice(let parts): return parts.compactMap { height(of: $0) }.min()
        }
    }

    // MARK: Reading

    /// Passes over blanks and comments; the comments.
    private mutating func skipBlanks() -> [String] {
        var comments: [String] = []
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.hasPrefix("(*"), let end = rest.range(of: "*)") else { return comments }
            comments.append(rest[..<end.lowerBound].dropFirst(2).trimmingPrefix(while: \.isWhitespace).description.trimmed)
            rest = rest[end.upperBound...]
        }
    }

    private mutating func expect(_ sign: Character) throws {
        _ = skipBlanks()
        guard rest.first == sign else { throw Fault("expected \(sign) before \(rest.prefix(40))") }
        rest = rest.dropFirst()
    }

    private mutating func identifier() throws -> String {
        _ = skipBlanks()
        let name = rest.prefix { $0.isLetter || $0 == " " }
        rest = rest.dropFirst(name.count)
        guard !name.isEmpty else { throw Fault("expected a rule's name before \(rest.prefix(40))") }
        return name.description.trimmed
    }

    private mutating func choice() throws -> Part {
        var parts = [try sequence()]
        _ = skipBlanks()
        while rest.first == "|" {
            rest = rest.dropFirst()
            parts.append(try sequence())
            _ = skipBlanks()
        }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws -> Part {
        var parts = [try part()]
        _ = skipBlanks()
        while rest.first == "," {
            rest = rest.dropFirst()
            parts.append(try part())
            _ = skipBlanks()
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func part() throws -> Part {
        _ = skipBlanks()
        guard let first = rest.first else { throw Fault("expected more at the end of the file") }
        switch first {
        case "\"":
            let text = rest.dropFirst().prefix { $0 != "\"" }
            rest = rest.dropFirst(text.count + 2)
            return .literal(String(text))
        case "?":
            let text = rest.dropFirst().prefix { $0 != "?" }
            rest = rest.dropFirst(text.count + 2)
            return .special(text.description.trimmed)
        case "(", "[", "{":
            rest = rest.dropFirst()
            let inner = try choice()
            try expect(first == "(" ? ")" : first == "[" ? "]" : "}")
            return first == "(" ? inner : first == "[" ? .optional(inner) : .repeated(inner)
        default:
            return .rule(try identifier())
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
