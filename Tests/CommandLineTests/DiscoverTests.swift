import Foundation
import TestSupport
import Testing

@Suite("formulac discover")
struct DiscoverTests {
    /// All lines but those that tell times.
    private func lines(_ output: String) -> [Substring] {
        output.split(separator: "\n").filter { !$0.contains("seconds\"") }
    }

    @Test("Generated data give formulas, the same for any number of threads")
    func generated() throws {
        let arguments = ["discover", "--generate", "physics", "--rows", "6000", "--population", "150", "--json"]
        let one = try CommandLine(arguments + ["--threads", "1"])
        let two = try CommandLine(arguments + ["--threads", "2"])
        #expect(one.status == 0, "\(one.errors)")
        let report = try one.json()
        #expect(report["rows"] as? Int == 600)
        let best = try #require(report["best"] as? [String: Any])
        #expect(try #require(best["loss"] as? Double) < 0.75)
        let front = try #require(report["front"] as? [[String: Any]])
        #expect(!front.isEmpty)
        let heldOut = try #require(best["heldOut"] as? [String: Any])
        #expect(heldOut["rows"] as? Int == 5400)
        #expect(try #require(heldOut["logLoss"] as? Double) < 0.75)
        #expect(try #require(heldOut["areaUnderROC"] as? Double) > 0.55)
        #expect(front.allSatisfy { $0["heldOut"] is [String: Any] })
        let text = try CommandLine(arguments.dropLast())
        #expect(text.output.hasPrefix("best by loss, on 5400 rows held out: log-loss 0."), "\(text.output)")
        let whole = try CommandLine(arguments.dropLast() + ["--fraction", "1"])
        #expect(whole.output.hasPrefix("no row was held out"), "\(whole.output)")
        #expect(lines(one.output) == lines(two.output))
    }

    @Test("Islands: checkpoints go on to the same result, and the front is drawn and written", arguments: ["paper", "modern"])
    func checkpoint(preset: String) throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "discover", "--generate", "physics", "--rows", "3000", "--preset", preset, "--population", "40", "--json",
        ]
        let whole = try CommandLine(arguments + ["--generations", "4", "--plot", "front.svg"], folder: folder.url)
        #expect(whole.status == 0, "\(whole.errors)")
        let kept = ["--checkpoint", "search.json", "--population-out", "all.csv"]
        #expect(try CommandLine(arguments + kept + ["--generations", "2"], folder: folder.url).status == 0)
        let rest = try CommandLine(arguments + kept + ["--generations", "4"], folder: folder.url)
        #expect(rest.errors.contains("going on after generation 2"))
        // What was remembered of earlier generations is computed anew; what was judged is counted on.
        let counts = ["computedNodeEvaluations", "workspaceBytes"]
        func result(_ run: CommandLine) -> [Substring] {
            lines(run.output).filter { line in !counts.contains { line.contains($0) } }
        }
        #expect(result(whole) == result(rest))
        #expect(folder.names == ["all.csv", "front.svg", "search.json"])
        let other = try CommandLine(arguments + kept + ["--seed", "1"], folder: folder.url)
        #expect(other.status == 65)
        #expect(other.errors.contains("search.json"))
    }

    @Test("Several classes, each against the rest; numbers as labels; formulas to begin with")
    func tasks() throws {
        let arguments = ["--preset", "modern", "--population", "30", "--generations", "2", "--json"]
        let multiclass = [
            "discover", "--generate", "ecology", "--rows", "4000", "--task", "multiclass", "--preset", "modern", "--population",
            "60", "--generations", "20",
        ]
        let classes = try CommandLine(multiclass + ["--json"])
        #expect(classes.status == 0, "\(classes.errors)")
        let reports = try #require(try classes.json()["classes"] as? [[String: Any]])
        #expect(reports.count == 7)
        // A fifth of the rows is left to judge by; the best formulas of all classes together tell more than the commonest.
        let joint = try #require(try classes.json()["heldOut"] as? [String: Any])
        #expect(joint["rows"] as? Int == 800)
        let (accuracy, share) = (try #require(joint["accuracy"] as? Double), try #require(joint["commonestShare"] as? Double))
        #expect(accuracy > share && accuracy < 1, "\(accuracy) beside \(share)")
        let text = try CommandLine(multiclass)
        #expect(text.output.hasPrefix("the classes' best formulas together, on 800 rows held out: accuracy "), "\(text.output)")
        let folder = try TemporaryFolder()
        let rows = (0..<200).map { "\($0 % 17),\($0 % 5),\(Double($0 % 17) * 2 + 1)" }
        let path = try folder.write(rows.joined(separator: "\n"), to: "line.csv")
        let line = try CommandLine(
            ["discover", "--data", path, "--label", "last", "--task", "regression", "--start", "0.9*X0 + 0.1"] + arguments)
        #expect(line.status == 0, "\(line.errors)")
        let best = try #require(try line.json()["best"] as? [String: Any])
        #expect(try #require(best["loss"] as? Double) < 1e-6)
        let heldOut = try #require(best["heldOut"] as? [String: Any])
        #expect(heldOut["rows"] as? Int == 40)
        #expect(try #require(heldOut["explainedVariance"] as? Double) > 0.9999)
    }

    @Test("The formula of the table's own columns does on them what is reported", arguments: ["binary", "regression"])
    func columns(task: String) throws {
        let folder = try TemporaryFolder()
        // Columns far from mean 0 and deviation 1, one of a name that only stands in backticks.
        let rows = (0..<400).map { row -> (a: Double, b: Double, label: Double) in
            let (a, b) = (Double(row % 37), Double(row * 7 % 23))
            let label: Double = task == "binary" ? (a * 3 + b > 60 ? 1 : 0) : 500 + 3 * a * b - 4 * b
            return (a: 1000 + 50 * a, b: b / 100 - 7, label: label)
        }
        let lines = rows.map { "\($0.a),\($0.b),\($0.label)" }
        let path = try folder.write((["size,floor area,price"] + lines).joined(separator: "\n"), to: "prices.csv")
        let arguments = [
            "discover", "--data", path, "--label", "price", "--task", task, "--preset", "modern", "--population", "40",
            "--generations", "4", "--fraction", "1",
        ]
        let run = try CommandLine(arguments + ["--json"])
        #expect(run.status == 0, "\(run.errors)")
        let report = try run.json()
        let best = try #require(report["best"] as? [String: Any])
        let formula = try #require(best["columnFormula"] as? String)
        let values = try CommandLine(
            ["eval", formula, "--input", path, "--type", "double", "-o", "values.csv"], folder: folder.url)
        #expect(values.status == 0, "\(values.errors)")
        let found = try String(contentsOf: folder.file("values.csv"), encoding: .utf8).split(separator: "\n").dropFirst()
            .map { try #require(Double($0.split(separator: ",")[0])) }
        let mean = rows.reduce(0) { $0 + $1.label } / Double(rows.count)
        let variance = rows.reduce(0) { $0 + ($1.label - mean) * ($1.label - mean) } / Double(rows.count)
        let losses = zip(found, rows).map { value, row -> Double in
            guard task == "binary" else { return (value - row.label) * (value - row.label) / variance }
            let wrong = row.label == 1 ? -value : value
            return min(max(wrong, 0), 34.538776394910684) + log1p(exp(-abs(wrong)))
        }
        let loss = losses.reduce(0, +) / Double(rows.count)
        let reported = try #require(best["loss"] as? Double)
        #expect(abs(loss - reported) <= 1e-4 * reported + 1e-9, "\(formula): \(loss), not \(reported)")
        // What the variables stand for.
        let inputs = try #require(report["inputs"] as? [[String: Any]])
        #expect(inputs.compactMap { $0["variable"] as? String } == ["X0", "X1"])
        #expect(inputs.compactMap { $0["column"] as? String } == ["size", "floor area"])
        #expect(abs(try #require(inputs[0]["mean"] as? Double) - rows.reduce(0) { $0 + $1.a } / 400) < 1e-9)
        let label = report["label"] as? [String: Any]
        let deviation = label?["deviation"] as? Double
        #expect(deviation.map { abs($0 - variance.squareRoot()) < 1e-9 } == (task == "binary" ? nil : true))
        #expect(report.keys.contains("label") && report["isComplete"] as? Bool == true)
        // Every formula has all keys.
        let entries = try #require(report["front"] as? [[String: Any]]) + #require(report["unusable"] as? [[String: Any]])
        #expect(Set(entries.map { Set($0.keys) }).count == 1)
        let text = try CommandLine(arguments)
        #expect(text.output.contains("of the table's own columns: \(task == "binary" ? "" : "price = ")\(formula)\n"))
        #expect(text.output.contains("X0 to X1 are the columns size, floor area, brought to mean 0 and deviation 1"))
    }

    @Test("A checkpoint that cannot be written costs no search; the command fails at its end", arguments: ["paper", "modern"])
    func checkpointFailure(preset: String) throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "discover", "--generate", "physics", "--rows", "3000", "--preset", preset, "--population", "1000", "--generations",
            "3", "--json",
        ]
        let whole = try CommandLine(arguments, folder: folder.url)
        #expect(whole.status == 0, "\(whole.errors)")
        // A limit on the size of files fails like a full disk; only the checkpoint is larger.
        let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\" --checkpoint search.json > output 2> errors"
        let run = try Tool.run("/bin/sh", ["-c", script, CommandLine.executable.path] + arguments, folder: folder.url)
        let errors = try String(contentsOf: folder.file("errors"), encoding: .utf8)
        #expect(run.status == 1)
        #expect(lines(try String(contentsOf: folder.file("output"), encoding: .utf8)) == lines(whole.output))
        #expect(errors.contains("note: search.json: "), "\(errors)")
        #expect(errors.contains("formulac: error: search.json: "), "\(errors)")
        #expect(errors.components(separatedBy: "goes on without its checkpoint").count == 2)
        #expect(folder.names.sorted() == ["errors", "output"])
        // A folder that is not there is told before the search.
        let absent = try CommandLine(arguments + ["--checkpoint", "absent/search.json"], folder: folder.url)
        #expect(absent.status == 1 && absent.output.isEmpty)
        #expect(absent.errors.contains("absent/search.json: cannot be written"), "\(absent.errors)")
    }

    @Test("Ctrl-C ends a search with what it has found", arguments: ["paper", "modern"])
    func interruption(preset: String) throws {
        let folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = CommandLine.executable
        process.arguments = [
            "discover", "--generate", "physics", "--rows", "3000", "--preset", preset, "--population", "30", "--generations",
            "1000000", "--json", "--checkpoint", "search.json",
        ]
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": folder.path("cache")]) { $1 }
        for name in ["out", "err"] { _ = try folder.write("", to: name) }
        process.standardOutput = try FileHandle(forWritingTo: folder.file("out"))
        process.standardError = try FileHandle(forWritingTo: folder.file("err"))
        try process.run()
        // The file is there once a generation has been judged.
        while process.isRunning, !FileManager.default.fileExists(atPath: folder.path("search.json")) { usleep(1_000) }
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        let errors = try String(contentsOf: folder.file("err"), encoding: .utf8)
        #expect(process.terminationStatus == 130, "\(errors)")
        #expect(errors.hasSuffix("formulac: error: interrupted; what was found so far is above\n"), "\(errors)")
        let json = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.file("out"))) as? [String: Any]
        let report = try #require(json)
        let generations = try #require(report["generations"] as? Int)
        #expect(generations >= 1 && generations < 1_000_000)
        #expect((report["best"] as? [String: Any])?["program"] is String)
        #expect(report["isComplete"] as? Bool == false)
        // The checkpoint is that of the last generation, and can be gone on from.
        let next = try CommandLine(
            (process.arguments ?? []).map { $0 == "1000000" ? "\(generations + 1)" : $0 }, folder: folder.url)
        #expect(next.status == 0, "\(next.errors)")
        #expect(next.errors.contains("going on after generation \(generations) "), "\(next.errors)")
    }

    @Test("Wrong usage and bad data are told")
    func errors() throws {
        #expect(try CommandLine("discover").status == 64)
        #expect(try CommandLine("discover", "--generate", "physics", "--generations", "0").status == 64)
        #expect(try CommandLine("discover", "--generate", "physics", "--islands", "2").status == 64)
        let start = try CommandLine("discover", "--generate", "physics", "--start", "X0")
        #expect(start.status == 64)
        #expect(start.errors.contains("--start needs --preset modern or --objective activation"))
        let variable = try CommandLine("discover", "--generate", "physics", "--objective", "activation", "--start", "X0")
        #expect(variable.status == 65)
        for (formula, reason) in [
            ("2*x + 1", "a straight line"), ("x*x*x*x", "grows like x^4"),
            ("0.001*x", "rounded to two digits after the point as 0"), ("sin(0.004*x) + 1", "constant after collapse"),
        ] {
            // Told before the data are looked at.
            let run = try CommandLine("discover", "--data", "absent.csv", "--objective", "activation", "--start", formula)
            #expect(run.status == 65)
            #expect(run.errors.contains("cannot start the search") && run.errors.contains(reason), "\(run.errors)")
        }
        let rounded = try CommandLine(
            "discover", "--data", "absent.csv", "--objective", "activation", "--start", "x*cos(1.234*x)", "--start",
            "sin(2.5*x)")
        #expect(rounded.errors.hasPrefix("note: --start x*cos(1.234*x): tried as x*cos(1.23*x), its constants rounded"))
        #expect(!rounded.errors.contains("sin") && rounded.errors.contains("absent.csv"), "\(rounded.errors)")
        let unknown = try CommandLine("discover", "--generate", "physics", "--functions", "add,frobnicate")
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("frobnicate"))
        let absent = try CommandLine("discover", "--generate", "ecology", "--preset", "modern", "--start", "X99")
        #expect(absent.status == 65)
        #expect(absent.errors.contains("there is no variable X99; there are X0 to X"), "\(absent.errors)")
        let negated = try CommandLine("discover", "--generate", "physics", "--objective", "activation", "--start", "-x*x")
        #expect(negated.status == 65)
        #expect(negated.errors.contains("Write the formula with these: add, sub, mul, max"), "\(negated.errors)")
        let folder = try TemporaryFolder()
        // Data in which there is nothing to tell are bad data, whatever the task.
        let many = (0..<800).map { "\($0),\($0)" }.joined(separator: "\n")
        let bad: [(task: String, text: String, rows: [String], message: String)] = [
            ("multiclass", "1,2\n2,2\n3,2\n", [], "there is one class only"),
            ("multiclass", many, [], "more than 100 different values"),
            ("regression", "1,2\n2,2\n3,2\n", [], "there is nothing to predict: the label of every one of its 3 rows is 2"),
            ("regression", "1,2\n2,3\n", ["--rows", "1"], "there is nothing to predict: the label of its only row is 2"),
        ]
        for (task, text, rows, message) in bad {
            let path = try folder.write(text, to: "bad.csv")
            let run = try CommandLine(["discover", "--data", path, "--task", task] + rows)
            #expect(run.status == 65 && run.errors.contains(message), "\(run.errors)")
        }
        let path = try folder.write("1,2,0\n3,4,1\n5,6,2\n", to: "three.csv")
        let run = try CommandLine("discover", "--data", path, "--label", "last")
        #expect(run.status == 65)
        #expect(run.errors.contains("--positive"))
    }
}
