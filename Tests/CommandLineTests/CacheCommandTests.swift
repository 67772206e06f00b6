import Foundation
import TestSupport
import Testing

@Suite("formulac cache")
struct CacheCommandTests {
    @Test("Kernels are kept between runs, counted and cleared")
    func cache() throws {
        let folder = try TemporaryFolder()
        let environment = ["XDG_CACHE_HOME": folder.file("cache").path]
        _ = try folder.write("x\n1.5\n2\n", to: "points.csv")
        for _ in 0..<2 {
            let run = try CommandLine(
                ["eval", "x*cos(x)", "--input", "points.csv", "-o", "values.csv"], folder: folder.url,
                environment: environment)
            #expect(run.status == 0)
        }
        // The kernel and the two functions that it calls off its hot path.
        let info = try CommandLine(["cache", "info", "--json"], environment: environment).json()
        #expect(info["entries"] as? Int == 3)
        #expect(try CommandLine(["cache", "clear"], environment: environment).output == "removed 3 objects\n")
        #expect(try CommandLine(["cache", "info", "--json"], environment: environment).json()["entries"] as? Int == 0)
    }

    @Test("The cache is under XDG_CACHE_HOME, else HOME, where they are absolute")
    func folder() throws {
        func folder(_ environment: [String: String]) throws -> String? {
            try CommandLine(["cache", "info", "--json"], environment: environment).json()["folder"] as? String
        }
        #expect(try folder(["XDG_CACHE_HOME": "/tmp/a", "HOME": "/tmp/b"]) == "/tmp/a/formulac/objects")
        #expect(try folder(["XDG_CACHE_HOME": "", "HOME": "/tmp/b"]) == "/tmp/b/.cache/formulac/objects")
        #expect(try folder(["XDG_CACHE_HOME": "a", "HOME": "/tmp/b"]) == "/tmp/b/.cache/formulac/objects")
        let account = try #require(try folder(["XDG_CACHE_HOME": "", "HOME": "b"]))
        #expect(account.hasPrefix("/") && !account.hasPrefix("/tmp/b"), "\(account)")
    }

    @Test("A folder that cannot be read is told, not counted as empty", arguments: ["info", "clear"])
    func unreadable(_ command: String) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(at: folder.file("formulac"), withIntermediateDirectories: true)
        _ = try folder.write("", to: "formulac/objects")
        let run = try CommandLine(["cache", command], environment: ["XDG_CACHE_HOME": folder.url.path])
        #expect(run.status == 1)
        #expect(run.output.isEmpty && run.errors.contains("Not a directory"), "\(run.errors)")
    }

    @Test("A cache that cannot be written costs a note, not the result")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("", to: "file")
        _ = try folder.write("x\n1.5\n", to: "points.csv")
        let run = try CommandLine(
            ["eval", "x*cos(x)", "--input", "points.csv", "-o", "values.csv"], folder: folder.url,
            environment: ["XDG_CACHE_HOME": folder.file("file").path])
        #expect(run.status == 0)
        #expect(run.errors.contains("cannot be written"))
        #expect(try String(contentsOf: folder.file("values.csv"), encoding: .utf8).contains("0.1061058"))
    }

    @Test("Entries that were damaged or swapped cost a note and a compilation", arguments: ["shortened", "changed", "swapped"])
    func damaged(_ how: String) throws {
        let folder = try TemporaryFolder()
        let environment = ["XDG_CACHE_HOME": folder.file("cache").path]
        _ = try folder.write("x\n1.5\n", to: "points.csv")
        func evaluate() throws -> (run: CommandLine, values: String) {
            let run = try CommandLine(
                ["eval", "x*cos(x)", "--input", "points.csv", "-o", "values.csv"], folder: folder.url, environment: environment)
            return (run, try String(contentsOf: folder.file("values.csv"), encoding: .utf8))
        }
        let values = try evaluate().values
        let objects = folder.file("cache/formulac/objects")
        let files = try FileManager.default.contentsOfDirectory(at: objects, includingPropertiesForKeys: nil)
        let contents = try files.map { try Data(contentsOf: $0) }
        for (index, file) in files.enumerated() {
            switch how {
            case "shortened": try contents[index].dropLast(contents[index].count / 2).write(to: file)
            case "changed":
                var bytes = contents[index]
                bytes[bytes.count - 100] ^= 0x40
                try bytes.write(to: file)
            default: try contents[(index + 1) % files.count].write(to: file)
            }
        }
        let again = try evaluate()
        #expect(again.run.status == 0)
        #expect(again.run.errors.contains("note: a cache entry was damaged and is compiled anew"), "\(again.run.errors)")
        #expect(again.values == values)
        // What replaced them is whole.
        #expect(try !evaluate().run.errors.contains("damaged"))
    }
}
