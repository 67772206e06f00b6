import Foundation
import TestSupport
import Testing

@testable import Datasets

/// NumPy's arrays and archives, as NumPy wrote them and with damage.
@Suite struct NumpyReadingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, dropping: Int = 0, change: Int? = nil) throws -> String {
        var bytes = NumpyFiles.bytes(text)
        bytes.removeLast(dropping)
        if let change { bytes[change] ^= 0xFF }
        return try folder.write(bytes, to: "arrays")
    }

    @Test func storedArchive() throws {
        let reader = TableReader(path: try write(NumpyFiles.stored))
        let table = try reader.readTable()
        #expect(table.columnNames == ["X0", "X1", "y"])
        #expect(table.values == [1.5, 2, 0, 3, 4, 1, 5, -6.25, 1])
        let dataset = try reader.readDataset(label: .name("y"))
        #expect(dataset.labels == [0, 1, 1])
        #expect(dataset.features.values == [1.5, 2, 3, 4, 5, -6.25])
    }

    @Test func deflatedArchive() throws {
        let reader = TableReader(path: try write(NumpyFiles.deflated))
        #expect(try reader.readTable(as: Double.self).values == [1.5, 2, 0, 1, 3, 4, 1, 0, 5, -6.25, 1, 1])
        #expect(try reader.readTable().columnNames == ["X0", "X1", "y", "m"])
        let first = TableReader(path: try write(NumpyFiles.deflated), rows: .first(1))
        #expect(try first.readTable().values == [1.5, 2, 0, 1])
    }

    @Test func fortranOrder() throws {
        #expect(try TableReader(path: write(NumpyFiles.fortran)).readTable().values == [1.5, 2, 3, 4, 5, -6.25])
        // Over several pieces of rows.
        let (rows, columns) = (70_000, 5)
        let header = "{'descr': '<f4', 'fortran_order': True, 'shape': (\(rows), \(columns)), }\n"
        var bytes = NumpyHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        for column in 0..<columns {
            for row in 0..<rows { withUnsafeBytes(of: Float(row * columns + column)) { bytes += $0 } }
        }
        let table = try TableReader(path: folder.write(bytes, to: "long.npy")).readTable()
        #expect(table.values == (0..<rows * columns).map(Float.init))
    }

    /// Its columns are read from their places, and a changed byte is noticed all the same.
    @Test func fortranOrderInAnArchive() throws {
        let size = NumpyFiles.bytes(NumpyFiles.storedFortran).count
        let numbers = size - 22 - 51 - 24..<size - 22 - 51
        #expect(try TableReader(path: write(NumpyFiles.storedFortran)).readTable().values == [1.5, 2, 3, 4, 5, -6.25])
        for place in numbers {
            let path = try write(NumpyFiles.storedFortran, change: place)
            #expect(throws: DatasetError.self, "byte \(place)") { try TableReader(path: path).readTable() }
        }
    }

    @Test func bigEndianIntegers() throws {
        #expect(try TableReader(path: write(NumpyFiles.big)).readTable().values == [1, 2, 3, 4, 5, -6])
    }

    @Test func infinityAndNaN() throws {
        func array(_ values: [Float]) throws -> String {
            let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(values.count / 2), 2), }\n"
            return try folder.write(
                NumpyHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
                    + values.withUnsafeBytes(Array.init), to: "special.npy")
        }
        let path = try array([1, 2, 3, .nan, 5, 6])
        #expect(throws: DatasetError(file: path, line: 2, column: 2, problem: .missingValue(text: "nan"))) {
            try TableReader(path: path).readTable()
        }
        let dropped = try TableReader(path: path, missing: .drop).readTable()
        #expect(dropped.values == [1, 2, 5, 6])
        #expect(dropped.repairs.droppedRows == 1)
        #expect(try TableReader(path: path, missing: .mean).readTable().values == [1, 2, 3, 4, 5, 6])
        let infinite = try array([1, .infinity])
        #expect(throws: DatasetError(file: infinite, line: 1, column: 2, problem: .notFinite(text: "inf"))) {
            try TableReader(path: infinite, missing: .drop).readTable()
        }
    }

    /// Whatever is cut off or changed, there is an error or, where the change is in what does not matter, the same table.
    @Test(arguments: [NumpyFiles.stored, NumpyFiles.deflated, NumpyFiles.fortran])
    func damage(_ text: String) throws {
        let whole = try TableReader(path: write(text)).readTable()
        let size = NumpyFiles.bytes(text).count
        let isArchive = text != NumpyFiles.fortran
        for dropped in 1..<size {
            let path = try write(text, dropping: dropped)
            #expect(throws: DatasetError.self, "\(dropped) bytes cut off") { try TableReader(path: path).readTable() }
        }
        for place in 0..<size where isArchive {
            let path = try write(text, change: place)
            if let table = try? TableReader(path: path).readTable() {
                #expect(table.values == whole.values || table.values.count < whole.values.count, "byte \(place) changed")
            }
        }
    }

    /// Headers that promise more than there is, or than can be.
    @Test(arguments: [
        "(1099511627776, 1048576)", "(9223372036854775807, 1)", "(99999999999999999999, 2)", "(3, 1048577)", "(2, 3)",
    ])
    func impossibleShapes(_ shape: String) throws {
        for order in ["True", "False"] {
            let header = "{'descr': '<f8', 'fortran_order': \(order), 'shape': \(shape), }\n"
            let bytes =
                NumpyHeader.magic + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + [UInt8](repeating: 0, count: 40)
            let path = try folder.write(bytes, to: "shape.npy")
            #expect(throws: DatasetError.self) { try TableReader(path: path).readTable() }
        }
    }

    @Test func archivesThatAreNoTable() throws {
        let empty = try folder.write([0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 40), to: "empty.npz")
        #expect {
            try TableReader(path: empty).readTable()
        } throws: {
            if case .unsupportedArray = ($0 as? DatasetError)?.problem { true } else { false }
        }
    }
}
