import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Fetching from a server that fails in every way that servers do.
@Suite struct DownloadTests {
    private let folder: TemporaryFolder
    private let content: [UInt8]
    private let digest: String

    init() throws {
        folder = try TemporaryFolder()
        var random = RandomStream(seed: 4)
        content = (0..<300_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        digest = try FileDigest.sha256(path: folder.write(content, to: "content"))
        try FileManager.default.removeItem(atPath: folder.path("content"))
    }

    private func download(_ server: LocalServer, sha256: String? = nil, path: String = "/file") -> FileDownload {
        FileDownload(
            address: server.address.replacing("/file", with: path), path: folder.path("data.bin"), sha256: sha256 ?? digest)
    }

    private var fetched: [UInt8]? { (try? Data(contentsOf: folder.file("data.bin"))).map(Array.init) }

    private func serve(_ change: (inout LocalServer.Behaviour) -> Void = { _ in }) throws -> LocalServer {
        var behaviour = LocalServer.Behaviour(content: content)
        change(&behaviour)
        return try LocalServer(behaviour)
    }

    @Test func wholeFile() throws {
        let server = try serve()
        defer { server.stop() }
        var last: FileDownload.Progress?
        #expect(try download(server).run(progress: { last = $0 }) == false)
        #expect(fetched == content)
        #expect(folder.names == ["data.bin"])
        #expect(last?.received == content.count)
        #expect(last?.total == content.count)
        // The second time nothing is asked for.
        #expect(try download(server).run() == true)
        #expect(server.ranges == [nil])
    }

    @Test func redirection() throws {
        let server = try serve()
        defer { server.stop() }
        #expect(try download(server, path: "/moved").run() == false)
        #expect(fetched == content)
    }

    @Test func brokenConnectionsAreContinued() throws {
        let server = try serve { $0.breaks = [100_000] }
        defer { server.stop() }
        #expect(try download(server).run() == false)
        #expect(fetched == content)
        #expect(server.ranges == [nil, "bytes=100000-"])
    }

    @Test func interruptionKeepsWhatArrived() throws {
        let server = try serve { $0.stallsAfter = 50_000 }
        defer { server.stop() }
        var received = 0
        let failure = #expect(throws: DatasetError.self) {
            try download(server).run(progress: { received = $0.received }, isCancelled: { received >= 50_000 })
        }
        #expect(failure?.problem == .fetchInterrupted(bytes: 50_000, part: folder.path("data.bin.part")))
        #expect(folder.names == ["data.bin.part"])
        let whole = try serve()
        defer { whole.stop() }
        #expect(try download(whole).run() == false)
        #expect(whole.ranges == ["bytes=50000-"])
        #expect(fetched == content)
        #expect(folder.names == ["data.bin"])
    }

    @Test func serverWithoutRanges() throws {
        try folder.write(Array(content.prefix(70_000)), to: "data.bin.part")
        let server = try serve { $0.knowsRanges = false }
        defer { server.stop() }
        #expect(try download(server).run() == false)
        #expect(fetched == content)
        #expect(server.ranges == ["bytes=70000-", nil])
    }

    /// A part that is whole, longer than the file, or of another file.
    @Test(arguments: [300_000, 300_001, 1_000])
    func oddParts(_ count: Int) throws {
        let isWhole = count == 300_000
        let part = isWhole ? content : [UInt8](repeating: 7, count: count)
        try folder.write(part, to: "data.bin.part")
        let server = try serve()
        defer { server.stop() }
        #expect(try download(server).run() == false)
        #expect(fetched == content)
        #expect(server.ranges == (isWhole ? ["bytes=300000-"] : ["bytes=\(count)-", nil]))
        #expect(folder.names == ["data.bin"])
    }

    @Test func wrongContent() throws {
        let server = try serve()
        defer { server.stop() }
        let wrong = String(repeating: "0", count: 64)
        let failure = #expect(throws: DatasetError.self) { try download(server, sha256: wrong).run() }
        #expect(failure?.problem == .unexpectedContent(expected: wrong, found: digest))
        #expect(folder.names.isEmpty)
    }

    @Test func otherFilesAreLeftAlone() throws {
        try folder.write("mine", to: "data.bin")
        let server = try serve()
        defer { server.stop() }
        let failure = #expect(throws: DatasetError.self) { try download(server).run() }
        #expect(failure?.problem == .otherFile)
        #expect(fetched == Array("mine".utf8))
        #expect(server.ranges.isEmpty)
    }

    /// The example of FIPS 180-4, and a file longer than one piece.
    @Test func digests() throws {
        #expect(
            try FileDigest.sha256(path: folder.write("abc", to: "abc"))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 1_500_000)
        #expect(
            try FileDigest.sha256(path: folder.write(long, to: "long"))
                == "f30207a92765493dcdd80a5a2b541b3f67073c413676ab523b30c4feb12fac90")
    }

    @Test func refusals() throws {
        let server = try serve { $0.status = 404 }
        let failure = #expect(throws: DatasetError.self) { try download(server).run() }
        #expect(failure?.problem == .refusedDownload(status: 404))
        server.stop()
        // Nobody listens any more.
        #expect(throws: DatasetError.self) { try download(server).run() }
        #expect(fetched == nil)
    }
}
