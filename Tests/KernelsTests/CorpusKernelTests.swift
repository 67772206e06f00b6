import Formulas
import Kernels
import TestSupport
import Testing

@Suite("Formulas of other programs, compiled")
struct CorpusKernelTests {
    @Test("Kernels give what the program computed", arguments: ["gplearn", "operon", "sympy"])
    func corpus(name: String) throws {
        let corpus = try Corpus(named: name)
        let dialect = try #require(Dialect(rawValue: corpus.header.dialect))
        for entry in corpus.entries {
            let formula = try Formula(parsing: entry.text, options: ParsingOptions(dialect: dialect))
            let places = try formula.variables.map { try #require(corpus.header.variables.firstIndex(of: $0)) }
            let columns = places.map { place in corpus.header.points.map { $0[place] } }
            let kernel = try Kernel<Double>(formula, variants: [.forward])
            // A formula without variables has one value for all points.
            let values = columns.isEmpty ? [] : try kernel.forward(columns)
            for (index, (value, expected)) in zip(values, entry.values).enumerated() {
                guard let expected = expected?.number else { continue }
                #expect(
                    corpus.agree(value, expected),
                    "\(entry.text) at \(corpus.header.points[index]): \(value), but \(corpus.header.program) says \(expected)")
            }
        }
    }
}
