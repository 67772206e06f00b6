import Foundation
import TestSupport
import Testing

@Suite("formulac data")
struct DataCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String...) throws -> CommandLine { try CommandLine(arguments, folder: folder.url) }

    @Test("info shows rows, ranges, values and what is missing")
    func info() throws {
        try folder.write("a,kind\n1.5,0\n,1\n-2,1\n", to: "small.csv")
        let text = try run("data", "info", "small.csv")
        #expect(
            text.output == """
                3 rows, 2 columns
                1 value missing, in 1 row
                column  least     mean  largest  missing   values: rows
                a          -2  -0.2500      1.5        1  -2: 1, 1.5: 1
                kind        0   0.6667        1        0     0: 1, 1: 2

                """)
        let json = try run("data", "info", "small.csv", "--json").json()
        #expect(json["rows"] as? Int == 3)
        #expect(json["incompleteRows"] as? Int == 1)
        let columns = try #require(json["columns"] as? [[String: Any]])
        #expect(columns.map { $0["missing"] as? Int } == [1, 0])
        #expect((columns[1]["values"] as? [[String: Any]])?.map { $0["rows"] as? Int } == [1, 2])
    }

    @Test("convert goes from text to arrays and back")
    func convert() throws {
        try folder.write("a,b\n1,0.1\n2,NA\n3,0.3\n", to: "small.csv")
        let refused = try run("data", "convert", "small.csv", "out.npy")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("small.csv:3: column 2"))
        #expect(refused.errors.contains("--missing"))
        let dropped = try run("data", "convert", "small.csv", "out.npy", "--missing", "drop")
        #expect(dropped.status == 0)
        #expect(dropped.errors.contains("1 row with missing values left out"))
        #expect(try run("data", "convert", "out.npy", "back.csv.gz").status == 0)
        #expect(try run("data", "convert", "back.csv.gz", "back.csv", "--rows", "1").status == 0)
        #expect(try String(contentsOf: folder.file("back.csv"), encoding: .utf8) == "x0,x1\n1,0.1\n")
        let double = try run("data", "convert", "small.csv", "double.csv", "--missing", "mean", "--type", "double")
        #expect(double.status == 0)
        #expect(try String(contentsOf: folder.file("double.csv"), encoding: .utf8) == "a,b\n1,0.1\n2,0.2\n3,0.3\n")
        #expect(folder.names == ["back.csv", "back.csv.gz", "double.csv", "out.npy", "small.csv"])
    }

    @Test("fetch wants the right bytes, keeps what arrives, and leaves nothing else")
    func fetch() throws {
        // Not the public file: the digest tells.
        let server = try LocalServer(LocalServer.Behaviour(content: Array("1,2,3\n".utf8)))
        defer { server.stop() }
        let wrong = try run("data", "fetch", "spambase", "--data-dir", "sets", "--from", server.address)
        #expect(wrong.status == 65)
        #expect(wrong.errors.contains("SHA-256"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("sets")).isEmpty)
        var refusing = LocalServer.Behaviour(content: [])
        refusing.status = 503
        let other = try LocalServer(refusing)
        defer { other.stop() }
        let refused = try run("data", "fetch", "spambase", "--from", other.address)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("the server answered 503"))
        #expect(folder.names == ["sets"])
        #expect(try run("data", "fetch", "iris").status == 64)
        #expect(try run("data", "fetch", "higgs", "--from", "ftp://x").status == 64)
    }

    @Test("train finds the known sets in a folder")
    func presets() throws {
        let rows = (0..<40).map { row in
            (0..<57).map { "\(($0 * 7 + row * 5) % 11)" }.joined(separator: ",") + ",\(row % 2)"
        }
        try folder.write(rows.joined(separator: "\n") + "\n", to: "spambase.data")
        let arguments = ["train", "--data", "spambase", "--data-dir", ".", "--epochs", "1"]
        let run = try CommandLine(arguments + ["--json"], folder: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let absent = try CommandLine("train", "--data", "higgs", "--data-dir", ".", folder: folder.url)
        #expect(absent.status == 65)
        #expect(absent.errors.contains("formulac data fetch higgs"))
        #expect(try CommandLine("train", "--data", "higgs", folder: folder.url).status == 64)
        #expect(try CommandLine("train", "--data", "iris", "--data-dir", ".", folder: folder.url).status == 64)
    }

    @Test(
        "Wrong use is told, with the status that scripts rely on",
        arguments: [
            (["info", "absent.csv"], 65, "absent.csv: cannot be read"), (["info", "."], 65, "is a folder"),
            (["info", "empty.csv"], 65, "holds no row"), (["info", "words.csv"], 65, "words.csv:2: column 1"),
            (["info", "binary"], 65, "binary: is no table: it has bytes that are in no text. Tables are text in UTF-8"),
            (["convert", "book.xlsx", "out.csv"], 65, "is no table: it is a ZIP archive that holds no NumPy array"),
            (["info"], 64, "Missing"), (["info", "words.csv", "--rows", "0"], 64, "--rows"),
            (["convert", "words.csv"], 64, "Missing"), (["convert", "words.csv", "out.xls"], 64, "out.xls"),
            (["convert", "empty.csv", "out.csv"], 65, "holds no row"),
            (["convert", "good.csv", "no/where.csv"], 1, "cannot be written"),
            (["convert", "good.csv", "out.csv", "--missing", "zero"], 64, "zero"),
            (["convert", "good.csv", "out.csv", "--rows", "1", "--sample", "1"], 64, "not both"),
            (["generate", "physics"], 64, "Missing"), (["generate", "chemistry", "-o", "out.csv"], 64, "chemistry"),
            (["fetch"], 64, "Missing"),
        ] as [([String], Int32, String)])
    func wrongUse(_ arguments: [String], _ status: Int32, _ message: String) throws {
        try folder.write("", to: "empty.csv")
        try folder.write("a,b\none,two\n", to: "words.csv")
        try folder.write("1,2\n", to: "good.csv")
        try folder.write(Array("ELF,\n".utf8) + [1, 0, 10, 255], to: "binary")
        // An archive of nothing: its beginning, and the end of its directory.
        try folder.write([0x50, 0x4B, 3, 4, 0x50, 0x4B, 5, 6] + [UInt8](repeating: 0, count: 18), to: "book.xlsx")
        let run = try CommandLine(["data"] + arguments, folder: folder.url)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(folder.names == ["binary", "book.xlsx", "empty.csv", "good.csv", "words.csv"])
    }
}
