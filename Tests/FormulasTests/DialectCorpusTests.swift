import Formulas
import Foundation
import TestSupport
import Testing

/// Formulas as other programs printed them, and the values that these programs computed.
struct Corpus: Decodable, Sendable {
    struct Header: Decodable, Sendable {
        let program: String
        let dialect: String
        /// The disagreement, relative to the value, that the program's own rounding errors can explain.
        let spread: Double
        let variables: [String]
        let points: [[Double]]
    }

    struct Entry: Decodable, Sendable {
        let text: String
        let values: [Value?]
    }

    /// A number; infinities and NaN are words in the file.
    struct Value: Decodable, Sendable {
        let number: Double

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let word = try? container.decode(String.self) {
                number = Double(word) ?? .signalingNaN
            } else {
                number = try container.decode(Double.self)
            }
        }
    }

    let header: Header
    let entries: [Entry]

    init(named name: String) throws {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "jsonl", subdirectory: "Corpora"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map { Data($0.utf8) }
        header = try JSONDecoder().decode(Header.self, from: try #require(lines.first))
        entries = try lines.dropFirst().map { try JSONDecoder().decode(Entry.self, from: $0) }
    }
}

@Suite("Dialects against the programs themselves")
struct DialectCorpusTests {
    /// How far a value may be from the program's. The recorders leave out values that move by more than the spread when each
    /// step is disturbed by its last bits; here and there together is twice that. Operon computes in Float with
    /// approximations of a few units in the last place, which its spread allows for.
    private func agree(_ ours: Double, _ theirs: Double, spread: Double) -> Bool {
        if ours.isNaN || theirs.isNaN { return ours.isNaN && theirs.isNaN }
        if ours == theirs { return true }
        return abs(ours - theirs) <= 2 * spread * max(abs(ours), abs(theirs))
    }

    @Test("Texts mean what the program computed", arguments: ["gplearn", "operon", "sympy"])
    func corpus(name: String) throws {
        let corpus = try Corpus(named: name)
        #expect(corpus.entries.count >= 100)
        let dialect = try #require(Dialect(rawValue: corpus.header.dialect))
        for entry in corpus.entries {
            let formula = try Formula(parsing: entry.text, options: ParsingOptions(dialect: dialect))
            let columns = try formula.variables.map { try #require(corpus.header.variables.firstIndex(of: $0)) }
            let reference = RoundedReference<Double>(formula)
            for (point, expected) in zip(corpus.header.points, entry.values) {
                guard let expected = expected?.number else { continue }
                let value = reference.value(columns.map { point[$0] })
                #expect(
                    agree(value, expected, spread: corpus.header.spread),
                    "\(entry.text) at \(point): \(value), but \(corpus.header.program) says \(expected)")
            }
        }
    }
}
