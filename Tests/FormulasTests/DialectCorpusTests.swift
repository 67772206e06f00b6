import Formulas
import TestSupport
import Testing

@Suite("Dialects against the programs themselves")
struct DialectCorpusTests {
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
                    corpus.agree(value, expected),
                    "\(entry.text) at \(point): \(value), but \(corpus.header.program) says \(expected)")
            }
        }
    }
}
