import Foundation
import TestSupport
import Testing

/// Formulas of 50,000 nodes, by what they cost: evaluated, or refused for what they would take.
@Suite("Very long formulas") struct LongFormulaTests {
    /// A sum, in brackets so that it is not deep.
    private static func sum(_ terms: ArraySlice<String>) -> String {
        if terms.count <= 2 { return terms.joined(separator: " + ") }
        let middle = terms.startIndex + terms.count / 2
        return "(\(sum(terms[..<middle]))) + (\(sum(terms[middle...])))"
    }

    @Test("50,000 nodes are evaluated at a point")
    func evaluated() throws {
        let text = Self.sum((1...16_667).map { "x*\($0)" }[...])
        let run = try CommandLine("eval", "-", "--at", "x=1", "--type", "double", "--json", input: text)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try run.json()["value"] as? Double == Double(16_667 * 16_668 / 2))
    }

    @Test("Each limit's message names the option that raises it, and the option does")
    func limits() throws {
        for (option, value) in [("--limit-bytes", "20"), ("--limit-nodes", "3"), ("--limit-depth", "2")] {
            let formula = ["simplify", "sin(x + cos(x*x) + 0.125)"]
            let run = try CommandLine(formula + [option, value])
            #expect(run.status == 65)
            #expect(run.errors.contains("\(option) raises the limit") && !run.errors.contains("limits."), "\(run.errors)")
            #expect(try CommandLine(formula + [option, "1000"]).status == 0)
        }
        let calls = try CommandLine("simplify", "gelu(gelu(gelu(gelu(x))))", "--limit-nodes", "4")
        #expect(calls.status == 65 && calls.errors.contains("--limit-nodes"), "\(calls.errors)")
    }

    @Test("Operations beyond what is compiled are refused before they are compiled")
    func refused() throws {
        let text = Self.sum((1...5_100).map { "pow(abs(x + \($0)), x - \($0))" }[...])
        let run = try CommandLine("compile", "-", "--variant", "forward", "--repeat", "1", input: text)
        #expect(run.status == 1)
        #expect(run.errors.contains("500000"), "\(run.errors)")
    }
}
