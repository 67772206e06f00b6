import Grammar

extension RewriteRule {
    /// The rules of `Grammar/Rewrites.rules`, in the order in which they are tried.
    public static let standard: [RewriteRule] = (try? parse(Grammar.rewrites)) ?? []

    /// Reads rules: one a line, `name [class]: pattern => replacement if condition and condition`. A line that begins
    /// with `#` is a comment.
    ///
    /// - Throws: `GrammarError` for the first line that is no rule.
    public static func parse(_ text: String) throws(GrammarError) -> [RewriteRule] {
        var rules: [RewriteRule] = []
        for line in text.split(separator: "\n") where line.contains(where: { !$0.isWhitespace }) && line.first != "#" {
            rules.append(try RewriteRule(line: String(line)))
        }
        return rules
    }

    private init(line: String) throws(GrammarError) {
        guard let (heading, body) = line.divided(at: "]: "), let (name, kind) = heading.divided(at: " ["),
            let kind = RewriteClass(rawValue: kind)
        else { throw GrammarError(line: line, reason: "begins with no name and class") }
        guard let (pattern, rest) = body.divided(at: " => ") else {
            throw GrammarError(line: line, reason: "has no replacement")
        }
        let (replacement, conditions) = rest.divided(at: " if ") ?? (rest, "")
        self.name = name
        self.kind = kind
        self.pattern = try Formula(grammar: pattern, line: line)
        self.replacement = try Formula(grammar: replacement, line: line)
        self.conditions = try RewriteCondition.parse(conditions, line: line)
        let known = Set(self.pattern.variables)
        for formula in [self.replacement] + self.conditions.map(\.subject) {
            guard known.isSuperset(of: formula.variables) else {
                throw GrammarError(line: line, reason: "uses a variable that its pattern lacks")
            }
        }
        guard self.pattern[self.pattern.outputs[0]].operation != nil else {
            throw GrammarError(line: line, reason: "matches everything")
        }
    }
}

extension RewriteCondition {
    fileprivate static func parse(_ text: String, line: String) throws(GrammarError) -> [RewriteCondition] {
        var conditions: [RewriteCondition] = []
        var rest = text
        while !rest.isEmpty {
            let (clause, next) = rest.divided(at: " and ") ?? (rest, "")
            guard let (subject, words) = clause.divided(at: " is ") else {
                throw GrammarError(line: line, reason: "has a condition without `is`")
            }
            let isNegated = words.hasPrefix("not ")
            guard let property = Property(rawValue: isNegated ? String(words.dropFirst(4)) : words) else {
                throw GrammarError(line: line, reason: "asks for an unknown property")
            }
            conditions.append(
                RewriteCondition(
                    subject: try Formula(grammar: subject, line: line), property: property, isNegated: isNegated))
            rest = next
        }
        return conditions
    }
}

extension Formula {
    /// Reads a formula of a grammar file, where every free name is a variable.
    init(grammar text: String, line: String) throws(GrammarError) {
        do {
            try self.init(parsing: text, options: ParsingOptions(names: .any))
        } catch {
            throw GrammarError(line: line, reason: error.message)
        }
    }
}

extension String {
    /// What stands before and after the first occurrence of a separator.
    func divided(at separator: String) -> (String, String)? {
        guard let range = firstRange(of: separator) else { return nil }
        return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
    }
}
