import Foundation

/// Fetches a file over HTTP: whole and with the right digest, or not at all.
///
/// What arrives is kept in a file with `.part` behind its name, so that it is not asked for twice: after an interruption,
/// or where a connection breaks, only the rest is (RFC 9110, range requests), if the server can send parts.
public struct FileDownload: Sendable {
    /// Where the file is: `https://` or `http://`.
    public let address: String
    /// Where it is to be.
    public let path: String
    /// Its SHA-256 in hexadecimal.
    public let sha256: String

    /// How far fetching is.
    public struct Progress: Sendable {
        /// How many bytes there are.
        public let received: Int
        /// How many there will be, or `nil` where the server does not say.
        public let total: Int?
    }

    /// How often a request is repeated where connections break.
    private static let attempts = 8

    /// A file to fetch.
    public init(address: String, path: String, sha256: String) {
        self.address = address
        self.path = path
        self.sha256 = sha256
    }

    /// Fetches the file, unless it is there.
    ///
    /// - Returns: whether it was there already, with the right digest.
    /// - Throws: `DatasetError` where it cannot be fetched or is not the file expected; another file under its name is
    ///   left alone.
    public func run(
        progress: (Progress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
    ) throws(DatasetError) -> Bool {
        if FileManager.default.fileExists(atPath: path) {
            guard try FileDigest.sha256(path: path, isCancelled: isCancelled) == sha256 else {
                throw DatasetError(file: path, problem: .otherFile)
            }
            return true
        }
        guard let library = CurlLibrary() else {
            throw DatasetError(file: address, problem: .undownloadable(reason: "libcurl.so.4 is not installed (libcurl4)"))
        }
        let part = try PartialFile(path: path)
        let hadPart = part.size > 0
        try receive(Transfer(library: library, address: address), into: part, progress: progress, isCancelled: isCancelled)
        var found = try part.sha256(isCancelled: isCancelled)
        if found != sha256, hadPart {
            // What was there came from another file.
            try part.empty()
            try receive(Transfer(library: library, address: address), into: part, progress: progress, isCancelled: isCancelled)
            found = try part.sha256(isCancelled: isCancelled)
        }
        guard found == sha256 else {
            part.remove()
            throw DatasetError(file: address, problem: .unexpectedContent(expected: sha256, found: found))
        }
        try part.commit()
        return false
    }

    private func receive(
        _ transfer: Transfer, into part: PartialFile, progress: (Progress) -> Void, isCancelled: () -> Bool
    ) throws(DatasetError) {
        var reason = ""
        for attempt in 0..<Self.attempts {
            if attempt > 0 { try wait(tenths: 5 * attempt, for: part, isCancelled: isCancelled) }
            let outcome = transfer.run(
                from: part.size, into: part.file, progress: { progress(Progress(received: $0, total: $1)) },
                isCancelled: isCancelled)
            try part.flush()
            switch outcome {
            case .complete: return
            case .rangesRefused:
                // It may be whole already: then there is no further part.
                if try part.sha256(isCancelled: isCancelled) == sha256 { return }
                try part.empty()
            case .broken(let cause): reason = cause
            case .refused(let status): throw DatasetError(file: address, problem: .refusedDownload(status: status))
            case .failed(let cause): throw DatasetError(file: address, problem: .undownloadable(reason: cause))
            case .cancelled: throw interrupted(part)
            }
        }
        throw DatasetError(file: address, problem: .undownloadable(reason: "\(reason), \(Self.attempts) times"))
    }

    private func interrupted(_ part: PartialFile) -> DatasetError {
        DatasetError(file: address, problem: .fetchInterrupted(bytes: part.size, part: part.path))
    }

    private func wait(tenths: Int, for part: PartialFile, isCancelled: () -> Bool) throws(DatasetError) {
        for _ in 0..<tenths {
            if isCancelled() { throw interrupted(part) }
            usleep(100_000)
        }
    }
}

/// What has arrived of a file; nobody else may add to it meanwhile.
private final class PartialFile {
    let path: String
    let file: UnsafeMutablePointer<FILE>
    private let destination: String

    init(path destination: String) throws(DatasetError) {
        self.destination = destination
        path = destination + ".part"
        guard let file = fopen(path, "abe") else { throw Self.unwritable(path) }
        self.file = file
        guard flock(fileno(file), LOCK_EX | LOCK_NB) == 0 else {
            fclose(file)
            throw DatasetError(file: path, problem: .unwritable(reason: "another process is writing it"))
        }
        fseek(file, 0, SEEK_END)
    }

    deinit {
        if size == 0 { unlink(path) }
        fclose(file)
    }

    var size: Int { ftell(file) }

    func flush() throws(DatasetError) {
        guard fflush(file) == 0 else { throw Self.unwritable(path) }
    }

    func empty() throws(DatasetError) {
        guard fflush(file) == 0, ftruncate(fileno(file), 0) == 0 else { throw Self.unwritable(path) }
        rewind(file)
    }

    func sha256(isCancelled: () -> Bool) throws(DatasetError) -> String {
        try flush()
        return try FileDigest.sha256(path: path, isCancelled: isCancelled)
    }

    func remove() { unlink(path) }

    /// Puts the file on the disk and in its place.
    func commit() throws(DatasetError) {
        guard fflush(file) == 0, fsync(fileno(file)) == 0, rename(path, destination) == 0 else {
            throw Self.unwritable(destination)
        }
    }

    private static func unwritable(_ path: String) -> DatasetError {
        DatasetError(file: path, problem: .unwritable(reason: String(cString: strerror(errno))))
    }
}

extension DataPreset {
    /// Fetches the public file into a folder, which is made if need be.
    ///
    /// - Parameter address: another one than the public address.
    /// - Returns: the file, and whether it was there already.
    public func fetch(
        into directory: String, from address: String? = nil, progress: (FileDownload.Progress) -> Void = { _ in },
        isCancelled: () -> Bool = { false }
    ) throws(DatasetError) -> (path: String, wasPresent: Bool) {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(file: directory, problem: .unwritable(reason: "the folder cannot be made"))
        }
        let path = URL(fileURLWithPath: directory).appendingPathComponent(download.fileName).relativePath
        let file = FileDownload(address: address ?? download.address, path: path, sha256: download.sha256)
        return (path, try file.run(progress: progress, isCancelled: isCancelled))
    }
}
