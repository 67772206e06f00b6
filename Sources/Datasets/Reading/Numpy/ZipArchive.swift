import CIsal

/// The directory of a ZIP archive (PKWARE's APPNOTE 6.3), as NumPy writes them: members stored or deflated, sizes of 64
/// bits where needed, no encryption.
struct ZipArchive {
    static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]

    /// The members in the directory's order.
    let members: [Member]

    /// One file in the archive.
    struct Member {
        let archive: String
        let name: String
        let method: Int
        let checksum: UInt32
        let compressedSize: Int
        let size: Int
        /// Where its local header begins.
        let headerOffset: Int
    }

    private static let endSize = 22
    private static let longestComment = 0xFFFF
    /// A larger directory is not one of a few arrays.
    private static let largestDirectory = 16 << 20

    /// Reads an archive's directory.
    init(path: String) throws(DatasetError) {
        func damaged(_ reason: String) -> DatasetError {
            DatasetError(file: path, problem: .unsupportedArray(reason: "the archive \(reason)"))
        }
        let file = try FileBytes(path: path)
        let fileSize = file.size ?? 0
        let tailStart = max(0, fileSize - Self.endSize - Self.longestComment)
        let tail = try file.bytes(at: tailStart, count: fileSize - tailStart)
        guard
            let end = stride(from: tail.count - Self.endSize, through: 0, by: -1).first(where: {
                tail[$0...].starts(with: [0x50, 0x4B, 0x05, 0x06])
            })
        else { throw damaged("ends too early") }
        var count = tail.number(at: end + 10, bytes: 2)
        var size = tail.number(at: end + 12, bytes: 4)
        var offset = tail.number(at: end + 16, bytes: 4)
        if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, end >= 20,
            tail[(end - 20)...].starts(with: [0x50, 0x4B, 0x06, 0x07])
        {
            let record = try file.bytes(at: tail.number(at: end - 12, bytes: 8), count: 56)
            guard record.count == 56 else { throw damaged("is damaged") }
            count = record.number(at: 32, bytes: 8)
            size = record.number(at: 40, bytes: 8)
            offset = record.number(at: 48, bytes: 8)
        }
        guard size >= 0, size <= Self.largestDirectory, offset >= 0, offset <= fileSize else { throw damaged("is damaged") }
        let directory = try file.bytes(at: offset, count: size)
        var members: [Member] = []
        var position = 0
        while members.count < count {
            guard let (member, length) = Member.parse(directory, at: position, archive: path) else { throw damaged("is damaged") }
            members.append(member)
            position += length
        }
        self.members = members
    }
}

extension ZipArchive.Member {
    /// Reads a directory's entry.
    ///
    /// - Returns: the member and the entry's length, or `nil` where there is no whole entry.
    fileprivate static func parse(_ directory: [UInt8], at start: Int, archive: String) -> (ZipArchive.Member, Int)? {
        let fixedLength = 46
        guard start + fixedLength <= directory.count, directory[start...].starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
            return nil
        }
        let nameLength = directory.number(at: start + 28, bytes: 2)
        let extraLength = directory.number(at: start + 30, bytes: 2)
        let length = fixedLength + nameLength + extraLength + directory.number(at: start + 32, bytes: 2)
        guard start + length <= directory.count else { return nil }
        let nameStart = start + fixedLength
        var numbers = [24, 20, 42].map { directory.number(at: start + $0, bytes: 4) }
        // Numbers that do not fit stand in the extra field with the tag 1, in this order.
        var field = nameStart + nameLength
        let extraEnd = field + extraLength
        while field + 4 <= extraEnd {
            let fieldEnd = field + 4 + directory.number(at: field + 2, bytes: 2)
            guard fieldEnd <= extraEnd else { return nil }
            if directory.number(at: field, bytes: 2) == 1 {
                var place = field + 4
                for index in numbers.indices where numbers[index] == 0xFFFF_FFFF && place + 8 <= fieldEnd {
                    numbers[index] = directory.number(at: place, bytes: 8)
                    place += 8
                }
            }
            field = fieldEnd
        }
        guard numbers.allSatisfy({ $0 >= 0 }) else { return nil }
        let member = ZipArchive.Member(
            archive: archive, name: String(decoding: directory[nameStart..<nameStart + nameLength], as: UTF8.self),
            method: directory.number(at: start + 10, bytes: 2),
            checksum: UInt32(directory.number(at: start + 16, bytes: 4)), compressedSize: numbers[1], size: numbers[0],
            headerOffset: numbers[2])
        return (member, length)
    }

    /// The array that a member holds.
    ///
    /// - Parameter file: the archive, opened for this member alone.
    func array(in file: FileBytes) throws(DatasetError) -> ArrayColumns {
        func unsupported(_ reason: String) -> DatasetError {
            DatasetError(file: archive, problem: .unsupportedArray(reason: "the archive's member \(name) \(reason)"))
        }
        let header = try file.bytes(at: headerOffset, count: 30)
        guard header.count == 30, header.starts(with: ZipArchive.magic) else { throw unsupported("is damaged") }
        guard header.number(at: 6, bytes: 2) & 1 == 0 else { throw unsupported("is encrypted") }
        let start = headerOffset + 30 + header.number(at: 26, bytes: 2) + header.number(at: 28, bytes: 2)
        let fileSize = file.size ?? 0
        guard start <= fileSize, compressedSize <= fileSize - start else { throw unsupported("ends too early") }
        file.seek(to: start, length: compressedSize)
        let label = String(name.dropLast(4))
        switch method {
        case 0:
            guard size == compressedSize else { throw unsupported("is damaged") }
            let checked = CheckedBytes(file, member: self)
            let columns = try ArrayColumns(checked, plain: (file, start..<start + size), name: label, path: archive)
            // Its columns are read from their places in the file, past the checksum: that is compared beforehand.
            if columns.header.isColumnMajor { try checked.finish() }
            return columns
        case 8:
            let inflated = InflatedBytes(file, path: archive, wrapper: .none)
            return try ArrayColumns(CheckedBytes(inflated, member: self), plain: nil, name: label, path: archive)
        default: throw unsupported("is compressed by method \(method)")
        }
    }
}

/// A member's bytes, whose checksum is compared when the last one was read.
private final class CheckedBytes: ByteStream {
    private let source: any ByteStream
    private let member: ZipArchive.Member
    private var checksum: UInt32 = 0
    private var passed = 0

    init(_ source: any ByteStream, member: ZipArchive.Member) {
        self.source = source
        self.member = member
    }

    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        let received = try source.read(into: &bytes, from: start, count: min(count, member.size - passed))
        // Within the array: `received` bytes were just written there.
        checksum = bytes[start..<start + received].withUnsafeBufferPointer {
            crc32_gzip_refl(checksum, $0.baseAddress, UInt64($0.count))
        }
        passed += received
        if passed == member.size, checksum != member.checksum {
            throw DatasetError(
                file: member.archive, problem: .damagedCompression(reason: "incorrect checksum of \(member.name)"))
        }
        return received
    }

    /// Reads what is left, so that the checksum is compared.
    func finish() throws(DatasetError) {
        var bytes = [UInt8](repeating: 0, count: 1 << 18)
        while passed < member.size {
            guard try read(into: &bytes, from: 0, count: bytes.count) > 0 else {
                throw DatasetError(
                    file: member.archive, problem: .damagedCompression(reason: "\(member.name) ends too early"))
            }
        }
    }
}

extension FileBytes {
    /// So many bytes from a place on, or as many as there are; the place may be any number.
    fileprivate func bytes(at offset: Int, count: Int) throws(DatasetError) -> [UInt8] {
        guard offset >= 0, offset <= size ?? 0 else { return [] }
        seek(to: offset, length: count)
        var bytes = [UInt8](repeating: 0, count: count)
        let received = try read(into: &bytes, from: 0, count: count)
        return Array(bytes.prefix(received))
    }
}

extension [UInt8] {
    /// A little-endian number; with its top bit set it comes out negative.
    fileprivate func number(at position: Int, bytes: Int) -> Int {
        (0..<bytes).reversed().reduce(0) { $0 << 8 | Int(self[position + $1]) }
    }
}
