import Datasets
import Foundation
import TestSupport
import Testing

/// What the reader refuses, and where it says the fault is.
@Suite struct ReaderErrorTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func error(reading path: String, label: LabelColumn? = nil) -> DatasetError? {
        do {
            if let label {
                _ = try TableReader(path: path).readDataset(label: label)
            } else {
                _ = try TableReader(path: path).readTable()
            }
            return nil
        } catch { return error }
    }

    @Test(
        arguments: [
            ("1,2\n3,\n", 2, 2, .missingValue(text: "")), ("1,2\n,4\n", 2, 1, .missingValue(text: "")),
            ("1,2\n3,NA\n", 2, 2, .missingValue(text: "NA")), ("1,?\n3,4\n", 1, 2, .missingValue(text: "?")),
            ("1,2\nnan,4\n", 2, 1, .missingValue(text: "nan")), ("1,2\n3,\"\"\n", 2, 2, .missingValue(text: "\"\"")),
            ("1,2\n3,-inf\n", 2, 2, .notFinite(text: "-inf")), ("1,2\n3,1e39\n", 2, 2, .notFinite(text: "1e39")),
            ("1,2\n3,-Infinity\n", 2, 2, .notFinite(text: "-Infinity")),
            ("1,2\n3,abc\n", 2, 2, .notNumeric(text: "abc")), ("1,2\n\n# c\n3,4x\n", 4, 2, .notNumeric(text: "4x")),
            ("1,2\n3,0x10\n", 2, 2, .notNumeric(text: "0x10")), ("1,2\n3,4 5\n", 2, 2, .notNumeric(text: "4 5")),
            ("1,2\n3,1e\n", 2, 2, .notNumeric(text: "1e")), ("1,2\n3,--4\n", 2, 2, .notNumeric(text: "--4")),
            ("1,2\n3,.\n", 2, 2, .notNumeric(text: ".")), ("1,2\n3,\"4\n", 2, 2, .notNumeric(text: "\"4")),
            ("1,2\n3\n", 2, nil, .raggedRow(expected: 2, found: 1)), ("1,2\n3,4,5\n", 2, nil, .raggedRow(expected: 2, found: 3)),
            ("1,2\r\n3\r\n", 2, nil, .raggedRow(expected: 2, found: 1)),
            ("1,2,3\n4,5\n", 2, nil, .raggedRow(expected: 3, found: 2)),
            ("a,1\n2,3\n", 1, 1, .unclearHeader(text: "a")), ("a,b\n1,2\nc,3\n", 3, 1, .notNumeric(text: "c")),
            ("", nil, nil, .empty), ("\n\n", nil, nil, .empty), ("# only\n# notes", nil, nil, .empty),
            ("a,b\n", nil, nil, .empty),
        ] as [(String, Int?, Int?, DatasetError.Problem)])
    func placeAndProblem(_ text: String, _ line: Int?, _ column: Int?, _ problem: DatasetError.Problem) throws {
        let path = try folder.write(text, to: "bad.csv")
        #expect(error(reading: path) == DatasetError(file: path, line: line, column: column, problem: problem))
    }

    /// The fault's line is counted through many blocks, read by any number of threads.
    @Test func lineNumberFarDown() throws {
        var text = "# head\n"
        for row in 0..<150_000 { text += row == 123_456 ? "1,2,oops\n" : "1,2.5,\(row)\n" }
        let path = try folder.write(text, to: "far.csv")
        let expected = DatasetError(file: path, line: 123_458, column: 3, problem: .notNumeric(text: "oops"))
        #expect(error(reading: path) == expected)
    }

    @Test func messageNamesPlaceAndRemedy() throws {
        let path = try folder.write("1,2\n3,NA\n", to: "message.csv")
        #expect(
            error(reading: path)?.description
                == "\(path):2: column 2: the field has no value (NA). "
                + "Fill it in, or say what to do about missing values (--missing drop or --missing mean).")
    }

    @Test func truncatedCompression() throws {
        let text = (0..<50_000).map { "\($0),\(Double($0).squareRoot())\n" }.joined()
        let whole = try gzip(text, folder: folder)
        for kept in [whole.count / 2, whole.count - 1, 11] {
            let path = try folder.write(Array(whole.prefix(kept)), to: "cut.gz")
            let found = error(reading: path)
            #expect(found?.problem == .truncatedCompression, "\(kept) bytes kept: \(String(describing: found))")
        }
        // Rows before the cut can be had.
        let path = try folder.write(Array(whole.prefix(whole.count / 2)), to: "cut.gz")
        #expect(try TableReader(path: path, rows: .first(1_000)).readTable().rowCount == 1_000)
    }

    @Test func damagedCompression() throws {
        let text = (0..<50_000).map { "\($0),\(Double($0).squareRoot())\n" }.joined()
        var bytes = try gzip(text, folder: folder)
        bytes[bytes.count - 6] ^= 0xFF
        let found = error(reading: try folder.write(bytes, to: "damaged.gz"))
        guard case .damagedCompression = found?.problem else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test func endlessLine() throws {
        let path = try folder.write("1,2\n" + String(repeating: "1,", count: 9 << 20), to: "endless.csv")
        #expect(error(reading: path)?.problem == .lineTooLong(limit: 16 << 20))
        #expect(error(reading: path)?.line == 2)
    }

    @Test func filesThatAreNone() throws {
        #expect(error(reading: folder.url.path)?.problem == .directory)
        guard case .unreadable(let reason) = error(reading: folder.path("absent.csv"))?.problem else {
            Issue.record("an absent file was read")
            return
        }
        #expect(reason == "No such file or directory")
    }

    @Test func labelColumnsThatAreNone() throws {
        let path = try folder.write("a,b\n1,2\n", to: "label.csv")
        let columns = ["a", "b"]
        #expect(error(reading: path, label: .index(2))?.problem == .noSuchColumn(wanted: "2", columns: columns))
        #expect(error(reading: path, label: .index(-1))?.problem == .noSuchColumn(wanted: "-1", columns: columns))
        #expect(error(reading: path, label: .name("c"))?.problem == .noSuchColumn(wanted: "\"c\"", columns: columns))
        let single = try folder.write("1\n2\n", to: "single.csv")
        #expect(error(reading: single, label: .last)?.problem == .noFeatures)
    }
}

/// Text that nobody wrote: the reader gives numbers or an error, and never leaves its block.
@Suite struct HostileTextTests {
    @Test func randomText() throws {
        let folder = try TemporaryFolder()
        let seed: UInt64 = 11
        var random = RandomStream(seed: seed)
        let alphabet = Array("0123456789+-.eE,;\t \"#\r\nNAnaxinf?".utf8) + [0, 0x80, 0xFF]
        for round in 0..<400 {
            var text = round % 2 == 0 ? Array("1,2\n".utf8) : []
            for _ in 0..<random.integer(below: 200) { text.append(alphabet[random.integer(below: alphabet.count)]) }
            let path = try folder.write(text, to: "hostile.csv")
            for policy in MissingValuePolicy.allCases {
                guard let table = try? TableReader(path: path, missing: policy).readTable() else { continue }
                #expect(table.values.allSatisfy { $0.isFinite }, "round \(round) of seed \(seed)")
                #expect(table.values.count == table.rowCount * table.columnCount)
            }
        }
    }

    /// Good rows in every spelling come out as the standard library reads their fields.
    @Test func randomTables() throws {
        let folder = try TemporaryFolder()
        let seed: UInt64 = 12
        var random = RandomStream(seed: seed)
        for round in 0..<60 {
            let columns = 1 + random.integer(below: 6)
            let separator = [",", ";", "\t"][random.integer(below: 3)]
            var text = ""
            var expected: [Float] = []
            for _ in 0..<random.integer(below: 60) + 1 {
                if random.integer(below: 8) == 0 {
                    text += ["\n", "# 1,2\n", "  \n"][random.integer(below: columns == 1 ? 2 : 3)]
                }
                let fields = (0..<columns).map { _ in
                    let number = Self.number(&random)
                    expected.append(Float(number) ?? .nan)
                    return ["\(number)", " \(number) ", "\"\(number)\"", "\" \(number)\" "][random.integer(below: 4)]
                }
                text += fields.joined(separator: separator) + (random.integer(below: 2) == 0 ? "\n" : "\r\n")
            }
            let path = try folder.write(text, to: "table.csv")
            let table = try TableReader(path: path).readTable()
            #expect(table.values.map(\.bitPattern) == expected.map(\.bitPattern), "round \(round) of seed \(seed): \(text)")
        }
    }

    private static func number(_ random: inout RandomStream) -> String {
        func digits(_ count: Int) -> String {
            (0..<count).map { _ in String(random.integer(below: 10)) }.joined()
        }
        var text = ["", "-", "+"][random.integer(below: 3)] + digits(1 + random.integer(below: 12))
        if random.integer(below: 2) == 0 { text += "." + digits(random.integer(below: 20)) }
        if random.integer(below: 3) == 0 { text += ["e", "E"][random.integer(below: 2)] + "\(random.integer(below: 30) - 15)" }
        return text
    }
}
