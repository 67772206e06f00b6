import Foundation
import TestSupport
import Testing

/// Space that runs out, folders that take no files, and processes that are ended while they write. (Exports have their own.)
@Suite("Files that cannot be written") struct FullDiskTests {
    /// A command that writes a file of more than 16 blocks.
    private static let commands = [
        #""$0" compile "tanh(x)*sin(x)*gelu(x)" --emit c -o made"#,
        #""$0" compile "tanh(x)*sin(x)*gelu(x)" --emit object --type double -o made"#,
        #""$0" compile "tanh(x)*sin(x)*gelu(x)" --emit shared -o made.so"#,
        #""$0" eval "x*cos(x)" --input points.csv -o made.csv"#,
        #""$0" eval "x*cos(x)" --input points.csv -o made.npy"#,
    ]

    private func run(_ script: String, in folder: TemporaryFolder) throws -> (status: Int32, output: String) {
        let cache = "export XDG_CACHE_HOME='\(folder.path("cache"))'; "
        return try Tool.run("/bin/sh", ["-c", cache + script, CommandLine.executable.path], folder: folder.url)
    }

    private func points(in folder: TemporaryFolder) throws {
        _ = try folder.write("x\n" + (0..<4000).map { "\($0)\n" }.joined(), to: "points.csv")
    }

    @Test("Without space the error names the file, and the one that was there before stays", arguments: commands)
    func outOfSpace(_ command: String) throws {
        let folder = try TemporaryFolder()
        try points(in: folder)
        for name in ["made", "made.so", "made.csv", "made.npy"] { _ = try folder.write("before", to: name) }
        let names = folder.names
        // A limit on the size of files fails like a full disk, in the middle of a file.
        let run = try run("trap '' XFSZ; ulimit -f 16; exec \(command)", in: folder)
        #expect(run.status == 1, "\(run.output)")
        #expect(run.output.contains("formulac: error: "), "\(run.output)")
        #expect(Set(folder.names).subtracting(["cache"]) == Set(names))
        for name in ["made", "made.so", "made.csv", "made.npy"] {
            #expect(try String(contentsOf: folder.file(name), encoding: .utf8) == "before")
        }
    }

    @Test("A folder that takes no files is an error that names the file", arguments: commands)
    func unwritable(_ command: String) throws {
        let folder = try TemporaryFolder()
        try points(in: folder)
        let run = try run("exec \(command.replacingOccurrences(of: "-o ", with: "-o /proc/self/"))", in: folder)
        #expect(run.status == 1)
        #expect(run.output.contains("/proc/self/made"), "\(run.output)")
    }

    @Test("Interrupted or ended while it writes, a command leaves no part of its file", arguments: ["INT", "TERM", "KILL"])
    func ended(_ signal: String) throws {
        let folder = try TemporaryFolder()
        // The signal comes when a part of the file is on the disk, under a hidden name or none; compressing the whole takes
        // seconds more.
        let script = """
            env --default-signal "$0" data generate physics --rows 200000 -o made.csv.gz & worker=$!
            while readlink /proc/$worker/exe > /dev/null; do
                for file in /proc/$worker/fd/*; do
                    case $(readlink $file) in *\(folder.url.lastPathComponent)/*) [ -s $file ] && break 2 ;; esac
                done
            done
            kill -\(signal) $worker && echo begun; wait $worker
            """
        let run = try run(script, in: folder)
        #expect(run.output.contains("begun"), "\(run.output)")
        #expect(run.status != 0)
        #expect(Set(folder.names).subtracting(["cache"]) == [])
    }

    @Test("A cache on a full disk costs a note, not the result")
    func cache() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x\n1.5\n", to: "points.csv")
        let run = try run(
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" eval \"x*cos(x)\" --input points.csv -o made.csv", in: folder)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("cannot be written; kernels are compiled each time"), "\(run.output)")
        #expect(try String(contentsOf: folder.file("made.csv"), encoding: .utf8).contains("0.1061058"))
        let objects = try FileManager.default.contentsOfDirectory(atPath: folder.path("cache/formulac/objects"))
        #expect(objects.filter { !$0.hasSuffix(".object") } == [])
    }

    @Test("A cache that can be read but not written still serves what it holds")
    func unwritableCache() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x\n1.5\n", to: "points.csv")
        func eval(_ formula: String, limit: String = "") throws -> (status: Int32, output: String, values: String) {
            let run = try run("\(limit) exec \"$0\" eval \"\(formula)\" --input points.csv -o made.csv", in: folder)
            return (run.status, run.output, try String(contentsOf: folder.file("made.csv"), encoding: .utf8))
        }
        let kept = try eval("x*cos(x)")
        let noObjects = "trap '' XFSZ; ulimit -f 1;"
        let again = try eval("x*cos(x)", limit: noObjects)
        #expect(again.status == 0 && again.values == kept.values && !again.output.contains("note"), "\(again.output)")
        let other = try eval("x*sin(x)", limit: noObjects)
        #expect(other.status == 0, "\(other.output)")
        #expect(other.output.contains("cannot be written; kernels are compiled each time"), "\(other.output)")
        #expect(other.values.contains("1.4962425"), "\(other.values)")
    }
}
