/// The bytes of a file, uncompressed on the way where its first bytes say that it is gzip.
final class ByteSource: ByteStream {
    /// The file as errors name it.
    let path: String
    /// The file itself.
    let file: FileBytes
    /// Whether the file's own bytes are given, so that their places in the file are known.
    let isPlain: Bool
    private let stream: any ByteStream
    /// What was looked at and not yet read.
    private var peeked: [UInt8]

    /// Opens a file.
    init(path: String) throws(DatasetError) {
        self.path = path
        file = try FileBytes(path: path)
        peeked = try Self.take(2, from: file)
        isPlain = peeked != [0x1F, 0x8B]
        if isPlain {
            stream = file
        } else {
            stream = InflatedBytes(PrefixedBytes(peeked, file), path: path, wrapper: .gzip)
            peeked = []
        }
    }

    /// The next bytes, as many as are there; they are read again afterwards.
    func peek(_ count: Int) throws(DatasetError) -> [UInt8] {
        if peeked.count < count { peeked += try Self.take(count - peeked.count, from: stream) }
        return Array(peeked.prefix(count))
    }

    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        let early = min(peeked.count, count)
        if early > 0 {
            bytes.replaceSubrange(start..<start + early, with: peeked.prefix(early))
            peeked.removeFirst(early)
        }
        return early + (try stream.read(into: &bytes, from: start + early, count: count - early))
    }

    /// The next bytes, as many as are there.
    func take(_ count: Int) throws(DatasetError) -> [UInt8] { try Self.take(count, from: self) }

    private static func take(_ count: Int, from stream: any ByteStream) throws(DatasetError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = try stream.read(into: &bytes, from: 0, count: count)
        return Array(bytes.prefix(received))
    }
}

/// Some bytes, then a stream's.
private final class PrefixedBytes: ByteStream {
    private var prefix: [UInt8]
    private let rest: any ByteStream

    init(_ prefix: [UInt8], _ rest: any ByteStream) {
        self.prefix = prefix
        self.rest = rest
    }

    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        let early = min(prefix.count, count)
        bytes.replaceSubrange(start..<start + early, with: prefix.prefix(early))
        prefix.removeFirst(early)
        return early + (try rest.read(into: &bytes, from: start + early, count: count - early))
    }
}
