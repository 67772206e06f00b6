import Foundation
import Kernels
import TestSupport
import Testing

@Suite("formulac export")
struct ExportTests {
    @Test("C: header, source and manifest, which the system's compiler takes", .enabled(if: Tool.find("cc") != nil, "needs cc"))
    func c() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine(
            "export", "c", "x*cos(a*x)", "--param", "a=0.5", "--name", "wave", "-o", "made/for/it", folder: folder.url)
        #expect(run.status == 0)
        #expect(run.output == "made/for/it/wave.h\nmade/for/it/wave.c\nmade/for/it/wave.json\n")
        let made = folder.file("made/for/it")
        let compiler = try #require(Tool.find("cc"))
        let warnings = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]
        let compiled = try Tool.run(
            compiler, warnings + ["-O1", "-fPIC", "-shared", "wave.c", "-o", "libwave.so", "-lm"], folder: made)
        #expect(compiled.status == 0, "\(compiled.output)")
        let checks = try ExportedLibrary(path: made.appendingPathComponent("libwave.so").path).check(points: 100)
        #expect(checks.count == 8)
        #expect(checks.filter { !$0.isRight } == [])
    }

    @Test("A shared library with header and manifest, the latter also inside")
    func shared() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine(
            "export", "shared", "x*cos(a*x)", "--param", "a=0.5", "--parameter-gradients", "--name", "wave", "-o", ".", "--json",
            folder: folder.url)
        #expect(run.status == 0)
        #expect(folder.names == ["libwave.so", "wave.h", "wave.json"])
        #expect(try run.json()["name"] as? String == "wave")
        let manifest = try String(contentsOf: folder.file("wave.json"), encoding: .utf8)
        #expect(run.output == manifest)
        try FileManager.default.removeItem(at: folder.file("wave.json"))
        let library = try ExportedLibrary(path: folder.file("libwave.so").path)
        #expect(library.manifest.written == "x*cos(a*x)")
        #expect(library.manifest.formulac == "0.1.0")
        let checks = try library.check(points: 100)
        #expect(checks.map(\.symbols.first).contains("wave_value_and_gradient_f64"))
        #expect(checks.filter { !$0.isRight } == [])
    }

    @Test("compile --emit shared and c give what export gives")
    func compile() throws {
        let folder = try TemporaryFolder()
        let shared = try CommandLine(
            "compile", "silu(x)", "--emit", "shared", "--name", "silu", "-o", "libsilu.so", folder: folder.url)
        #expect(shared.status == 0)
        #expect(folder.names == ["libsilu.so"])
        let checks = try ExportedLibrary(path: folder.file("libsilu.so").path).check(points: 100)
        #expect(checks.count == 8)
        #expect(checks.filter { !$0.isRight } == [])

        let c = try CommandLine("compile", "silu(x)", "--emit", "c", "--name", "silu", "--variant", "gradient")
        #expect(c.status == 0)
        #expect(c.output.contains("float silu_gradient_f32(float x);"))
        #expect(!c.output.contains("silu_forward"))
        // One file, complete in itself.
        #expect(!c.output.contains("#include \""))
        if let compiler = Tool.find("cc") {
            _ = try folder.write(c.output, to: "silu.c")
            let flags = ["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-c", "silu.c"]
            let compiled = try Tool.run(compiler, flags, folder: folder.url)
            #expect(compiled.status == 0, "\(compiled.output)")
        }
    }

    @Test("Formulas of other dialects, from standard input, with infinite parameters and awkward names")
    func unusual() throws {
        let folder = try TemporaryFolder()
        let run = try CommandLine(
            ["export", "shared", "-", "--dialect", "gplearn", "--name", "gp", "-o", "."], input: "sub(cos(X25), cos(cos(X27)))",
            folder: folder.url)
        #expect(run.status == 0)
        let library = try ExportedLibrary(path: folder.file("libgp.so").path)
        #expect(library.manifest.variables == ["X25", "X27"])
        #expect(try library.check(points: 100).filter { !$0.isRight } == [])
        let infinite = try CommandLine(
            "export", "shared", "min(int, a)*count", "--variables", "int,count", "--param", "a=1/0", "--name", "odd", "-o", ".",
            folder: folder.url)
        #expect(infinite.status == 0, "\(infinite.errors)")
        let odd = try ExportedLibrary(path: folder.file("libodd.so").path)
        #expect(odd.manifest.parameters.first?.value == .infinity)
        #expect(try odd.check(points: 100).filter { !$0.isRight } == [])
    }

    @Test("Names that no C program could use are wrong usage", arguments: ["1x", "a b", "int", "../x", "é", "_x"])
    func badNames(_ name: String) throws {
        let folder = try TemporaryFolder()
        for kind in ["c", "shared", "python"] {
            let run = try CommandLine("export", kind, "x", "--name=\(name)", "-o", "made", folder: folder.url)
            #expect(run.status == 64)
            #expect(run.errors.contains(name))
        }
        #expect(folder.names == [])
    }

    @Test("Files that exist are replaced whole; a folder in their place leaves all as it was")
    func existingFiles() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("old", to: "f.h")
        #expect(try CommandLine("export", "c", "x", "--name", "f", "-o", ".", folder: folder.url).status == 0)
        #expect(try String(contentsOf: folder.file("f.h"), encoding: .utf8).contains("f_forward_f32"))
        let header = try Data(contentsOf: folder.file("f.h"))

        try FileManager.default.removeItem(at: folder.file("f.json"))
        try FileManager.default.createDirectory(at: folder.file("f.json"), withIntermediateDirectories: false)
        let run = try CommandLine("export", "c", "x*x", "--name", "f", "-o", ".", folder: folder.url)
        #expect(run.status == 65 || run.status == 1)
        #expect(run.errors.contains("f.json"))
        #expect(folder.names == ["f.c", "f.h", "f.json"])
        #expect(try Data(contentsOf: folder.file("f.h")) == header)
    }

    @Test("Folders that cannot be made or written to are errors, and nothing is left")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        for target in ["/proc/nothing/here", "\(file)/below", file, ""] {
            let run = try CommandLine("export", "c", "x", "-o", target, folder: folder.url)
            #expect(run.status != 0, "\(target)")
            #expect(run.errors.contains("error") || run.errors.contains("Error"), "\(target): \(run.errors)")
        }
        #expect(folder.names == ["file"])
    }

    /// Whether the folder for temporary files is on a file system with files that have no name.
    private static let knowsNamelessFiles: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        // O_TMPFILE, which Swift does not import.
        let descriptor = open(folder.url.path, O_WRONLY | O_DIRECTORY | 0o20000000, 0o600)
        if descriptor >= 0 { close(descriptor) }
        return descriptor >= 0
    }()

    @Test(
        "A process killed in the middle of a file leaves nothing of it",
        .enabled(if: knowsNamelessFiles, "needs a file system that knows O_TMPFILE"))
    func killed() throws {
        let folder = try TemporaryFolder()
        // Past the limit the system ends the process, unless whoever started the tests has the signal ignored.
        let script = "ulimit -f 16; exec env --default-signal=XFSZ \"$0\" export c \"x*cos(x)\" --name wave -o ."
        let run = try Tool.run("/bin/sh", ["-c", script, CommandLine.executable.path], folder: folder.url)
        #expect(run.status == SIGXFSZ || run.status == 1)
        #expect(folder.names == [])
    }

    @Test("Where space runs out nothing is left, neither of files nor of folders")
    func outOfSpace() throws {
        let folder = try TemporaryFolder()
        // A limit on the size of files fails like a full disk, in the middle of a file: the header fits, the source does not.
        let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" export c \"x*cos(x)\" --name wave -o made/here"
        let run = try Tool.run("/bin/sh", ["-c", script, CommandLine.executable.path], folder: folder.url)
        #expect(run.status == 1)
        #expect(run.output.contains("made/here/wave.c"), "\(run.output)")
        #expect(folder.names == [])
        // And a result on standard output that does not arrive is an error, not a crash.
        let full = try Tool.run(
            "/bin/sh", ["-c", "exec \"$0\" compile x --emit c > /dev/full", CommandLine.executable.path], folder: folder.url)
        #expect(full.status == 1)
        #expect(full.output.contains("formulac: error: cannot write the result"))
    }
}

/// Other programs that tests run.
enum Tool {
    static func find(_ name: String) -> String? {
        if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
        return (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program and returns its status and everything that it printed.
    static func run(_ program: String, _ arguments: [String], folder: URL) throws -> (status: Int32, output: String) {
        let scratch = try TemporaryFolder()
        try Data().write(to: scratch.file("log"))
        let log = try FileHandle(forWritingTo: scratch.file("log"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = log
        process.standardError = log
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: scratch.file("log")), as: UTF8.self))
    }
}
