import CZlib
import Foundation

/// A file that appears whole or not at all.
///
/// What is written goes to a file in the same folder that has no name yet, where the file system knows such files, so
/// that nothing is left even of a process that is killed; elsewhere to one with a hidden name. `commit()` puts it on the
/// disk and in the place of the file asked for; without it, nothing is left. A path that names something other than a regular file (`/dev/stdout`, a
/// pipe) is written to directly. A symbolic link keeps pointing where it does.
///
/// Not for use by several threads at a time.
public final class AtomicFile {
    private let path: String
    private let destination: String
    /// The hidden name that the file being filled has, or gets before it takes its place; `nil` for a path that is
    /// written to directly.
    private let temporary: String?
    private var isNameless = false
    private var descriptor: Int32
    private var compressor: gzFile?
    private var buffer: [UInt8] = []
    private var isComplete = false
    private var isCommitted = false

    private static let bufferSize = 256 << 10

    /// Begins a file.
    ///
    /// - Parameter compressed: whether to compress with gzip; by default where the name ends in `.gz`.
    public init(path: String, compressed: Bool? = nil) throws(DatasetError) {
        self.path = path
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        if exists, kind == S_IFDIR { throw DatasetError(file: path, problem: .folderInPlace) }
        // Behind a redirection `/dev/stdout` leads to a regular file, and must not be replaced by one: what is open already
        // goes on where it stands.
        let standard = Self.openDescriptor(path)
        destination = exists ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : path
        if let standard {
            temporary = nil
            descriptor = fcntl(standard, F_DUPFD_CLOEXEC, 0)
        } else if exists, kind != S_IFREG {
            temporary = nil
            descriptor = open(path, O_WRONLY | O_CLOEXEC)
        } else {
            let url = URL(fileURLWithPath: destination)
            let unique = String(UInt64.random(in: 0 ... .max), radix: 36)
            let name = ".\(url.lastPathComponent.prefix(100)).\(unique).part"
            let hidden = url.deletingLastPathComponent().appendingPathComponent(name).path
            temporary = hidden
            let mode = exists ? status.st_mode & 0o777 : 0o666
            descriptor = Self.nameless(in: url.deletingLastPathComponent().path, mode)
            isNameless = descriptor >= 0
            if !isNameless { descriptor = open(hidden, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
        }
        guard descriptor >= 0 else { throw Self.unwritable(path) }
        if compressed ?? path.hasSuffix(".gz") {
            // The copy belongs to zlib; the original stays for `fsync`.
            compressor = gzdopen(dup(descriptor), "wb6")
            guard compressor != nil else {
                close(descriptor)
                if !isNameless, let temporary { unlink(temporary) }
                throw Self.unwritable(path)
            }
        }
        buffer.reserveCapacity(Self.bufferSize)
    }

    /// The descriptor that a name such as `/dev/stdout` stands for; `nil` for the name of a file.
    public static func openDescriptor(_ path: String) -> Int32? {
        switch path {
        case "/dev/stdout": STDOUT_FILENO
        case "/dev/stderr": STDERR_FILENO
        default: path.hasPrefix("/dev/fd/") ? Int32(path.dropFirst("/dev/fd/".count)) : nil
        }
    }

    deinit {
        if let compressor { gzclose_w(compressor) }
        if descriptor >= 0 { close(descriptor) }
        if !isCommitted, !isNameless, let temporary { unlink(temporary) }
    }

    /// Adds text in UTF-8.
    public func write(_ text: String) throws(DatasetError) {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Adds bytes.
    public func write(_ bytes: some Collection<UInt8>) throws(DatasetError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Completes the file and puts it on the disk, where it still waits to take its place. With several files, completing
    /// all before any is committed shows a full disk while nothing has been changed. Nothing can be written afterwards.
    public func complete() throws(DatasetError) {
        guard !isComplete else { return }
        try flush()
        if let compressor {
            self.compressor = nil
            guard gzclose_w(compressor) == Z_OK else { throw Self.unwritable(path) }
        }
        if temporary != nil, fsync(descriptor) != 0 { throw Self.unwritable(path) }
        isComplete = true
    }

    /// Completes the file and puts it in its place. To be called once, last.
    public func commit() throws(DatasetError) {
        try complete()
        if let temporary {
            if isNameless {
                let link = Self.link(descriptor)
                guard linkat(AT_FDCWD, link, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else { throw Self.unwritable(path) }
                isNameless = false
            }
            guard rename(temporary, destination) == 0 else { throw Self.unwritable(path) }
        }
        isCommitted = true
    }

    /// Opens a file without a name in a folder.
    ///
    /// - Returns: -1 where that cannot be done.
    private static func nameless(in folder: String, _ mode: mode_t) -> Int32 {
        #if os(Linux)
            // O_TMPFILE, a macro that Swift does not import; the same on x86 and ARM.
            let descriptor = open(folder, O_WRONLY | O_CLOEXEC | O_DIRECTORY | 0o20000000, mode)
            // The way to a name leads through /proc.
            if descriptor >= 0, access(link(descriptor), F_OK) != 0 {
                close(descriptor)
                return -1
            }
            return descriptor
        #else
            return -1
        #endif
    }

    private static func link(_ descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

    private func flush() throws(DatasetError) {
        var written = 0
        while written < buffer.count {
            // The slice's bounds are checked; neither call reads beyond the count it is given.
            let count = buffer[written...].withUnsafeBytes { bytes in
                if let compressor {
                    Int(gzwrite(compressor, bytes.baseAddress, UInt32(min(bytes.count, 1 << 30))))
                } else {
                    Foundation.write(descriptor, bytes.baseAddress, bytes.count)
                }
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.unwritable(path) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func unwritable(_ path: String) -> DatasetError {
        DatasetError(file: path, problem: .unwritable(reason: String(cString: strerror(errno))))
    }
}

extension AtomicFile {
    /// Writes a whole text file.
    public static func write(_ text: String, to path: String) throws(DatasetError) {
        let file = try AtomicFile(path: path)
        try file.write(text)
        try file.commit()
    }
}
