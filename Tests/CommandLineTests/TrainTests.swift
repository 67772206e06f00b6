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

    @Test("Layers of their own, tasks, optimisers and trained parameters are options")
    func options() throws {
        let base = ["train", "--generate", "ecology", "--rows", "2000", "--epochs", "3", "--json"]
        func runs(_ more: String...) throws -> [[String: Any]] {
            let run = try CommandLine(base + more)
            #expect(run.status == 0, "\(run.errors)")
            return try #require(try run.json()["runs"] as? [[String: Any]])
        }
        let classes = try runs("--task", "multiclass", "--class-weights", "balanced", "--patience", "1", "--optimizer", "adamw")
        #expect(classes[0]["parameters"] as? Int == 5_825 + 6 * 33)
        let number = try runs("--task", "regression", "--schedule", "cosine", "--batch-norm", "off", "--dropout", "0,0.1")
        #expect(number[0]["r2"] is Double && number[0]["accuracy"] == nil)
        let layers = try runs("--layer", "8:x*cos(x)", "--layer", "4:x*sigmoid(b*x)", "--param", "b=1", "--train-param", "b")
        #expect(layers[0]["activation"] as? String == "x*cos(x) | x*sigmoid(b*x)")
        #expect((layers[0]["trained"] as? [String: [Double]])?["layers.1.activation.b"]?.count == 1)
        let steps = try runs(
            "--optimizer", "sgd", "--momentum", "0.8", "--schedule", "step:1:0.5", "--clip-gradient-norm", "1", "--layers", "8")
        #expect(steps[0]["losses"] != nil)
        for (wrong, status) in [
            (["--schedule", "step:0:1"], 64), (["--dropout", "0.1,0.2,0.3"], 64), (["--layers", "a"], 64),
            (["--class-weights", "1,2,3"], 64), (["--train-param", "b"], 65), (["--task", "several"], 64),
        ] {
            let run = try CommandLine(base + wrong)
            #expect(Int(run.status) == status, "\(wrong): \(run.errors)")
        }
    }

    @Test("A library's activation trains to the bits of its formula; a library that computes another is refused")
    func kernel() throws {
        let folder = try TemporaryFolder()
        func run(_ arguments: String...) throws -> CommandLine { try CommandLine(arguments, folder: folder.url) }
        #expect(
            try run(
                "export", "shared", "x*sigmoid(b*x)", "--param", "b=1", "--parameter-gradients", "-o", ".", "--name", "swish"
            ).status == 0)
        let base = ["train", "--generate", "physics", "--rows", "2000", "--epochs", "2", "--json"]
        func losses(_ more: [String]) throws -> [Double] {
            let run = try CommandLine(base + more, folder: folder.url)
            #expect(run.status == 0, "\(run.errors)")
            let runs = try #require(try run.json()["runs"] as? [[String: Any]])
            return try #require(runs[0]["losses"] as? [Double])
        }
        for training in [[], ["--train-param", "b"], ["--train-param", "b", "--param-sharing", "unit"]] {
            let wanted = try losses(["--activation", "x*sigmoid(b*x)", "--param", "b=1"] + training)
            #expect(try losses(["--kernel", "libswish.so"] + training) == wanted)
            #expect(try losses(["--kernel", "libswish.so:swish"] + training) == wanted)
        }
        #expect(try run("export", "shared", "x*cos(x)", "-o", "other", "--name", "swish").status == 0)
        try FileManager.default.copyItem(at: folder.file("other/swish.json"), to: folder.file("wrong.json"))
        let wrong = try CommandLine(base + ["--kernel", "libswish.so:wrong"], folder: folder.url)
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("libswish.so"))
        #expect(try CommandLine(base + ["--kernel", "other/libswish.so", "--train-param", "b"], folder: folder.url).status != 0)
        #expect(try CommandLine(base + ["--kernel", "nosuch.so"], folder: folder.url).status == 65)
    }

    @Test("A training that diverges names epoch, layer and formula")
    func divergence() throws {
        let run = try CommandLine(
            "train", "--generate", "physics", "--rows", "1000", "--layer", "8:x", "--layer", "4:x/(x - x)")
        #expect(run.status == 1)
        #expect(run.errors.contains("epoch 1") && run.errors.contains("hidden layer 2") && run.errors.contains("x/(x - x)"))
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
