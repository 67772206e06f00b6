import Foundation
import TestSupport
import Testing

@testable import Datasets

@Suite struct WritingTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private let hardFloats: [Float] = [
        0, -0.0, 1, 0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -.leastNormalMagnitude, 16_777_216, 1 / 3, 123_456.79,
    ]

    @Test(arguments: ["table.csv", "table.csv.gz", "table.npy", "table.npy.gz"])
    func tablesReadBack(_ name: String) throws {
        let table = try #require(Table<Float>(columnNames: ["x0", "x1"], values: hardFloats))
        try table.write(to: folder.path(name))
        let back = try TableReader(path: folder.path(name)).readTable()
        #expect(back.values.map(\.bitPattern) == table.values.map(\.bitPattern))
        #expect(back.columnNames == table.columnNames)
        #expect(folder.names == [name])
        let magic = try Data(contentsOf: URL(fileURLWithPath: folder.path(name))).prefix(2)
        #expect((Array(magic) == [0x1F, 0x8B]) == name.hasSuffix(".gz"))
    }

    @Test(arguments: ["table.csv", "table.npy"])
    func doubleTablesReadBack(_ name: String) throws {
        let values: [Double] = [0.1, -1e-300, 1 / 3, .leastNonzeroMagnitude, 4, -0.0]
        let table = try #require(Table<Double>(columnNames: ["a b", "c,d", "e"], values: values))
        try table.write(to: folder.path(name))
        let back = try TableReader(path: folder.path(name)).readTable(as: Double.self)
        #expect(back.values.map(\.bitPattern) == values.map(\.bitPattern))
        if name.hasSuffix("csv") { #expect(back.columnNames == table.columnNames) }
    }

    @Test func textIsShort() throws {
        let table = try #require(Table<Float>(columnNames: ["a", "b,c"], values: [1, 0.1, -2.5e-7, 1e20]))
        try table.write(to: folder.path("short.csv"))
        let text = try String(contentsOfFile: folder.path("short.csv"), encoding: .utf8)
        #expect(text == "a,\"b,c\"\n1,0.1\n-2.5e-07,1e+20\n")
    }

    /// The bytes that NumPy 1.26 writes for `np.save(f, np.array([[1, 2]], dtype=np.float32))`.
    @Test func numpyHeader() throws {
        let table = try #require(Table<Float>(columnNames: ["a", "b"], values: [1, 2]))
        try table.write(to: folder.path("array.npy"))
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path("array.npy"))))
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
        let expected =
            [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
            + [UInt8](repeating: 0x20, count: 118 - header.utf8.count - 1) + [0x0A] + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
        #expect(bytes == expected)
    }

    @Test func numpyOfOneDimensionAndVersionTwo() throws {
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }\n"
        let numbers: [UInt8] = [0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x40]
        let bytes = [0x93] + Array("NUMPY".utf8) + [2, 0, UInt8(header.utf8.count), 0, 0, 0] + Array(header.utf8) + numbers
        let table = try TableReader(path: try folder.write(bytes, to: "one.npy")).readTable(as: Double.self)
        #expect(table.values == [1, 2])
        #expect(table.columnNames == ["x0"])
        let cut = try folder.write(bytes.dropLast(), to: "cut.npy")
        #expect(throws: DatasetError.self) { try TableReader(path: cut).readTable() }
    }

    @Test(arguments: [
        "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }", "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2, 2), }",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (), }", "{'descr': '<f8', 'fortran_order': False, 'shape': (0, 4), }",
        "",
    ])
    func numpyOfOtherKinds(_ header: String) throws {
        let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        let path = try folder.write(bytes, to: "other.npy")
        #expect {
            try TableReader(path: path).readTable()
        } throws: {
            if case .unsupportedArray = ($0 as? DatasetError)?.problem { true } else { false }
        }
    }

    @Test func nothingIsLeftWithoutCommit() throws {
        do {
            let file = try AtomicFile(path: folder.path("half.csv"))
            try file.write("1,2\n")
            // Nothing, where the file system has files without names; then even a killed process leaves nothing.
            #expect(folder.names.count <= 1)
            #expect(!FileManager.default.fileExists(atPath: folder.path("half.csv")))
        }
        #expect(folder.names.isEmpty)
    }

    @Test func replacesWholeFileAndKeepsLink() throws {
        _ = try folder.write("old", to: "target.txt")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.txt"), withDestinationPath: folder.path("target.txt"))
        try AtomicFile.write("new", to: folder.path("link.txt"))
        #expect(try String(contentsOfFile: folder.path("target.txt"), encoding: .utf8) == "new")
        #expect(folder.names == ["link.txt", "target.txt"])
    }

    @Test func refusesFoldersAndAbsentOnes() throws {
        #expect(throws: DatasetError(file: folder.url.path, problem: .folderInPlace)) { try AtomicFile(path: folder.url.path) }
        #expect(throws: DatasetError.self) { try AtomicFile(path: folder.path("absent/file.csv")) }
        try AtomicFile.write("anything", to: "/dev/null")
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
}
