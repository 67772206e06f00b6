import Foundation
import TestSupport
import Testing

/// Input without end, and columns that no name tells apart.
@Suite("Input that cannot be taken whole")
struct InputLimitTests {
    private let folder: TemporaryFolder
    private let cache: TemporaryFolder

    init() throws {
        (folder, cache) = (try TemporaryFolder(), try TemporaryFolder())
        try folder.write("x,y,label\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n9,1,0\n2,3,1\n", to: "data.csv")
        try folder.write("x,x,label\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n9,1,0\n2,3,1\n", to: "repeated.csv")
    }

    /// Runs formulac with at most a gigabyte and a half of memory of its own, which reading without end would use up.
    private func run(_ arguments: String) throws -> (status: Int32, output: String) {
        let script = "ulimit -d 1500000; export XDG_CACHE_HOME='\(cache.url.path)'; exec \"$0\" \(arguments)"
        let run = try Tool.run("/bin/sh", ["-c", script, CommandLine.executable.path], folder: folder.url)
        return (run.status, run.output)
    }

    @Test("Of a text on standard input no more is read than its limit")
    func standardInput() throws {
        let zeros = try run("eval - --at x=1 < /dev/zero")
        #expect(zeros.status == 65)
        #expect(zeros.output.contains("the text has 1048577 bytes; the limit is 1048576"), "\(zeros.output)")
        let short = try CommandLine("eval", "-", "--at", "x=1", "--limit-bytes", "5", input: "x + 100")
        #expect(short.status == 65)
        #expect(short.errors.contains("the text has 6 bytes; the limit is 5"), "\(short.errors)")
        #expect(try CommandLine("eval", "-", "--at", "x=1", "--limit-bytes", "7", input: "x + 100").output.contains("101.0"))
    }

    @Test(
        "No file is read that has no end",
        arguments: [
            ("predict --model /dev/zero --data data.csv", "/dev/zero: is no model"),
            ("bench --file /dev/zero", "/dev/zero: is no JSON list"), ("latency --file /dev/zero", "/dev/zero: is no JSON list"),
            ("verify --all --resume /dev/zero", "/dev/zero: not a readable record"),
            ("discover --data data.csv --label label --fraction 1 --checkpoint /dev/zero", "/dev/zero: is no checkpoint"),
            ("train --data data.csv --label label --activation x*x --checkpoint /dev/zero", "/dev/zero: is no checkpoint"),
        ])
    func files(_ arguments: String, message: String) throws {
        let run = try run(arguments)
        #expect(run.status == 65, "\(run.output)")
        #expect(run.output.contains(message), "\(run.output)")
        #expect(folder.names == ["data.csv", "repeated.csv"])
    }

    @Test("A file beyond the size of its kind is refused before it is read")
    func size() throws {
        // Takes no room on the disk.
        try folder.write("[", to: "list.json")
        #expect(truncate(folder.path("list.json"), 1 << 40) == 0)
        let run = try run("bench --file list.json")
        #expect(run.status == 65)
        #expect(run.output.contains("list.json: has more than 67108864 bytes"), "\(run.output)")
    }

    @Test("A name that several columns have finds none of them")
    func repeatedNames() throws {
        let message = "repeated.csv: 2 columns have the name \"x\". Give each column a name of its own"
        let label = try CommandLine("train", "--data", "repeated.csv", "--label", "x", "--epochs", "1", folder: folder.url)
        #expect(label.status == 65 && label.errors.contains(message), "\(label.errors)")
        let eval = try CommandLine("eval", "2*x", "--input", "repeated.csv", "-o", "out.csv", folder: folder.url)
        #expect(eval.status == 65 && eval.errors.contains(message), "\(eval.errors)")
        // Others are found, and the columns by the names that they are told apart by.
        for formula in ["2*label", "2*x_2"] {
            let run = try CommandLine(
                ["eval", formula, "--input", "repeated.csv", "-o", "out.csv"], folder: folder.url)
            #expect(run.status == 0, "\(run.errors)")
        }
        for (data, model) in [("data.csv", "named.safetensors"), ("repeated.csv", "both.safetensors")] {
            let run = try CommandLine(
                ["train", "--data", data, "--label", "label", "--activation", "x*x", "--epochs", "1", "--save", model],
                folder: folder.url)
            #expect(run.status == 0, "\(run.errors)")
        }
        let predict = try CommandLine("predict", "--model", "named.safetensors", "--data", "repeated.csv", folder: folder.url)
        #expect(predict.status == 65)
        #expect(predict.errors.contains("repeated.csv: several columns have the name 'x'"), "\(predict.errors)")
        // A model of both columns finds them in a file with the same names.
        let both = try CommandLine("predict", "--model", "both.safetensors", "--data", "repeated.csv", folder: folder.url)
        #expect(both.status == 0, "\(both.errors)")
    }
}
