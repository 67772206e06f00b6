import Accuracy
import Foundation
import Formulas
import Kernels
import Lanes
import TestSupport
import Testing

/// Texts of all kinds on the whole way from text to kernel: sentences of the grammar, sentences with words or bytes
/// changed, and programs of other systems with bytes changed. Each gives a kernel with the interpreter's bits, or an error.
///
/// `FORMULAC_FUZZ_SECONDS=600 FORMULAC_FUZZ_SEED=7 swift test … --filter FuzzTests` runs longer, or one seed again.
@Suite("Fuzzing from text to kernel")
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = environment["FORMULAC_FUZZ_SECONDS"].flatMap(Double.init) ?? 4
    private static let seed = environment["FORMULAC_FUZZ_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...UInt64.max)

    @Test("No crash, no hang, no other bits")
    func fuzz() throws {
        // Said beforehand, as a crash leaves no time for it.
        FileHandle.standardError.write(Data("fuzzing with seed \(Self.seed)\n".utf8))
        var generator = SyntaxSentenceGenerator(try SyntaxGrammar.load(), seed: Self.seed)
        let corpora = try ["gplearn", "operon", "sympy"].map { try Corpus(named: $0) }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.seconds)
        var (kernels, errors) = (0, 0)
        while clock.now < end {
            let (text, options) = try candidate(corpora, &generator)
            let start = clock.now
            do {
                let formula = try Formula(parsing: text, options: options)
                // What is long is tested elsewhere.
                guard formula.nodes.count <= 60 else { continue }
                try check(formula, text)
                kernels += 1
            } catch is FormulaError {
                errors += 1
            }
            #expect(clock.now - start < .seconds(60), "seed \(Self.seed): \(text.debugDescription) took \(clock.now - start)")
        }
        #expect(kernels > 0 && errors > 0)
    }

    private func candidate(
        _ corpora: [Corpus], _ generator: inout SyntaxSentenceGenerator
    ) throws -> (text: String, options: ParsingOptions) {
        var options = ParsingOptions(limits: ParsingLimits(textBytes: 100_000, nodes: 5_000, depth: 500))
        let kind = Int.random(in: 0..<4, using: &generator.random)
        if kind == 3 {
            let corpus = corpora[Int.random(in: corpora.indices, using: &generator.random)]
            options.dialect = Dialect(rawValue: corpus.header.dialect) ?? .formulac
            let entry = corpus.entries[Int.random(in: corpus.entries.indices, using: &generator.random)]
            return (changed(entry.text, &generator.random), options)
        }
        var words = try generator.sentence()
        if kind == 1 { TextMutation.mutate(&words, &generator.random) }
        let text = generator.text(of: words)
        return (kind == 2 ? changed(text, &generator.random) : text, options)
    }

    private func changed(_ text: String, _ random: inout SplitMix64) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...3, using: &random) { TextMutation.mutate(&bytes, &random) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Holds the compiled value and gradient to the interpreter's bits.
    private func check(_ formula: Formula, _ text: String) throws {
        let points: [Float] = [0, -0.0, 1, -2.5, 0x1p-140, 3e38, .infinity, -.infinity, .nan]
        let columns = formula.variables.indices.map { index in points.indices.map { points[($0 + index) % points.count] } }
        let programs = Kernel<Float>.programs(formula, variants: [.valueAndGradient])
        let program = try #require(programs.first).program
        let uniforms = formula.parameters.map { Float($0.value) }
        let function = try CompiledFunction<Float>(program)
        let count = columns.isEmpty ? 1 : points.count
        let found = try function(columns, parameters: uniforms, count: count)
        for row in 0..<count {
            let expected = try LaneInterpreter<Float>(program).run(streams: columns.map { $0[row] }, uniforms: uniforms)
            for (output, expected) in expected.enumerated() where !found[output][row].isSame(as: expected) {
                Issue.record("seed \(Self.seed): \(text.debugDescription): \(found[output][row]), not \(expected)")
            }
        }
    }
}
