import Datasets
import Foundation
import TestSupport
import Testing

/// What the reader accepts.
@Suite struct TableReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func table(_ text: String) throws -> Table<Float> {
        try TableReader(path: try folder.write(text, to: "table.csv")).readTable()
    }

    @Test(arguments: [
        "1,2\n3,4\n", "1,2\n3,4", "1,2\r\n3,4\r\n", "1,2\r\n3,4", "\n1,2\n\n\n3,4\n\n", "# note\n1,2\n # more, notes\n3,4\n",
        "1\t2\n3\t4\n", "1;2\n3;4\n", " 1 , 2 \n 3 ,\t4\n", "\"1\",\"2\"\n3,\" 4 \"\n", "\u{FEFF}1,2\n3,4\n", "+1,2.\n3e0,.4e1\n",
        "10e-1,0.2E+1\n3.0,400e-2\n",
    ])
    func spellings(_ text: String) throws {
        let table = try table(text)
        #expect(table.values == [1, 2, 3, 4])
        #expect(table.columnNames == ["x0", "x1"])
        #expect(table.rowCount == 2)
    }

    @Test(arguments: [
        ("a,b\n1,2\n", ["a", "b"]), ("\"a, really\",b\n1,2\n", ["a, really", "b"]), (" a , b \n1,2\n", ["a", "b"]),
        ("a,a\n1,2\n", ["a", "a_2"]), ("a,\n1,2\n", ["a", "x1"]), ("# c\n\na\tb\n1\t2\n", ["a", "b"]),
        ("\"say \"\"a\"\"\",b\n1,2", ["say \"a\"", "b"]), ("0xa,b\n1,2\n", ["0xa", "b"]),
    ])
    func headers(_ text: String, _ names: [String]) throws {
        let table = try table(text)
        #expect(table.columnNames == names)
        #expect(table.values == [1, 2])
    }

    @Test func oneColumn() throws { #expect(try table("1\n2\n3").values == [1, 2, 3]) }

    @Test(arguments: [LabelColumn("first"), LabelColumn("0"), LabelColumn("a")])
    func labelColumnInFront(_ label: LabelColumn) throws {
        let path = try folder.write("a,b,c\n1,2,3\n0,5,6\n", to: "label.csv")
        let dataset = try TableReader(path: path).readDataset(label: label)
        #expect(dataset.labels == [1, 0])
        #expect(dataset.labelName == "a")
        #expect(dataset.features.columnNames == ["b", "c"])
        #expect(dataset.features.values == [2, 3, 5, 6])
    }

    @Test(arguments: [LabelColumn("last"), LabelColumn("2"), LabelColumn("c")])
    func labelColumnAtTheEnd(_ label: LabelColumn) throws {
        let path = try folder.write("a,b,c\n1,2,3\n0,5,6\n", to: "label.csv")
        let dataset = try TableReader(path: path).readDataset(label: label)
        #expect(dataset.labels == [3, 6])
        #expect(dataset.features.values == [1, 2, 0, 5])
    }

    @Test func doubleKeepsAllDigits() throws {
        let path = try folder.write("0.1,3.141592653589793\n1e300,123456789012345678\n", to: "double.csv")
        let values = try TableReader(path: path).readTable(as: Double.self).values
        #expect(values == [0.1, 3.141592653589793, 1e300, 123_456_789_012_345_680])
    }

    @Test func compressionIsFoundByContent() throws {
        let bytes = try gzip("1,2\n3,4\n", folder: folder)
        let path = try folder.write(bytes, to: "misnamed.csv")
        #expect(try TableReader(path: path).readTable().values == [1, 2, 3, 4])
        let plain = try folder.write("1,2\n3,4\n", to: "plain.gz")
        #expect(try TableReader(path: plain).readTable().values == [1, 2, 3, 4])
        let members = try folder.write(bytes + gzip("5,6\n", folder: folder), to: "members.gz")
        #expect(try TableReader(path: members).readTable().values == [1, 2, 3, 4, 5, 6])
    }

    /// Rows of different lengths over many blocks come out complete and in order.
    @Test(arguments: [false, true])
    func manyBlocks(isCompressed: Bool) throws {
        var text = ""
        for row in 0..<200_000 { text += "\(row),\(row % 7 == 0 ? "0.25" : "1234567.5"),-\(row)e-3\n" }
        let bytes = isCompressed ? try gzip(text, folder: folder) : Array(text.utf8)
        let table = try TableReader(path: try folder.write(bytes, to: "many")).readTable()
        #expect(table.rowCount == 200_000)
        let wrong = (0..<table.rowCount).first { row in
            table[row, 0] != Float(row) || table[row, 1] != (row % 7 == 0 ? 0.25 : 1234567.5)
                || table[row, 2] != Float(Double(-row) / 1000)
        }
        #expect(wrong == nil)
    }

    /// A line longer than a block is read; the block grows.
    @Test func longLine() throws {
        let count = 400_000
        let line = (0..<count).map { String($0 % 10) }.joined(separator: ",")
        let table = try table(line + "\n" + line + "\n")
        #expect(table.columnCount == count)
        #expect(table.rowCount == 2)
        #expect(table[1, 123_456] == 6)
    }

    @Test func firstRowsOnly() throws {
        // The third row is bad and must not be looked at.
        let path = try folder.write("1,2\n3,4\nx,y,z\n", to: "first.csv")
        #expect(try TableReader(path: path, rows: .first(2)).readTable().values == [1, 2, 3, 4])
        #expect(throws: DatasetError.self) { try TableReader(path: path, rows: .first(3)).readTable() }
        let short = try folder.write("1,2\n3,4\n", to: "short.csv")
        #expect(try TableReader(path: short, rows: .first(100)).readTable().rowCount == 2)
    }

    @Test func sampleIsDrawnWithoutReplacement() throws {
        let text = (0..<5_000).map { "\($0),\($0 + 1)\n" }.joined()
        let path = try folder.write(text, to: "sample.csv")
        func sample(_ count: Int, _ seed: UInt64) throws -> Table<Float> {
            try TableReader(path: path, rows: .sample(count, seed: seed)).readTable()
        }
        let drawn = try sample(1_000, 1)
        #expect(Set(drawn.column(0)).count == 1_000)
        #expect((0..<1_000).allSatisfy { drawn[$0, 1] == drawn[$0, 0] + 1 })
        #expect(try sample(1_000, 1) == drawn)
        #expect(try sample(1_000, 2) != drawn)
        #expect(try sample(9_000, 1).rowCount == 5_000)
        // The mean of a uniform sample: standard error 1443/√1000 · √(4/5) = 41; five of them.
        let mean = drawn.column(0).reduce(0, +) / 1_000
        #expect(abs(mean - 2_499.5) < 205)
    }

    @Test func labelsOfTwoClasses() throws {
        func labels(_ text: String, positive: Float? = nil) throws -> BinaryLabels {
            let path = try folder.write(text, to: "classes.csv")
            return try TableReader(path: path).readDataset(label: .last).binaryLabels(positive: positive)
        }
        #expect(try labels("5,0\n5,1\n5,1\n").values == [0, 1, 1])
        let larger = try labels("5,4\n5,-2\n5,4\n")
        #expect(larger.values == [1, 0, 1])
        #expect(larger.positiveValue == 4)
        #expect(larger.positiveCount == 2)
        #expect(try labels("5,1\n5,2\n5,3\n", positive: 2).values == [0, 1, 0])
        #expect(
            throws: DatasetError(
                file: folder.path("classes.csv"), problem: .unclearPositiveClass(values: [1, 2, 3], isComplete: true))
        ) {
            try labels("5,1\n5,2\n5,3\n")
        }
        #expect(
            throws: DatasetError(file: folder.path("classes.csv"), problem: .noPositiveRow(positive: 9, rows: 2))
        ) {
            try labels("5,1\n5,2\n", positive: 9)
        }
        #expect(throws: DatasetError.self) { try labels("5,1\n5,1\n") }
    }
}
