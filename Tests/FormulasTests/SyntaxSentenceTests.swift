import Accuracy
import Formulas
import Grammar
import TestSupport
import Testing

@Suite("Sentences of Formula.ebnf")
struct SyntaxSentenceTests {
    private static let seed: UInt64 = 2026

    private static let options = ParsingOptions()

    @Test("The parser takes every sentence")
    func accepts() throws {
        var generator = SyntaxSentenceGenerator(try SyntaxGrammar.load(), seed: Self.seed)
        var symbols: Set<String> = []
        for index in 0..<2_500 {
            let words = try generator.sentence()
            symbols.formUnion(words)
            let text = generator.text(of: words)
            do {
                _ = try Formula(parsing: text, options: Self.options)
            } catch {
                // A sentence of digits may be a number that no Double holds, and calls of functions of functions grow fast.
                guard ![.numberOutOfRange, .tooManyNodes].contains(error.kind) else { continue }
                Issue.record("seed \(Self.seed), sentence \(index): \(text.debugDescription)\n\(error)")
                return
            }
        }
        // The sentences are not all alike.
        let signs = [
            "let", "param", "...", "?", ":", "or", "||", "and", "&&", "not", "!", "<", "<=", ">", ">=", "==", "!=", "**", "^",
        ]
        for sign in signs { #expect(symbols.contains(sign), "no sentence has \(sign)") }
    }

    @Test("A mutated sentence gives a formula or a placed error", arguments: ["words", "bytes"])
    func mutations(of unit: String) throws {
        var generator = SyntaxSentenceGenerator(try SyntaxGrammar.load(), seed: Self.seed + 1)
        var outcomes: Set<FormulaError.Kind?> = []
        for index in 0..<1_500 {
            var words = try generator.sentence()
            var text: String
            if unit == "words" {
                for _ in 0..<Int.random(in: 1...3, using: &generator.random) { TextMutation.mutate(&words, &generator.random) }
                text = generator.text(of: words)
            } else {
                var bytes = Array(generator.text(of: words).utf8)
                for _ in 0..<Int.random(in: 1...4, using: &generator.random) { TextMutation.mutate(&bytes, &generator.random) }
                text = String(decoding: bytes, as: UTF8.self)
            }
            do {
                _ = try Formula(parsing: text, options: Self.options)
                outcomes.insert(nil)
            } catch {
                outcomes.insert(error.kind)
                let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                let isPlaced =
                    error.offset <= text.utf8.count && (1...lines.count).contains(error.line)
                    && (1...lines[error.line - 1].count + 1).contains(error.column) && error.excerpt.contains("^")
                guard !isPlaced else { continue }
                Issue.record("seed \(Self.seed + 1), sentence \(index): \(text.debugDescription)\n\(error)")
                return
            }
        }
        #expect(outcomes.count > 8 && outcomes.contains(nil), "\(outcomes)")
    }
}
