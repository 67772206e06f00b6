import Foundation
import TestSupport
import Testing

@testable import Experiments

@Suite struct ReportTests {
    private let result = ResultSamples.result(
        seedCount: 2,
        [
            ResultSamples.model("light-relu", accuracies: [0.75, 0.8125]),
            ResultSamples.model("light-transfer", accuracies: [0.8125, 0.8125]),
        ])

    @Test func markdown() {
        let text = ReproductionReport(result).markdown
        let expected = [
            "| Forest Cover | sub(X1, X2) | constant after collapse: x - x | x*cos(x) of mul(X1, cos(X2)) | 0.5000 |",
            "| Light-Relu | relu(x) | 0.7812 ± 0.0312 | 0.811 ± 0.004 | 0.8438 ± 0.0312 | 0.894 ± 0.002 | 1000 | 0.2812 | 0.237 |",
            "| Light-Transfer | accuracy | +0.0312 | -0.3658 to +0.4283 | p = 0.5000 | 1 of 2 | p = 1.0000 |",
        ]
        for line in expected { #expect(text.contains(line + "\n"), "\(line)\n\(text)") }
        #expect(!text.contains("Claims"))
        #expect(!text.contains("Left out"))
    }

    /// What the report says of the split is what was done, and stands in the results.
    @Test func splitIsTold() throws {
        let own = "each seed has its own split"
        let shared = "all seeds share the split of seed 7"
        #expect(ReproductionReport(result).markdown.contains(own))
        #expect(!ReproductionReport(result).markdown.contains("share the split"))
        var result = result
        result.splitSeed = 7
        let text = ReproductionReport(result).markdown
        #expect(text.contains(shared))
        #expect(!text.contains(own))
        #expect(try ReproductionReport(result).json().contains("\"splitSeed\" : 7"))
    }

    @Test func everyRunInFullPrecision() {
        let lines = ReproductionReport(result).runs.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[0] == "data,model,activation,seed,accuracy,auc,parameters,e_param,losses")
        #expect(lines[1] == "forest-cover,light-relu,relu(x),42,0.75,0.8125,1000,0.2708333333333333,0.75 0.5 0.375")
    }

    @Test func commaSeparatedFieldsAreQuoted() {
        var table = ReportTable("a", "b")
        table.append("sub(x, \"y\")", "1|2")
        #expect(table.commaSeparated == "a,b\n\"sub(x, \"\"y\"\")\",1|2\n")
        #expect(table.markdown == "| a | b |\n| --- | --- |\n| sub(x, \"y\") | 1\\|2 |\n")
    }

    /// The page needs no other file, and reads as XML, so that every tag is closed and every sign escaped.
    @Test func page() throws {
        var result = result
        result.notes = ["<b> & so on"]
        let page = ReproductionReport(result).html
        #expect(page.contains("&lt;b&gt; &amp; so on"))
        #expect(page.components(separatedBy: "<svg xmlns").count == 4)
        // Every plot's frame has an identifier of its own.
        let frames = page.matches(of: /<clipPath id="([^"]*)"/).map { String($0.1) }
        #expect(frames.count == 3 && Set(frames).count == 3, "\(frames)")
        #expect(frames.allSatisfy { page.contains("url(#\($0))") })
        for reference in ["src=", "href=", "url(h", "<script"] { #expect(!page.contains(reference)) }
        let body = try #require(page.range(of: "<body>").map { page[$0.lowerBound...].dropLast("</html>\n".count) })
        let parser = XMLChecker(String(body))
        #expect(parser.problem == nil)
    }

    @Test func interruptedRunsSaySo() {
        var result = result
        result.isComplete = false
        #expect(ReproductionReport(result).markdown.contains("This run was interrupted"))
    }

    @Test func filesAreWritten() throws {
        let folder = try TemporaryFolder()
        try ReproductionReport(result).write(to: folder.path("a/b"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("a/b")).sorted()
        #expect(names == ["report.html", "report.md", "results.json", "runs.csv"])
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.file("a/b/results.json")))
        let read = try #require((json as? [String: Any])?["result"] as? [String: Any])
        #expect((read["models"] as? [Any])?.count == 2)
    }
}

@Suite struct ClaimTests {
    private func verdict(_ text: String, _ result: ReproductionResult) throws -> ClaimVerdict.Standing {
        let claim = try #require(Claim.all.first { $0.text.contains(text) })
        return try #require(ClaimVerdict.verdicts(on: [claim], by: result).first).standing
    }

    /// Ten seeds whose accuracies scatter by a little about a mean.
    private func model(_ name: String, mean: Double, scatter: Double = 0.001) -> ModelResult {
        ResultSamples.model(name, accuracies: (0..<10).map { mean + scatter * (Double($0 * 7 % 10) - 4.5) })
    }

    private func result(transfer: Double, scatter: Double = 0.001, others: [Double] = [0.80, 0.81, 0.82]) -> ReproductionResult {
        ResultSamples.result(
            seedCount: 10,
            [
                model("light-relu", mean: others[0]), model("light-gelu", mean: others[1]),
                model("light-silu", mean: others[2]), model("light-transfer", mean: transfer, scatter: scatter),
                model("heavy-relu", mean: 0.84),
            ])
    }

    @Test func claimsHoldFailOrCannotBeTold() throws {
        #expect(try verdict("physics to ecology", result(transfer: 0.83)) == .holds)
        #expect(try verdict("physics to ecology", result(transfer: 0.805)) == .fails)
        #expect(try verdict("physics to ecology", result(transfer: 0.8201, scatter: -0.01)) == .open)
        #expect(try verdict("within a point", result(transfer: 0.835)) == .holds)
        #expect(try verdict("within a point", result(transfer: 0.825)) == .fails)
        #expect(try verdict("physics to text", result(transfer: 0.83)) == .unmeasured)
    }

    @Test func verdictsNeedTenSeeds() {
        #expect(!result(transfer: 0.83).verdicts.isEmpty)
        #expect(ResultSamples.result(seedCount: 9, result(transfer: 0.83).models).verdicts.isEmpty)
    }

    /// A formula that a search chose has verdicts from rows that the search never read alone.
    @Test func searchedFormulasAreJudgedByUnseenRows() {
        var searched = result(transfer: 0.83)
        searched.models += [
            model("light-searched", mean: 0.86), model("light-specialist", mean: 0.81),
        ]
        func origins(_ result: ReproductionResult) -> Set<Claim.Origin> { Set(result.verdicts.map(\.claim.origin)) }
        func explains(_ result: ReproductionResult) -> Bool {
            ReproductionReport(result).markdown.contains("Claims about searched formulas get no verdict here")
        }
        #expect(origins(searched) == [.paper])
        #expect(explains(searched))
        searched.splitSeed = 43
        #expect(origins(searched) == [.paper])
        searched.splitSeed = 42
        #expect(origins(searched) == [.paper, .search])
        #expect(!explains(searched))
        // Other rows have another split.
        searched.shortenedSets = [.forestCover]
        #expect(origins(searched) == [.paper])
        #expect(explains(searched))
    }

    /// One bad figure among many is what chance brings: a claim with many conditions needs more against it.
    @Test func manyComparisonsAreCorrected() throws {
        let claim = try #require(Claim.all.first { $0.text.contains("physics to ecology") })
        // Two of six conditions, those against GELU, lie beyond their 95% intervals, but by little.
        let luck = result(transfer: 0.80976, scatter: 0.0011, others: [0.80, 0.81, 0.80])
        let verdict = try #require(ClaimVerdict.verdicts(on: [claim], by: luck).first)
        #expect(try #require(verdict.findings[2].comparison?.interval).high < 0)
        let worst = try #require(verdict.findings.compactMap(\.probabilityWhereRight).min())
        #expect(worst < 0.025)
        #expect(verdict.probabilityWhereRight == 6 * worst)
        #expect(verdict.standing == .open)
        let clear = result(transfer: 0.809, scatter: 0.0011, others: [0.80, 0.81, 0.80])
        #expect(ClaimVerdict.verdicts(on: [claim], by: clear).first?.standing == .fails)
    }

    /// What is enough for a claim alone may not be enough for one of many.
    @Test func manyClaimsAreCorrected() throws {
        let claim = try #require(Claim.all.first { $0.text.contains("within a point") })
        // 0.83 is the bound; the mean lies 2.6 standard errors above it.
        let narrow = result(transfer: 0.83025, scatter: 0.0011)
        #expect(ClaimVerdict.verdicts(on: [claim], by: narrow).map(\.standing) == [.holds])
        let many = ClaimVerdict.verdicts(on: [Claim](repeating: claim, count: 4), by: narrow)
        #expect(many.map(\.standing) == [.open, .open, .open, .open])
    }

    @Test func holmsOrder() {
        // 0.01 ≤ 0.05/4, 0.013 ≤ 0.05/3, 0.03 > 0.05/2: and with it all larger ones stay.
        #expect(HolmCorrection.rejected([0.03, 0.01, 0.04, 0.013], error: 0.05) == [false, true, false, true])
        #expect(HolmCorrection.rejected([0.02], error: 0.05) == [true])
        #expect(HolmCorrection.rejected([], error: 0.05) == [])
    }

    /// Each model that a claim speaks of is one that is run on the set.
    @Test func claimsSpeakOfModelsThatAreRun() {
        var reproduction = Reproduction()
        for set in ExperimentSet.published { reproduction.searched[set] = ["x"] }
        for condition in Claim.all.flatMap(\.conditions) {
            let names = reproduction.models(on: condition.set).map(\.name)
            #expect(names.contains(condition.model))
            #expect(names.contains(condition.other))
        }
    }
}

/// Reads XML for its well-formedness.
private final class XMLChecker {
    let problem: String?

    init(_ text: String) {
        // Tags in order, each closed by its own; the ones of HTML that stand alone do not occur in the page's body.
        var open: [String] = []
        var found: String?
        var rest = text[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = rest[rest.index(after: start)..<end]
            let name = String(tag.split(separator: " ").first ?? "")
            if name.hasPrefix("/") {
                if open.popLast() != String(name.dropFirst()) { found = found ?? "<\(tag)> closes nothing" }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
            rest = rest[rest.index(after: end)...]
        }
        problem = found ?? open.first.map { "<\($0)> is not closed" }
    }
}
