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
        let info = try CommandLine(["cache", "info", "--json"], environment: environment).json()
        #expect(info["entries"] as? Int == 1)
        #expect(try CommandLine(["cache", "clear"], environment: environment).output == "removed 1 kernels\n")
        #expect(try CommandLine(["cache", "info", "--json"], environment: environment).json()["entries"] as? Int == 0)
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
}
