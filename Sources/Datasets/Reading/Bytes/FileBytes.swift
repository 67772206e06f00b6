import Foundation

/// A file's own bytes, or a part of them.
final class FileBytes: ByteStream {
    /// The file as errors name it.
    let path: String
    /// How many bytes the file has, or `nil` where that is not known beforehand, as of a pipe.
    let size: Int?
    private let descriptor: Int32
    /// The next byte's place; `nil` for a file that is read from where it stands.
    private var offset: Int?
    /// Where reading ends before the file does.
    private var end = Int.max
    /// How many bytes were read.
    private(set) var consumed = 0

    /// Opens a file.
    init(path: String) throws(DatasetError) {
        self.path = path
        var status = stat()
        guard stat(path, &status) == 0 else { throw Self.unreadable(path) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw DatasetError(file: path, problem: .directory) }
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.unreadable(path) }
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        size = isRegular ? Int(status.st_size) : nil
        offset = isRegular ? 0 : nil
    }

    deinit { close(descriptor) }

    /// Moves to a place of a regular file; reading ends after so many bytes.
    func seek(to offset: Int, length: Int) {
        self.offset = offset
        end = offset + length
    }

    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        var filled = 0
        while filled < count {
            let wanted = min(count - filled, end - (offset ?? 0), 1 << 30)
            if wanted <= 0 { break }
            let place = start + filled
            precondition(place >= 0 && place + wanted <= bytes.count, "no room for what is read")
            // Within the array's bounds, as just checked; the system writes at most `wanted` bytes.
            let received = bytes.withUnsafeMutableBytes { buffer in
                let target = UnsafeMutableRawBufferPointer(rebasing: buffer[place..<place + wanted])
                return if let offset {
                    pread(descriptor, target.baseAddress, target.count, off_t(offset))
                } else {
                    Foundation.read(descriptor, target.baseAddress, target.count)
                }
            }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else { throw Self.unreadable(path) }
            if received == 0 { break }
            filled += received
            consumed += received
            if let offset { self.offset = offset + received }
        }
        return filled
    }

    private static func unreadable(_ path: String) -> DatasetError {
        DatasetError(file: path, problem: .unreadable(reason: String(cString: strerror(errno))))
    }
}
