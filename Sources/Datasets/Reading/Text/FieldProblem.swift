/// Tells what is wrong with a field that is no finite number.
enum FieldProblem {
    private static let infinityWords: Set<String> = ["inf", "infinity"]

    /// The problem of a field's bytes, surrounding spaces and quotes included.
    static func classify(_ bytes: some Collection<UInt8>) -> DatasetError.Problem {
        let trimmed = bytes.trimmingSpaces()
        // Long garbage is shown from its beginning only.
        let shown = String(decoding: trimmed.prefix(40), as: UTF8.self)
        let isQuoted = trimmed.count > 1 && trimmed.first == .quote && trimmed.last == .quote
        let word = (isQuoted ? String(shown.dropFirst().dropLast()) : shown).lowercased()
        if word.isEmpty || MissingWords.contains(word) { return .missingValue(text: shown) }
        let unsigned = word.hasPrefix("-") || word.hasPrefix("+") ? String(word.dropFirst()) : word
        if infinityWords.contains(unsigned) { return .notFinite(text: shown) }
        if trimmed.count <= 40, !unsigned.contains("x"), Double(word) != nil { return .notFinite(text: shown) }
        return .notNumeric(text: shown)
    }
}
