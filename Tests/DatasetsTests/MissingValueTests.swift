import Datasets
import Foundation
import TestSupport
import Testing

/// What becomes of values that are not there.
@Suite struct MissingValueTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func reader(_ text: String, _ missing: MissingValuePolicy, rows: RowSelection = .all) throws -> TableReader {
        TableReader(path: try folder.write(text, to: "missing.csv"), rows: rows, missing: missing)
    }

    @Test(arguments: ["", " ", "NA", "n/a", "NaN", "null", "None", "?", "\"\"", "\" na \"", "<NA>", "-nan"])
    func words(_ word: String) throws {
        let text = "1,2\n\(word),4\n5,\(word)\n7,8\n"
        let dropped = try reader(text, .drop).readTable()
        #expect(dropped.values == [1, 2, 7, 8])
        #expect(dropped.repairs.droppedRows == 2)
        let filled = try reader(text, .mean).readTable()
        #expect(filled.values == [1, 2, Float(13.0 / 3), 4, 5, Float(14.0 / 3), 7, 8])
        #expect(filled.repairs.filledValues == 2)
        #expect(throws: DatasetError.self) { try reader(text, .error).readTable() }
    }

    /// Nothing else is taken for a missing value.
    @Test(arguments: [
        ("1,2\ninf,4\n", 2, 1), ("1,2\n3,abc\n", 2, 2), ("1,2\n3\n", 2, nil), ("1,2\n,4,5\n", 2, nil), ("1,2\n3,1e99\n", 2, 2),
        ("1,2\n3,nano\n", 2, 2), ("1,2\n3,\"NA\n", 2, 2),
    ])
    func otherFaults(_ text: String, _ line: Int, _ column: Int?) throws {
        for policy in [MissingValuePolicy.drop, .mean] {
            let failure = #expect(throws: DatasetError.self) { try reader(text, policy).readTable() }
            #expect(failure?.line == line)
            #expect(failure?.column == column)
        }
    }

    @Test func labels() throws {
        let text = "1,0\n2,\n3,1\n"
        #expect(try reader(text, .drop).readDataset(label: .last).labels == [0, 1])
        let failure = #expect(throws: DatasetError.self) { try reader(text, .mean).readDataset(label: .last) }
        #expect(failure?.line == 2)
        #expect(failure?.problem == .missingValue(text: ""))
    }

    @Test func nothingLeft() throws {
        let all = #expect(throws: DatasetError.self) { try reader("1,\n2,NA\n", .drop).readTable() }
        #expect(all?.problem == .allDropped(rows: 2))
        let column = #expect(throws: DatasetError.self) { try reader("a,b\n1,\n2,NA\n", .mean).readTable() }
        #expect(column?.problem == .noValues(column: "b"))
    }

    /// Over many blocks, in order, with rows drawn or counted among the complete ones.
    @Test func manyRows() throws {
        let text = (0..<100_000).map { $0 % 3 == 1 ? "\($0),\n" : "\($0),\(2 * $0)\n" }.joined()
        let table = try reader(text, .drop).readTable()
        #expect(table.column(0) == (0..<100_000).filter { $0 % 3 != 1 }.map(Float.init))
        #expect(table.repairs.droppedRows == 33_333)
        #expect(try reader(text, .drop, rows: .first(4)).readTable().column(0) == [0, 2, 3, 5])
        let sample = try reader(text, .drop, rows: .sample(1_000, seed: 1)).readTable()
        #expect((0..<1_000).allSatisfy { sample[$0, 1] == 2 * sample[$0, 0] })
    }

    @Test func summary() throws {
        let summary = try reader("a,b,c\n1,,2\n3,NA,2\n-4,5,7\n", .error).summary()
        #expect(summary.rowCount == 3)
        #expect(summary.incompleteRowCount == 2)
        #expect(summary.missingCount == 2)
        let columns = summary.columns
        #expect(columns.map(\.name) == ["a", "b", "c"])
        #expect(columns.map(\.missingCount) == [0, 2, 0])
        #expect(columns.map(\.least) == [-4, 5, 2])
        #expect(columns.map(\.largest) == [3, 5, 7])
        #expect(columns[2].valueCounts?.map(\.value) == [2, 7])
        #expect(columns[2].valueCounts?.map(\.count) == [2, 1])
        #expect(columns[1].mean == 5)
        let many = try reader((0..<5_000).map { "\($0),\($0 % 100)\n" }.joined(), .error).summary()
        #expect(many.columns[0].valueCounts == nil)
        #expect(many.columns[1].valueCounts?.count == 100)
        #expect(many.columns[1].valueCounts?.allSatisfy { $0.count == 50 } == true)
        #expect(try reader("1\n2\n3\n", .error, rows: .first(2)).summary().rowCount == 2)
    }
}
