import TestSupport
import Testing

@Suite("formulac discover")
struct DiscoverTests {
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
        // All but the time taken.
        func lines(_ run: CommandLine) -> [Substring] { run.output.split(separator: "\n").filter { !$0.contains("\"seconds\"") } }
        #expect(lines(one) == lines(two))
    }

    @Test("Wrong usage and bad data are told")
    func errors() throws {
        #expect(try CommandLine("discover").status == 64)
        #expect(try CommandLine("discover", "--generate", "physics", "--generations", "0").status == 64)
        let folder = try TemporaryFolder()
        let path = try folder.write("1,2,0\n3,4,1\n5,6,2\n", to: "three.csv")
        let run = try CommandLine("discover", "--data", path, "--label", "last")
        #expect(run.status == 65)
        #expect(run.errors.contains("--positive"))
    }
}
