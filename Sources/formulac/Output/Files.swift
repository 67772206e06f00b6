import Datasets
import Foundation

/// What the file system knows.
enum Files {
    /// Whether there is a file or folder of a name.
    static func exist(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether a name is that of a folder.
    static func areFolders(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// Whether a name is that of a device or pipe, or of what is open already, as `/dev/stdout` may be of a file.
    static func areSpecial(_ path: String) -> Bool {
        AtomicFile.openDescriptor(path) != nil || kind(of: path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false
    }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
