import Foundation
import TestSupport
import Testing

@Suite("formulac train, data and eval on tables")
struct TrainTests {
    @Test("Generated data trains; the same seed gives the same figures whatever the thread count")
    func generated() throws {
        let arguments = [
            "train", "--generate", "physics", "--rows", "3000", "--epochs", "3", "--activation", "relu(x)", "--activation",
            "x*cos(x)", "--seed", "1", "--seed", "2", "--json",
        ]
        let one = try CommandLine(arguments + ["--threads", "1"])
        let two = try CommandLine(arguments + ["--threads", "2"])
        #expect(one.status == 0)
        let runs = try #require(try one.json()["runs"] as? [[String: Any]])
        #expect(runs.count == 4)
        #expect(runs.map { $0["parameters"] as? Int } == [4161, 4161, 4161, 4161])
        let again = try #require(try two.json()["runs"] as? [[String: Any]])
        for (a, b) in zip(runs, again) {
            #expect(a["auc"] as? Double == b["auc"] as? Double)
            #expect(a["losses"] as? [Double] == b["losses"] as? [Double])
        }
    }

    @Test("Data written by generate are read back, plain and gzip, with the label where it is told")
    func files() throws {
        let folder = try TemporaryFolder()
        for name in ["e.csv", "e.csv.gz"] {
            #expect(try CommandLine("data", "generate", "ecology", "--rows", "500", "-o", name, folder: folder.url).status == 0)
            let run = try CommandLine(
                "train", "--data", name, "--label", "last", "--positive", "2", "--epochs", "1", "--hidden", "8,4",
                folder: folder.url)
            #expect(run.status == 0)
            #expect(run.output.contains("relu(x)"))
        }
        #expect(folder.names == ["e.csv", "e.csv.gz"])
        let info = try CommandLine("data", "info", "e.csv", folder: folder.url)
        #expect(info.output.hasPrefix("500 rows, 55 columns\n"))
    }

    @Test("Bad rows name file, line and column")
    func badData() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("1,2,0\n3,oops,1\n", to: "bad.csv")
        let run = try CommandLine("train", "--data", "bad.csv", "--label", "last", folder: folder.url)
        #expect(run.status == 65)
        #expect(run.errors.contains("bad.csv:2: column 2"))
        _ = try folder.write("", to: "empty.csv")
        #expect(try CommandLine("train", "--data", "empty.csv", folder: folder.url).status == 65)
        #expect(try CommandLine("train", "--data", "nosuch.csv", folder: folder.url).status == 65)
        #expect(try CommandLine("train", "--generate", "physics", "--activation", "x0*x1").status == 65)
        #expect(try CommandLine("train", "--generate", "physics", "--epochs", "0").status == 64)
        #expect(try CommandLine("train").status == 64)
    }

    @Test("eval takes a table and writes value and derivatives by column name")
    func table() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("b,a\n2,1\n4,3\n0.5,-2\n", to: "points.csv")
        let run = try CommandLine("eval", "a*b^2", "--input", "points.csv", "-o", "values.csv", folder: folder.url)
        #expect(run.status == 0)
        #expect(
            try String(contentsOf: folder.file("values.csv"), encoding: .utf8)
                == "value,d_a,d_b\n4,4,4\n48,16,24\n-0.5,0.25,-2\n")
        #expect(
            try CommandLine("eval", "a*b^2", "--input", "points.csv", "-o", "values.npy", "--type", "double", folder: folder.url)
                .status == 0)
        let missing = try CommandLine("eval", "a*x", "--input", "points.csv", "-o", "v.csv", folder: folder.url)
        #expect(missing.status == 65)
        #expect(missing.errors.contains("no column named 'x'"))
        #expect(folder.names == ["points.csv", "values.csv", "values.npy"])
    }
}
