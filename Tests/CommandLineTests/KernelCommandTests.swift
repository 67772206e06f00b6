import Foundation
import TestSupport
import Testing

@Suite("formulac compile and bench")
struct KernelCommandTests {
    @Test("A report of compile times, as text and JSON")
    func report() throws {
        #expect(try CommandLine("compile", "x*cos(x)").output.contains("warm"))
        let json = try CommandLine("compile", "x*cos(x)", "--json").json()
        #expect(json["nodes"] as? Int == 3)
        #expect(try #require(json["warm"] as? Double) > 0)
    }

    @Test("IR and assembly hold vectors of the wanted functions")
    func text() throws {
        let ir = try CommandLine("compile", "x*x + 1", "--emit", "ir", "--name", "mine")
        #expect(ir.status == 0)
        #expect(ir.output.contains("@mine_forward") && ir.output.contains("@mine_value_and_gradient"))
        let assembly = try CommandLine("compile", "x*x + 1", "--emit", "asm", "--variant", "forward")
        #expect(assembly.output.contains("formula_forward"))
    }

    @Test("Files are written whole; a folder that is not there is an error")
    func files() throws {
        let folder = try TemporaryFolder()
        let object = try CommandLine("compile", "silu(x)", "--emit", "object", "-o", "silu.o", folder: folder.url)
        #expect(object.status == 0)
        #expect(folder.names == ["silu.o"])
        #expect(try CommandLine("compile", "x", "--emit", "object").status == 64)
        #expect(try CommandLine("compile", "x", "--emit", "object", "-o", "/nonexistent/x.o").status == 1)
    }

    @Test("Benchmark records have the peers' form")
    func bench() throws {
        let run = try CommandLine(
            "bench", "x*cos(x)", "--size", "1024", "--variant", "forward", "--budget", "0.01", "--json")
        #expect(run.status == 0)
        let record = try run.json()
        #expect(record["peer"] as? String == "formulac")
        #expect(record["dtype"] as? String == "float32")
        #expect(record["op"] as? String == "forward")
        #expect(record["n"] as? Int == 1024)
        #expect(try #require(record["ns_min"] as? Double) > 0)
        #expect(try CommandLine("bench").status == 64)
    }

    @Test("Calls shared by threads, and the rows from which compiling pays")
    func benchThreadsAndBreakEven() throws {
        let shared = try CommandLine(
            "bench", "x*cos(x)", "--size", "65536", "--variant", "forward", "--budget", "0.01", "--threads", "2", "--json")
        #expect(try shared.json()["peer"] as? String == "formulac_2_threads")
        #expect(try CommandLine("bench", "x", "--threads", "0").status == 64)
        let record = try CommandLine("bench", "x*cos(x)", "--break-even", "--budget", "0.01", "--json").json()
        let rows = try #require(record["rows"] as? Int)
        let interpreted = try #require(record["interpreted_ns"] as? Double)
        #expect(rows > 0 && interpreted > 0)
    }

    @Test("Matrix products of layers by themselves")
    func benchProducts() throws {
        let record = try CommandLine(
            "bench", "--products", "28,20,1", "--size", "100", "--budget", "0.01", "--json"
        ).json()
        #expect(record["units"] as? [Int] == [28, 20, 1])
        #expect(try #require(record["ns_min"] as? Double) > 0)
        for sizes in ["28", "28,,1", "28,0,1", "a,1"] {
            #expect(try CommandLine("bench", "--products", sizes).status == 64)
        }
        #expect(try CommandLine("bench", "x", "--products", "28,20,1").status == 64)
    }
}
