import Foundation
import TestSupport
import Testing

@Suite("formulac train --checkpoint and --plot")
struct CheckpointTests {
    private static let arguments = [
        "train", "--generate", "physics", "--rows", "4000", "--epochs", "12", "--batch-size", "64", "--activation", "relu(x)",
        "--activation", "x*cos(x)", "--seed", "1", "--seed", "2", "--threads", "2", "--json", "--save", "m.safetensors",
    ]
    private static let checkpointed = arguments + ["--checkpoint", "state", "--checkpoint-interval", "0"]

    /// Everything that a training says but for how long it took.
    private static func figures(_ run: CommandLine) throws -> [[String]] {
        let runs = try #require(try run.json()["runs"] as? [[String: Any]])
        return runs.map { run in
            run.filter { $0.key != "seconds" && $0.key != "epochSeconds" }.map { "\($0.key) \($0.value)" }.sorted()
        }
    }

    /// Begins a training, and ends it by a signal when its checkpoint has been there for a moment.
    private static func interrupt(_ folder: TemporaryFolder, _ number: Int32, after delay: UInt32) throws -> Int32 {
        let process = Process()
        process.executableURL = CommandLine.executable
        process.arguments = checkpointed
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": folder.path("cache")]) { $1 }
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        for _ in 0..<3_000 where process.isRunning && !FileManager.default.fileExists(atPath: folder.path("state")) {
            usleep(1_000)
        }
        usleep(delay)
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test("A training that was killed and interrupted gives the bits of one that was not")
    func resumption() throws {
        let (whole, pieces) = (try TemporaryFolder(), try TemporaryFolder())
        let expected = try CommandLine(Self.arguments, folder: whole.url)
        try #require(expected.status == 0, "\(expected.errors)")
        _ = try Self.interrupt(pieces, SIGKILL, after: 2_000)
        // Whole, whenever the training was killed.
        let left = try Data(contentsOf: pieces.file("state"))
        #expect(left.count > 1_000)
        let status = try Self.interrupt(pieces, SIGINT, after: 30_000)
        #expect(status == 130 || status == 0)
        let run = try CommandLine(Self.checkpointed, folder: pieces.url)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("epochs were done before"))
        #expect(try Self.figures(run) == Self.figures(expected))
        for index in 1...4 {
            let name = "m-\(index).safetensors"
            #expect(try Data(contentsOf: pieces.file(name)) == Data(contentsOf: whole.file(name)))
        }
        // Nothing is trained again when all is done, and other settings are refused.
        let again = try CommandLine(Self.checkpointed, folder: pieces.url)
        #expect(again.errors.contains("note: 48 of 48 epochs were done before"))
        #expect(try again.json()["runs"] as? NSArray == run.json()["runs"] as? NSArray)
        let other = try CommandLine(Self.checkpointed + ["--seed", "3"], folder: pieces.url)
        #expect(other.status == 65)
        #expect(other.errors.contains("state: is the checkpoint of another training: it had 4 runs"))
        let slower = try CommandLine(Self.checkpointed + ["--learning-rate", "0.01"], folder: pieces.url)
        #expect(slower.status == 65)
        #expect(slower.errors.contains("of run 1, learningRate is 0.001 there"))
    }

    @Test("Curves of loss and area under the curve are drawn, what is learned stays the same")
    func plot() throws {
        let folder = try TemporaryFolder()
        let arguments = [
            "train", "--generate", "physics", "--rows", "2000", "--epochs", "4", "--activation", "relu(x)", "--activation",
            "x*cos(x)", "--json",
        ]
        let plain = try CommandLine(arguments, folder: folder.url)
        let drawn = try CommandLine(arguments + ["--plot", "curves.svg"], folder: folder.url)
        #expect(drawn.status == 0, "\(drawn.errors)")
        #expect(try Self.figures(drawn) == Self.figures(plain))
        let svg = try String(contentsOf: folder.file("curves.svg"), encoding: .utf8)
        #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>\n"))
        for text in ["mean loss", "area under the ROC curve", "epoch", "relu(x)", "x*cos(x)"] {
            #expect(svg.contains(">\(text)</text>"), "no \(text)")
        }
        // Two panels with two curves each, and the legend.
        #expect(svg.components(separatedBy: "stroke-width").count == 7)
        #expect(folder.names == ["curves.svg"])
    }
}
