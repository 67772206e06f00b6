import Datasets
import Foundation

/// A reproduction as files: every run as CSV, everything as JSON, tables as Markdown, and a page that shows it all.
public struct ReproductionReport: Sendable {
    /// What is reported.
    public let result: ReproductionResult

    private var tables: ReproductionTables { ReproductionTables(result: result) }

    /// Reports results.
    public init(_ result: ReproductionResult) { self.result = result }

    /// Every run, one a row, in full precision.
    public var runs: String { tables.runs.commaSeparated }

    /// Everything, keys in a fixed order. Verdicts are among it where they are given.
    public func json() throws -> String {
        struct Verdict: Encodable {
            let claim: String
            let by: Claim.Origin
            let standing: ClaimVerdict.Standing
            let probabilityWhereWrong: Double?
            let probabilityWhereRight: Double?
        }
        struct Report: Encodable {
            let result: ReproductionResult
            let verdicts: [Verdict]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let verdicts = result.verdicts.map {
            Verdict(
                claim: $0.claim.text, by: $0.claim.origin, standing: $0.standing,
                probabilityWhereWrong: $0.probabilityWhereWrong, probabilityWhereRight: $0.probabilityWhereRight)
        }
        return String(decoding: try encoder.encode(Report(result: result, verdicts: verdicts)), as: UTF8.self) + "\n"
    }

    /// The tables, with GitHub's Markdown.
    public var markdown: String {
        sections.map { section in
            let table = section.table.map { $0.markdown + "\n" } ?? ""
            return "\(section.level == 1 ? "#" : "##") \(section.title)\n\n" + section.paragraphs.map { $0 + "\n\n" }.joined()
                + table
        }.joined()
    }

    /// Tables and plots as one page of HTML that needs no other file.
    public var html: String {
        var plotCount = 0
        let body = sections.map { section in
            let paragraphs = section.paragraphs.map { "<p>\(PlotFigure.escaped($0))</p>\n" }.joined()
            let plots = section.plots.map { plot in
                plotCount += 1
                return PlotFigure(plot).svg(identifiers: "plot\(plotCount)-")
            }.joined()
            return "<h\(section.level)>\(PlotFigure.escaped(section.title))</h\(section.level)>\n" + paragraphs
                + (section.table.map { "<div class=\"wide\">\n\($0.html)</div>\n" } ?? "")
                + (plots.isEmpty ? "" : "<div class=\"plots\">\n\(plots)</div>\n")
        }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Self.title)</title>
            <style>
            body { font: 15px/1.5 sans-serif; max-width: 1500px; margin: 2em auto; padding: 0 1em; color: #222; background: #fff; }
            @media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818; } }
            table { border-collapse: collapse; margin: 1em 0; }
            th, td { padding: 0.25em 0.7em; border-bottom: 1px solid #ddd; text-align: left; font-variant-numeric: tabular-nums; }
            th { border-bottom: 2px solid #888; }
            .wide { overflow-x: auto; }
            .plots { display: flex; flex-wrap: wrap; gap: 1em; }
            .plots > svg { flex: 1 1 420px; max-width: 720px; }
            </style>
            </head>
            <body>
            \(body)</body>
            </html>

            """
    }

    /// Writes the four files into a folder, which is made if it is not there; each whole or not at all. Those of an
    /// interrupted run have names that begin with `partial-`: they take the place of no complete report.
    ///
    /// - Returns: the files' paths.
    @discardableResult
    public func write(to folder: String) throws -> [String] {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(file: folder, problem: .unwritable(reason: error.localizedDescription))
        }
        let files = [("runs.csv", runs), ("results.json", try json()), ("report.md", markdown), ("report.html", html)]
        return try files.map { name, text in
            let name = result.isComplete ? name : "partial-\(name)"
            let path = URL(fileURLWithPath: folder).appendingPathComponent(name).path
            try AtomicFile.write(text, to: path)
            return path
        }
    }

    private static let title = "Neuro-symbolic activations, reproduced"

    private struct Section {
        let level: Int
        let title: String
        var paragraphs: [String] = []
        var table: ReportTable?
        var plots: [LinePlot] = []
    }

    private var sections: [Section] {
        let plots = ReproductionPlots(result: result)
        var sections = [Section(level: 1, title: Self.title, paragraphs: introduction)]
        if !result.notes.isEmpty || !result.isComplete {
            let interrupted = result.isComplete ? [] : ["This run was interrupted: what it had finished is here."]
            sections.append(Section(level: 2, title: "Left out", paragraphs: interrupted + result.notes))
        }
        if !result.formulas.isEmpty {
            sections.append(Section(level: 2, title: "Discovered formulas", table: tables.formulas))
        }
        if !result.verdicts.isEmpty {
            sections.append(
                Section(
                    level: 2, title: "Claims", paragraphs: rules, table: tables.claims))
            sections.append(Section(level: 2, title: "What the verdicts stand on", table: tables.conditions))
        }
        for set in result.sets {
            let rows = result.rowCounts[set.rawValue].map { " (\($0) rows)" } ?? ""
            sections.append(
                Section(
                    level: 2, title: set.title + rows, table: tables.models(on: set),
                    plots: [plots.activations(on: set), plots.accuracyBySize(on: set), plots.learning(on: set)]))
            if result.seeds.count > 1 {
                sections.append(
                    Section(level: 2, title: "\(set.title): differences, seed by seed", table: tables.differences(on: set))
                )
            }
        }
        return sections
    }

    private var introduction: [String] {
        [
            "The protocol of A. Hajbi, arXiv 2601.10740: a formula is discovered in each data set, its variables become one, and "
                + "it serves as the activation of a small network, beside networks with ReLU, GELU and SiLU.",
            "Figures are means over the seeds \(result.seeds.map(String.init).joined(separator: ", ")) ± population standard "
                + "deviation; \(split) Published figures are the paper's, over its seeds 42 to 44.",
        ]
    }

    private var split: String {
        guard let seed = result.splitSeed else {
            return "each seed has its own split, initial weights, order of rows and dropout."
        }
        return "all seeds share the split of seed \(seed), each has its own initial weights, order of rows and dropout."
    }

    /// How verdicts come about.
    private var rules: [String] {
        var rules = [
            "A claim holds when every difference it speaks of lies where it says, does not hold when one lies elsewhere, and "
                + "cannot be told otherwise. One-sided t tests over the seeds decide, with Holm's correction over both sides of all "
                + "claims, so that with 95% confidence further seeds on the same data would contradict no verdict. Beside it stand the probabilities of figures so clear "
                + "for the claim were it wrong, and against it were it right; those and the intervals of single differences are "
                + "not corrected."
        ]
        if result.models.contains(where: { $0.model == "light-searched" }) {
            rules.append(
                result.testsOnUnseenRows
                    ? "The test rows are those that the search for activations set aside and never read."
                    : "Claims about searched formulas get no verdict here, as the search saw some of these test rows: "
                        + "--split-seed \(ActivationSearch.unseenSplitSeed), with all rows of the sets, takes those that it never read."
            )
        }
        return rules
    }
}
