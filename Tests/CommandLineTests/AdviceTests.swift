import Foundation
import TestSupport
import Testing

/// Messages about bad input: they name what is at fault, and advise what helps.
@Suite("Advice")
struct AdviceTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(
            "a,b,label\n" + (0..<60).map { "\($0 % 7),\($0 % 5),\($0 % 2)\n" }.joined(), to: "data.csv")
    }

    private func run(_ arguments: String...) throws -> CommandLine { try CommandLine(arguments, folder: folder.url) }

    private func train(_ options: String...) throws -> CommandLine {
        try CommandLine(
            ["train", "--data", "data.csv", "--epochs", "2", "--layers", "4", "--batch-size", "16"] + options, folder: folder.url)
    }

    @Test("predict fills or drops missing features, and predicts rows without a label")
    func missingFeatures() throws {
        try #require(try train("--save", "m.safetensors").status == 0)
        try folder.write("a,b,label\n1,2,0\n,3,1\n4,5,NA\n", to: "gaps.csv")
        try folder.write("a,b\n1,2\n4,5\n", to: "complete.csv")
        let refused = try run("predict", "--model", "m.safetensors", "--data", "gaps.csv")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("gaps.csv:3: column 1: the field is empty"), "\(refused.errors)")
        #expect(refused.errors.contains("--missing drop or --missing mean"))

        let dropped = try run("predict", "--model", "m.safetensors", "--data", "gaps.csv", "--missing", "drop")
        #expect(dropped.status == 0, "\(dropped.errors)")
        #expect(dropped.errors.contains("note: 1 row with missing features left out"))
        let complete = try run("predict", "--model", "m.safetensors", "--data", "complete.csv")
        #expect(dropped.output == complete.output)

        let filled = try run("predict", "--model", "m.safetensors", "--data", "gaps.csv", "--missing", "mean")
        #expect(filled.errors.contains("note: 1 missing value filled with the mean of the training rows"))
        let lines = filled.output.split(separator: "\n")
        #expect(lines.count == 4)
        // The other rows are predicted as without it.
        #expect([lines[1], lines[3]] == Array(complete.output.split(separator: "\n").dropFirst()))
        let none = try folder.write("a,b\n,1\n", to: "none.csv")
        #expect(try run("predict", "--model", "m.safetensors", "--data", none, "--missing", "drop").status == 65)
    }

    @Test("A label column of one class has no area under the curve")
    func oneClassOfLabels() throws {
        try #require(try train("--save", "m.safetensors").status == 0)
        try folder.write("a,b,label\n1,2,1\n2,3,1\n", to: "ones.csv")
        let run = try run("predict", "--model", "m.safetensors", "--data", "ones.csv")
        #expect(run.errors.contains("AUC not defined (one class only)"), "\(run.errors)")
        #expect(!run.errors.contains("nan"))
    }

    @Test("Labels that the model does not know are told, not counted as misses")
    func unknownLabels() throws {
        try #require(try train("--task", "multiclass", "--save", "m.safetensors").status == 0)
        func predict(_ labels: String, _ options: String...) throws -> CommandLine {
            let rows = labels.split(separator: " ").enumerated().map { "\($0 % 7),\($0 % 5),\($1)" }
            try folder.write((["a,b,label"] + rows).joined(separator: "\n") + "\n", to: "new.csv")
            return try CommandLine(["predict", "--model", "m.safetensors", "--data", "new.csv"] + options, folder: folder.url)
        }
        func comparison(_ run: CommandLine) -> Substring? { run.errors.split(separator: "\n").last }
        let some = try predict("0 1 0 7 1 9")
        #expect(some.status == 0)
        #expect(some.errors.contains("the label 7 in row 4 is none that the model knows (0, 1); 2 rows with such labels left"))
        let known = try predict("0 1 0 NA 1", "--missing", "drop")
        #expect(comparison(some) == comparison(known), "\(some.errors)\(known.errors)")
        let none = try predict("7 8 9", "-o", "p.csv")
        #expect(none.status == 65 && none.output.isEmpty && !folder.names.contains("p.csv"))
        #expect(none.errors.contains("new.csv: the label 7 in row 1 is none that the model knows (0, 1), nor is any other."))
        try #require(try train("--save", "m.safetensors").status == 0)
        let rest = try predict("7 8 9")
        #expect(rest.status == 0 && rest.errors.contains("no label in the column label is 1, the model's positive class"))
    }

    @Test("Training data of one class advise rows of both")
    func oneClass() throws {
        try folder.write("a,label\n1,3\n2,3\n3,3\n4,3\n", to: "data.csv")
        for options in [[], ["--positive", "3"]] {
            let run = try CommandLine(["train", "--data", "data.csv"] + options, folder: folder.url)
            #expect(run.status == 65)
            #expect(
                run.errors.contains("data.csv: there is one class only: the label of every one of its 4 rows is 3. "),
                "\(run.errors)")
            #expect(run.errors.contains("take rows of both classes"))
            #expect(!run.errors.contains("--positive"))
        }
        #expect(try train("--positive", "5").errors.contains("none of the 4 labels is 5, the positive class"))
    }

    @Test("A truncated checkpoint is called one, and can be removed")
    func truncatedCheckpoint() throws {
        try #require(try train("--checkpoint", "state").status == 0)
        let bytes = try Data(contentsOf: folder.file("state"))
        for count in [0, 5, 100, bytes.count / 2, bytes.count - 1] {
            try bytes.prefix(count).write(to: folder.file("state"))
            let run = try train("--checkpoint", "state")
            #expect(run.status == 65)
            #expect(run.errors.contains("state: is no checkpoint, or a damaged one: it "), "\(run.errors)")
            #expect(run.errors.contains("Remove the file to begin anew, or name another."), "\(run.errors)")
        }
    }

    @Test("A file that is no model is told from a damaged one as far as can be", arguments: ["predict", "export"])
    func noModel(_ command: String) throws {
        let file = command == "predict" ? ["--data", "data.csv"] : ["-o", "."]
        let arguments = (command == "predict" ? ["predict"] : ["export", "c"]) + file + ["--model"]
        for (name, message) in [
            ("data.csv", "data.csv: is no model: it does not begin as safetensors files do. Name a file that"),
            ("absent", "absent: cannot be read: No such file"), (".", "cannot be read: Is a directory"),
            ("/dev/null", "/dev/null: is no model"),
        ] {
            let run = try CommandLine(arguments + [name], folder: folder.url)
            #expect(run.status == 65)
            #expect(run.errors.contains(message), "\(run.errors)")
        }
        #expect(try CommandLine(arguments + ["data.csv"], folder: folder.url).errors.contains("train --save"))
    }

    @Test("Training that comes apart says where the activation is not defined")
    func divergence() throws {
        let run = try train("--activation", "log(x)")
        #expect(run.status == 1)
        #expect(run.errors.contains("with the activation \"log(x)\", which is nan for x = -0.25."), "\(run.errors)")
        #expect(run.errors.contains("Take a formula that has a finite value for every x"))
        #expect(!run.errors.contains("learning rate"))
    }

    @Test("Lists of formulas that cannot be read say why")
    func formulaLists() throws {
        try folder.write("[{\"name\": \"f\"}]", to: "list.json")
        try folder.write("[]", to: "empty.json")
        for (file, status, message) in [
            ("absent.json", 65, "absent.json: cannot be read: No such file or directory"),
            (".", 65, ".: is a folder, not a file"),
            ("list.json", 65, "list.json: is no JSON list of objects with `name` and `text`, such as"),
            ("empty.json", 65, "empty.json: holds no formula"),
        ] as [(String, Int32, String)] {
            let run = try run("bench", "--file", file)
            #expect(run.status == status)
            #expect(run.errors.contains(message), "\(run.errors)")
        }
    }

    @Test("Control characters of a file's names are shown, not obeyed")
    func controlCharacters() throws {
        try folder.write("a\u{1B}[31m,b\u{9B}2J\u{202E}\n1,2\n", to: "names.csv")
        let info = try run("data", "info", "names.csv")
        #expect(info.output.contains("a\\u{1B}[31m") && info.output.contains("b\\u{9B}2J\\u{202E}"), "\(info.output)")
        let error = try run("train", "--data", "names.csv", "--label", "c")
        #expect(error.status == 65)
        for text in [info.output, error.errors] { #expect(!text.contains("\u{1B}") && !text.contains("\u{9B}")) }
        // In JSON as the file has them, escaped by JSON's rules.
        let columns = try run("data", "info", "names.csv", "--json").json()["columns"] as? [[String: Any]]
        #expect(columns?.first?["name"] as? String == "a\u{1B}[31m")
    }

    @Test("reproduce names the public files")
    func publicFiles() throws {
        let run = try run("reproduce", "--data-dir", ".")
        #expect(run.status == 65)
        #expect(run.errors.contains("HIGGS.csv.gz, covtype.data.gz, spambase.data"), "\(run.errors)")
        #expect(try self.run("reproduce", "--set", "higgs").errors.contains("the folder with HIGGS.csv.gz"))
    }

    @Test("Names that C, C++ or Python reserve are refused as such")
    func reservedNames() throws {
        for (form, name) in [("c", "int"), ("c", "template"), ("shared", "class"), ("python", "lambda"), ("python", "int")] {
            let run = try run("export", form, "x", "-o", "made", "--name", name)
            #expect(run.status == 64, "\(form) \(name)")
            #expect(
                run.errors.contains(form == "python" && name == "lambda" ? "Python's own" : "is a word of C or C++"),
                "\(run.errors)")
        }
        let invalid = try run("export", "c", "x", "-o", "made", "--name", "2x")
        #expect(invalid.errors.contains("'2x' is not a C identifier"))
        #expect(folder.names == ["data.csv"])
    }

    @Test("More rows than there are is told")
    func rowShortage() throws {
        for option in ["--rows", "--sample"] {
            let run = try train(option, "100")
            #expect(run.status == 0)
            #expect(run.errors.contains("note: data.csv gives 60 rows, fewer than the 100 asked for"), "\(run.errors)")
        }
        #expect(try run("data", "info", "data.csv", "--rows", "61").errors.contains("fewer than the 61"))
        #expect(try run("data", "info", "data.csv", "--rows", "60").errors.isEmpty)
        let converted = try run("data", "convert", "data.csv", "part.csv", "--sample", "61")
        #expect(converted.errors.contains("fewer than the 61"))
    }

    @Test("What follows the compressed data is an error, unless it is zeros")
    func trailingBytes() throws {
        try #require(try run("data", "generate", "physics", "--rows", "20", "-o", "t.csv.gz").status == 0)
        let bytes = try Data(contentsOf: folder.file("t.csv.gz"))
        try (bytes + Data(repeating: 0, count: 600_000)).write(to: folder.file("zeros.csv.gz"))
        try (bytes + Data(repeating: 0, count: 600_000) + Data("x".utf8)).write(to: folder.file("rest.csv.gz"))
        #expect(try run("data", "info", "zeros.csv.gz").status == 0)
        let refused = try run("data", "info", "rest.csv.gz")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("bytes that are not gzip follow the compressed data"), "\(refused.errors)")
    }

    @Test("A plot that would be empty is an error; curves are of the type that is asked for")
    func emptyPlot() throws {
        let empty = try run("plot", "log(x)", "--from", "-6", "--to", "-1", "-o", "c.svg")
        #expect(empty.status == 65)
        #expect(empty.errors.contains("log(x): no finite value between -6.0 and -1.0. Choose another range"), "\(empty.errors)")
        #expect(!folder.names.contains("c.svg"))
        let partly = try run("plot", "log(x)", "x", "--from", "-6", "--to", "-1", "-o", "c.svg")
        #expect(partly.status == 0 && partly.errors.contains("note: log(x): no finite value"), "\(partly.errors)")
        // Beyond the largest float, within double.
        #expect(try run("plot", "exp(x)", "--from", "100", "--to", "200").status == 65)
        #expect(try run("plot", "exp(x)", "--from", "100", "--to", "200", "--type", "double").status == 0)
    }

    @Test("Known sets are found by name wherever a table is taken")
    func knownSets() throws {
        let rows = (0..<40).map { row in
            (0..<57).map { "\(($0 * 7 + row * 5) % 11)" }.joined(separator: ",") + ",\(row % 2)"
        }
        try folder.write(rows.joined(separator: "\n") + "\n", to: "spambase.data")
        try #require(
            try run("train", "--data", "spambase", "--data-dir", ".", "--epochs", "1", "--save", "m.safetensors").status == 0)
        let predicted = try run("predict", "--model", "m.safetensors", "--data", "spambase", "--data-dir", ".")
        #expect(predicted.status == 0 && predicted.errors.contains("compared with the column x57"), "\(predicted.errors)")
        #expect(try run("data", "info", "spambase", "--data-dir", ".").output.hasPrefix("40 rows, 58 columns"))
        #expect(try run("data", "convert", "spambase", "--data-dir", ".", "out.csv").status == 0)
        #expect(try run("eval", "x0*x1", "--input", "spambase", "--data-dir", ".", "-o", "values.csv").status == 0)
        for arguments in [["data", "info", "spambase"], ["data", "info", "iris", "--data-dir", "."]] {
            #expect(try CommandLine(arguments, folder: folder.url).status == 64)
        }
        let absent = try run("data", "info", "higgs", "--data-dir", ".")
        #expect(absent.status == 65 && absent.errors.contains("formulac data fetch higgs"), "\(absent.errors)")
    }
}
