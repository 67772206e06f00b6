import Foundation
import TestSupport
import Testing

@Suite("formulac verify")
struct VerifyTests {
    @Test("A function in float, by a sweep")
    func function() throws {
        let run = try CommandLine("verify", "tanh", "--stride", "100003")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("every 100003th float") && run.output.contains("wrong specials  0"))
        let json = try CommandLine("verify", "tanh", "--stride", "100003", "--json").json()
        #expect(json["points"] as? Int == 42_949)
        let worst = try #require(json["worstUlps"] as? Double)
        #expect(worst > 0.5 && worst <= 2)
        #expect(json["wrongSpecials"] as? Int == 0)
        #expect(json["complete"] as? Bool == true)
        #expect((json["worst"] as? [String: Any])?["at"] as? [Double] != nil)
    }

    @Test("Functions in double and of two numbers, at hard points")
    func points() throws {
        let double = try CommandLine("verify", "exp", "--type", "double", "--points", "20000", "--json")
        #expect(double.status == 0)
        #expect(try double.json()["points"] as? Int == 20_000)
        let pair = try CommandLine("verify", "pow", "--points", "20000")
        #expect(pair.status == 0 && pair.output.contains("20,000 points (hard and random points)"))
    }

    @Test("A library, held bit for bit against the interpreter")
    func library() throws {
        let folder = try TemporaryFolder()
        for (name, text) in [("wave", "x*cos(x)"), ("other", "x*cos(x) + max(x - 100, 0)")] {
            let export = try CommandLine("export", "shared", text, "--name", name, "-o", ".", folder: folder.url)
            #expect(export.status == 0)
        }
        let right = try CommandLine("verify", "libwave.so", "--points", "100", folder: folder.url)
        #expect(right.status == 0, "\(right.errors)")
        #expect(right.output.hasPrefix("x*cos(x), written by formulac 0.1.0\n"))
        let json = try CommandLine("verify", "libwave.so", "--points", "100", "--json", folder: folder.url).json()
        let checks = try #require(json["checks"] as? [[String: Any]])
        #expect(checks.count == 8 && checks.allSatisfy { $0["differences"] as? Int == 0 })

        // The other's functions under the names that the manifest gives.
        let manifest = try String(contentsOf: folder.file("other.json"), encoding: .utf8)
        let claim = try folder.write(
            manifest.replacingOccurrences(of: "x*cos(x) + max(x - 100, 0)", with: "x*cos(x)"), to: "claim.json")
        let wrong = try CommandLine("verify", "libother.so", "--manifest", claim, "--points", "100", folder: folder.url)
        #expect(wrong.status == 1)
        #expect(wrong.output.contains("other_forward_f32_array at x = ") || wrong.output.contains("other_forward_f32 at x = "))
        #expect(wrong.errors.contains("of 8 computations do not give the interpreter's bits"))

        #expect(try CommandLine("verify", "absent.so", folder: folder.url).status == 65)
        #expect(try CommandLine("verify", "libwave.so", "--exhaustive", folder: folder.url).status == 64)
        #expect(try CommandLine("verify", "x", "--manifest", claim).status == 64)
    }

    @Test("The fast mode is measured like the default, and gives other bits")
    func fast() throws {
        let json = try CommandLine("verify", "log", "--math", "fast", "--stride", "100003", "--json").json()
        #expect(json["math"] as? String == "fast")
        let worst = try #require(json["worstUlps"] as? Double)
        #expect(worst > 2 && worst <= 8 && json["wrongSpecials"] as? Int == 0)
        let point = ["--at", "x=0.8004"]
        let accurate = try CommandLine(["eval", "log(x)"] + point).output
        let fast = try CommandLine(["eval", "log(x)", "--math", "fast"] + point).output
        #expect(accurate != fast && !fast.isEmpty)
        #expect(try CommandLine("verify", "log", "--math", "slow").status == 64)
    }

    @Test("An export says its mode, and is held against that mode's bits")
    func fastExport() throws {
        let folder = try TemporaryFolder()
        let export = try CommandLine(
            "export", "shared", "log(x)*atan(x)", "-o", ".", "--name", "curve", "--math", "fast", "--json", folder: folder.url)
        #expect(export.status == 0, "\(export.errors)")
        let accuracy = try #require(try export.json()["accuracy"] as? [String: Any])
        #expect(accuracy["mode"] as? String == "fast" && accuracy["elementaryFunctionUlp"] as? Double == 8)
        let library = try #require(folder.names.first { $0.hasSuffix(".so") })
        #expect(try CommandLine("verify", folder.file(library).path, "--points", "300").status == 0)
    }

    @Test("A formula with its derivative, and where it is ill-conditioned")
    func formula() throws {
        let run = try CommandLine("verify", "cos(x) - cos(cos(x))", "--points", "2000")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("value: largest error") && run.output.contains("d/dx: largest error"))
        #expect(run.output.contains("ill-conditioned at"))
        let json = try CommandLine("verify", "x*cos(x)", "--points", "500", "--json").json()
        let outputs = try #require(json["outputs"] as? [[String: Any]])
        #expect(outputs.map { $0["output"] as? String } == ["value", "d/dx"])
        #expect(outputs.allSatisfy { $0["unexplained"] as? Int == 0 })
        // The name of a function of the language stands for its call.
        #expect(try CommandLine("verify", "gelu", "--points", "200").output.hasPrefix("gelu(x) in float: 200 points"))
    }

    @Test("Right formulas with hard places are right, and a constant has one point")
    func hardFormulas() throws {
        for text in ["max(x, 0) + min(exp(x) - 1, 0)", "tan(0.15*x)", "x^y", "x*1e-50", "1e39*x"] {
            for type in ["float", "double"] {
                let run = try CommandLine("verify", text, "--variables", "y", "--type", type, "--points", "500")
                #expect(run.status == 0, "\(run.output)\(run.errors)")
            }
        }
        let constant = try CommandLine("verify", "3")
        #expect(constant.status == 0 && constant.output.hasPrefix("3 in float: 1 point,"))
    }

    @Test("The table of all functions, printed and written")
    func all() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine(
            "verify", "--all", "--stride", "1000003", "--points", "2000", "--write", "Accuracy.md", folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("tanh_softplus"))
        let page = try String(contentsOf: folder.file("Accuracy.md"), encoding: .utf8)
        #expect(page.contains("formulac verify --all --stride 1000003 --points 2000 --write Accuracy.md"))
        #expect(page.contains("## Double") && page.contains("| pow | 2,000 |"))
        #expect(folder.names == ["Accuracy.md"])
    }

    @Test("Wrong usage and bad formulas")
    func errors() throws {
        for arguments in [
            ["verify"], ["verify", "exp", "--all"], ["verify", "exp", "--exhaustive", "--stride", "3"],
            ["verify", "exp", "--stride", "0"], ["verify", "exp", "--points", "0"], ["verify", "exp", "--threads", "0"],
            ["verify", "exp", "--write", "page.md"], ["verify", "exp", "--type", "double", "--exhaustive"],
            ["verify", "pow", "--exhaustive"], ["verify", "x*cos(x)", "--stride", "3"],
        ] {
            let run = try CommandLine(arguments)
            #expect(run.status == 64 && run.output.isEmpty, "\(arguments)")
        }
        #expect(try CommandLine("verify", "sinn(x)").status == 65)
        let page = "/nonexistent/page.md"
        #expect(try CommandLine("verify", "--all", "--stride", "100000007", "--points", "300", "--write", page).status == 1)
    }

    @Test("A table goes on from its record, which holds what was measured")
    func resumption() throws {
        let folder = try TemporaryFolder()
        let command = ["verify", "--all", "--stride", "100000007", "--points", "300", "--resume", "record.json", "--json"]
        let first = try CommandLine(command, folder: folder.url)
        #expect(first.status == 0, "\(first.errors)")
        // The times that rows took show that they were not measured again.
        #expect(try CommandLine(command, folder: folder.url).output == first.output)
        // Other points are other rows.
        let other = try CommandLine(command + ["--seed", "2"], folder: folder.url)
        #expect(other.status == 0 && other.output != first.output)
        _ = try folder.write("{", to: "record.json")
        let damaged = try CommandLine(command, folder: folder.url)
        #expect(damaged.status == 65 && damaged.errors.contains("record.json"))
        #expect(try CommandLine("verify", "exp", "--resume", "record.json").status == 64)
    }

    @Test("An interrupted run reports what was done and exits with 130")
    func interruption() throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = CommandLine.executable
        process.arguments = ["verify", "exp", "--exhaustive", "--threads", "1", "--json"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Early enough that no machine is done by then, late enough that the signal is watched for.
        Thread.sleep(forTimeInterval: 1)
        process.interrupt()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(json["complete"] as? Bool == false)
        #expect(try #require(json["points"] as? Int) < 1 << 32)
    }
}
