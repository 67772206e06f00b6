import Foundation
import TestSupport
import Testing

@Suite("formulac reproduce")
struct ReproduceTests {
    private static let small = ["reproduce", "--quick", "--set", "physics", "--seeds", "1-2"]

    @Test("Files are the same whatever the thread count, and nothing else is left")
    func files() throws {
        let folder = try TemporaryFolder()
        let one = try CommandLine(Self.small + ["--threads", "1", "--out", "one"], folder: folder.url)
        let two = try CommandLine(Self.small + ["--threads", "2", "--out", "two", "--json"], folder: folder.url)
        #expect(one.status == 0, "\(one.errors)")
        #expect(two.status == 0, "\(two.errors)")
        for name in ["report.html", "report.md", "results.json", "runs.csv"] {
            #expect(try Data(contentsOf: folder.file("one/\(name)")) == Data(contentsOf: folder.file("two/\(name)")))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("one")).count == 4)
        #expect(one.output == (try String(contentsOf: folder.file("one/report.md"), encoding: .utf8)))
        #expect(two.output == (try String(contentsOf: folder.file("one/results.json"), encoding: .utf8)))
        #expect(one.output.contains("| Light Hybrid (Specialist) |"))
    }

    @Test("A folder's data are read; what is not there is left out with a word")
    func folderOfData() throws {
        let folder = try TemporaryFolder()
        let made = try CommandLine(
            "data", "generate", "physics", "--rows", "400", "-o", "HIGGS.csv.gz", folder: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        let run = try CommandLine("reproduce", "--data-dir", ".", "--seeds", "3", folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("## HIGGS (400 rows)"))
        #expect(run.output.contains("0.710 ± 0.002"))
        #expect(run.errors.contains("Spambase is left out: . has no spambase.data"))
        #expect(run.errors.contains("Forest Cover is left out: . has no covtype.data"))
    }

    @Test("Bad usage and missing data are told apart")
    func errors() throws {
        let folder = try TemporaryFolder()
        let empty = try CommandLine("reproduce", "--data-dir", ".", folder: folder.url)
        #expect(empty.status == 65)
        #expect(empty.errors.contains("HIGGS.csv.gz, covtype.data.gz, spambase.data"))
        #expect(try CommandLine("reproduce", "--set", "higgs").status == 64)
        #expect(try CommandLine("reproduce", "--seeds", "5-3").status == 64)
        #expect(try CommandLine("reproduce", "--seeds", "1,1").status == 64)
        #expect(try CommandLine("reproduce", "--transfer", "higgs").status == 64)
        #expect(try CommandLine("reproduce", "--set", "physics", "--activation", "x +").status == 65)
    }

    @Test("discover --objective activation lists formulas with what they do on validation rows")
    func activationObjective() throws {
        let run = try CommandLine(
            "discover", "--generate", "physics", "--rows", "200", "--objective", "activation", "--population", "6",
            "--generations", "1", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        let found = try #require(report["finalists"] as? [[String: Any]])
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { ($0["validationAUC"] as? Double ?? 0) > 0.3 })
        #expect((report["references"] as? [Any])?.count == 3)
        #expect(report["rows"] as? Int == 160)
        #expect(report["testRows"] as? Int == 40)
    }
}
