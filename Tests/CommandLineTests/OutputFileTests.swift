import Foundation
import TestSupport
import Testing

/// Where a command writes.
@Suite("Output files") struct OutputFileTests {
    @Test("A file that is read is not written over, nor two outputs into one file")
    func distinct() throws {
        let folder = try TemporaryFolder()
        let table = "x,y\n" + (0..<60).map { "\($0),\($0 % 2)\n" }.joined()
        _ = try folder.write(table, to: "t.csv")
        let train = ["train", "--data", "t.csv", "--label", "last", "--activation", "relu(x)", "--layers", "4", "--epochs", "1"]
        let trained = try CommandLine(train + ["--save", "m.safetensors"], folder: folder.url)
        #expect(trained.status == 0, "\(trained.errors)")
        let model = try Data(contentsOf: folder.file("m.safetensors"))
        let refused = [
            train + ["--checkpoint", "./t.csv"], train + ["--checkpoint", "s.svg", "--plot", "s.svg"],
            train + ["--save", "n.safetensors", "--checkpoint", "n.safetensors"],
            ["predict", "--model", "m.safetensors", "--data", "t.csv", "-o", "t.csv"],
            ["export", "onnx", "--model", "m.onnx", "-o", "m.onnx"],
            ["eval", "x*y", "--variables", "x,y", "--input", "t.csv", "-o", "t.csv"],
            ["data", "convert", "t.csv", folder.path("t.csv")],
            ["discover", "--data", "t.csv", "--label", "last", "--population-out", "t.csv"],
        ]
        for arguments in refused {
            let run = try CommandLine(arguments, folder: folder.url)
            #expect(run.status == 64, "\(arguments)")
            #expect(run.errors.contains("is read: name another file") || run.errors.contains("for two outputs"), "\(run.errors)")
        }
        #expect(try String(contentsOf: folder.file("t.csv"), encoding: .utf8) == table)
        #expect(try Data(contentsOf: folder.file("m.safetensors")) == model)
        #expect(folder.names.sorted() == ["m.safetensors", "t.csv"])
    }

    @Test("A report's folder that cannot be is told before the work")
    func reportBelowAFile() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x", to: "file")
        for out in ["file", "file/report", "file/deep/report"] {
            let run = try CommandLine(["reproduce", "--quick", "--set", "physics", "--out", out], folder: folder.url)
            #expect(run.status == 1)
            #expect(run.errors.contains("file is a file. Name a folder (--out)"), "\(run.errors)")
            #expect(run.output.isEmpty && !run.errors.contains("epoch"))
        }
    }

    @Test("A transfer between sets that are not there is said to be left out")
    func absentTransfer() throws {
        let run = try CommandLine(
            "reproduce", "--quick", "--set", "physics", "--seeds", "1", "--transfer", "higgs:spambase")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("--transfer higgs:spambase is left out"), "\(run.errors)")
    }

    @Test("Files in memory are replaced like any other", .enabled(if: FileManager.default.fileExists(atPath: "/dev/shm")))
    func sharedMemory() throws {
        let path = "/dev/shm/formulac-\(UInt64.random(in: 0 ... .max)).csv"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try TemporaryFolder()
        _ = try folder.write("x\n1\n2\n3\n", to: "long.csv")
        _ = try folder.write("x\n1\n", to: "short.csv")
        for name in ["long.csv", "short.csv"] {
            #expect(try CommandLine("eval", "x", "--input", name, "-o", path, folder: folder.url).status == 0)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "value,d_x\n1,1\n")
    }

    @Test("Standard output goes on where it stands")
    func standardOutput() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x\n1\n", to: "x.csv")
        let script = "{ echo before; \"$0\" eval x --input x.csv -o /dev/stdout 2> notes; echo after; } > all"
        let run = try Tool.run("/bin/sh", ["-c", script, CommandLine.executable.path], folder: folder.url)
        #expect(run.status == 0)
        #expect(try String(contentsOf: folder.file("all"), encoding: .utf8) == "before\nvalue,d_x\n1,1\nafter\n")
    }

    @Test("A formula may begin with a minus behind a flag, and -- ends what is read so")
    func leadingMinus() throws {
        let formula = try CommandLine("eval", "--json", "-2*x", "--at", "x=1")
        #expect(formula.status == 0 && formula.output.contains("-2"), "\(formula.errors)")
        let file = try CommandLine("data", "info", "--", "-p.csv")
        #expect(file.status == 65 || file.status == 1)
        #expect(file.errors.contains("error: -p.csv"), "\(file.errors)")
        #expect(try CommandLine("train", "--generate", "physics", "--save", "-m.safetensors").status == 64)
    }
}
