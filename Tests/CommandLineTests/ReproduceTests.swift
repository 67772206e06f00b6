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
        // The report says so too.
        #expect(run.output.contains("## Left out\n"), "\(run.output)")
        #expect(run.output.contains("Forest Cover is left out: there is no covtype.data"), "\(run.output)")
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

    @Test(
        "What is given twice, or is no list of seeds, is told",
        arguments: [
            (["--activation", "x*cos(x)", "--activation", "x * cos(x)"], "--activation x*cos(x) is given twice"),
            (["--transfer", "physics:ecology", "--transfer", "physics:ecology"], "--transfer physics:ecology is given twice"),
            (["--set", "physics"], "--set physics is given twice"),
            (["--transfer", "physics:physics"], "a set's own formula is tried on it anyway"),
            (["--seeds", "42-"], "not \"42-\""), (["--seeds=-42"], "not \"-42\""), (["--seeds", "1,,2"], "not \"\""),
            (["--seeds", "1-2-3"], "not \"1-2-3\""), (["--seeds", ""], "not \"\""),
        ])
    func usage(_ arguments: [String], message: String) throws {
        let run = try CommandLine(["reproduce", "--quick", "--set", "physics"] + arguments)
        #expect(run.status == 64)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("A transfer that is among all of them is tried once")
    func allTransfers() throws {
        let run = try CommandLine("reproduce", "--quick", "--seeds", "1", "--all-transfers", "--transfer", "ecology:physics")
        #expect(run.status == 0, "\(run.errors)")
        let rows = run.output.split(separator: "\n").filter { $0.hasPrefix("| Light Hybrid (Transfer from generated ecology) |") }
        #expect(rows.count == 1)
    }

    /// Else some of the rows that `reproduce --split-seed 42` tests on would be among those that the search saw.
    @Test("discover --objective activation draws its rows as reproduce does, whatever the seed")
    func activationRows() throws {
        let folder = try TemporaryFolder()
        for arguments in [
            ["data", "generate", "physics", "--rows", "2000", "-o", "all.csv"],
            ["data", "convert", "all.csv", "drawn.csv", "--sample", "120", "--seed", "42"],
        ] {
            let run = try CommandLine(arguments, folder: folder.url)
            #expect(run.status == 0, "\(run.errors)")
        }
        func found(_ data: [String]) throws -> NSArray {
            let search = [
                "--objective", "activation", "--no-enumeration", "--population", "6", "--generations", "1", "--seed", "7",
                "--json",
            ]
            let run = try CommandLine(["discover", "--label", "first", "--data"] + data + search, folder: folder.url)
            #expect(run.status == 0, "\(run.errors)")
            return try #require(try run.json()["finalists"] as? NSArray)
        }
        #expect(try found(["all.csv", "--sample", "120"]) == found(["drawn.csv"]))
    }

    @Test("discover --objective activation lists formulas with what they do on validation rows")
    func activationObjective() throws {
        let run = try CommandLine(
            "discover", "--generate", "physics", "--rows", "600", "--objective", "activation", "--no-enumeration", "--population",
            "6", "--generations", "1", "--by-layer", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        let found = try #require(report["finalists"] as? [[String: Any]])
        #expect(!found.isEmpty)
        let references = try #require(report["references"] as? [[String: Any]])
        #expect(references.compactMap { $0["formula"] as? String } == ["max(x, 0)", "x*normal_cdf(x)", "x*sigmoid(x)"])
        // Networks that learn these rows reach 0.67 to 0.71, those that learn nothing 0.5.
        for entry in found + references { #expect(try #require(entry["validationAUC"] as? Double) > 0.62, "\(entry)") }
        let figures = try found.map {
            try #require($0["validationAUC"] as? Double) + #require($0["validationAccuracy"] as? Double)
        }
        #expect(figures == figures.sorted(by: >))
        let byLayer = try #require(report["byLayer"] as? [[String: Any]])
        #expect(!byLayer.isEmpty)
        for entry in byLayer { #expect(entry["lastFormula"] as? String != entry["formula"] as? String, "\(entry)") }
        #expect(report["rows"] as? Int == 480)
        #expect(report["testRows"] as? Int == 120)
    }
}
