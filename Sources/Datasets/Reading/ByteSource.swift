import CZlib
import Foundation

/// The bytes of a file, uncompressed on the way where its first bytes say that it is gzip.
final class ByteSource {
    private let path: String
    private let file: gzFile

    /// Opens a file.
    init(path: String) throws(DatasetError) {
        self.path = path
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unreadable(path) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw DatasetError(file: path, problem: .directory) }
        guard let file = gzopen(path, "rb") else { throw Self.unreadable(path) }
        self.file = file
        gzbuffer(file, 256 << 10)
    }

    deinit { gzclose_r(file) }

    /// Fills an array from an index on.
    ///
    /// - Returns: how many bytes were read; fewer than asked for only at the end.
    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        var filled = 0
        while filled < count {
            let wanted = UInt32(min(count - filled, 1 << 30))
            let offset = start + filled
            // The slice's bounds are checked; zlib writes at most `wanted` bytes into it.
            let received = bytes[offset..<offset + Int(wanted)].withUnsafeMutableBytes {
                gzread(file, $0.baseAddress, wanted)
            }
            var status: Int32 = Z_OK
            let message = gzerror(file, &status)
            if received < 0 || (received == 0 && status != Z_OK && status != Z_STREAM_END) {
                throw failure(status: status, message: message.map { String(cString: $0) } ?? "")
            }
            if received == 0 { break }
            filled += Int(received)
        }
        return filled
    }

    private func failure(status: Int32, message: String) -> DatasetError {
        switch status {
        case Z_ERRNO: Self.unreadable(path)
        case Z_BUF_ERROR: DatasetError(file: path, problem: .truncatedCompression)
        default: DatasetError(file: path, problem: .damagedCompression(reason: message.replacing("\(path): ", with: "")))
        }
    }

    private static func unreadable(_ path: String) -> DatasetError {
        DatasetError(file: path, problem: .unreadable(reason: String(cString: strerror(errno))))
    }
}
