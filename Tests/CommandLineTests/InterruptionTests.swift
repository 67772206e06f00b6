import Foundation
import TestSupport
import Testing

/// Ctrl-C during work that would go on for long.
@Suite("Interruption")
struct InterruptionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Begins a command, sends it a signal when a condition holds, and waits for its end.
    private func interrupt(_ arguments: [String], when isReady: () -> Bool) throws -> (status: Int32, errors: String) {
        let errors = folder.file("errors")
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = CommandLine.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": folder.path("cache")]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        let end = Date(timeIntervalSinceNow: 30)
        while process.isRunning, !isReady(), Date() < end { usleep(5_000) }
        kill(process.processIdentifier, SIGINT)
        // Work that does not listen is ended, and the test fails by its status.
        while process.isRunning, Date() < end { usleep(5_000) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        return (process.terminationStatus, String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }

    @Test(
        "Measurements that take hours end with 130",
        arguments: [
            ["latency", "x*cos(x)", "--repeat", "10000000"], ["bench", "x*cos(x)", "--budget", "100000"],
            ["bench", "x*cos(x)", "--budget", "100000", "--break-even"],
        ])
    func measurements(_ arguments: [String]) throws {
        let begin = Date()
        let run = try interrupt(arguments) { Date().timeIntervalSince(begin) > 0.5 }
        #expect(run.status == 130, "\(run.errors)")
        #expect(run.errors.contains("formulac: error: interrupted"), "\(run.errors)")
    }

    @Test("Tables that are being made or written are ended with a message, and leave nothing", arguments: [0.2, 2])
    func generation(seconds: Double) throws {
        let begin = Date()
        let run = try interrupt(["data", "generate", "physics", "--rows", "1000000", "-o", "made.csv.gz"]) {
            Date().timeIntervalSince(begin) > seconds
        }
        #expect(run.status == 130, "\(run.errors)")
        #expect(run.errors == "formulac: error: made.csv.gz: writing was interrupted. Start again.\n")
        #expect(!folder.names.contains("made.csv.gz"))
    }

    @Test("An interrupted reproduction replaces no complete report, and leaves what it had finished")
    func reproduction() throws {
        let small = ["reproduce", "--quick", "--set", "physics", "--out", "report"]
        let whole = try CommandLine(small + ["--seeds", "1"], folder: folder.url)
        #expect(whole.status == 0, "\(whole.errors)")
        let names = ["report.html", "report.md", "results.json", "runs.csv"]
        let complete = try names.map { try Data(contentsOf: folder.file("report/\($0)")) }
        let begin = Date()
        let run = try interrupt(small + ["--seeds", "1-500"]) { Date().timeIntervalSince(begin) > 1 }
        #expect(run.status == 130, "\(run.errors)")
        #expect(try names.map { try Data(contentsOf: folder.file("report/\($0)")) } == complete)
        let written = try FileManager.default.contentsOfDirectory(atPath: folder.path("report")).sorted()
        #expect(written == (names + names.map { "partial-\($0)" }).sorted())
        let partial = try String(contentsOf: folder.file("report/partial-report.md"), encoding: .utf8)
        #expect(partial.contains("This run was interrupted"))
    }

    @Test("An interrupted fetch keeps what has arrived, and the next one goes on from there")
    func fetch() throws {
        let content = Array((0..<20_000).map { "\($0),1\n" }.joined().utf8)
        var stalling = LocalServer.Behaviour(content: content)
        stalling.stallsAfter = 50_000
        let first = try LocalServer(stalling)
        defer { first.stop() }
        let part = folder.path("sets/spambase.data.part")
        let arguments = ["data", "fetch", "spambase", "--data-dir", "sets", "--from"]
        let run = try interrupt(arguments + [first.address]) {
            // The last bytes may still be in a buffer, which is emptied at the end.
            (try? Data(contentsOf: URL(fileURLWithPath: part)))?.count ?? 0 > 40_000
        }
        #expect(run.status == 130, "\(run.errors)")
        #expect(run.errors.contains("fetch again to go on"), "\(run.errors)")
        let kept = try Data(contentsOf: folder.file("sets/spambase.data.part"))
        #expect(kept.count > 40_000 && kept == Data(content.prefix(kept.count)))

        let second = try LocalServer(LocalServer.Behaviour(content: content))
        defer { second.stop() }
        let rest = try CommandLine(arguments + [second.address], folder: folder.url)
        #expect(second.ranges.first == "bytes=\(kept.count)-")
        // Whole again: the digest is that of all bytes, which are not the public file's.
        #expect(rest.status == 65)
        let digest = try Tool.run("/usr/bin/env", ["sha256sum", try folder.write(content, to: "whole")], folder: folder.url)
        #expect(rest.errors.contains("the file's SHA-256 is \(digest.output.prefix(64)) where"), "\(rest.errors)")
    }
}
