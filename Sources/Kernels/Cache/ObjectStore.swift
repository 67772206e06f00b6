import Foundation
import Synchronization

/// Compiled object files on disk, so that a formula compiled once is loaded the next time, in another process too.
///
/// Each entry is one file, named by its key, a digest: a header with the key and the digest of the contents, then the
/// contents. An entry that is truncated, altered, of another key or unreadable counts as absent. The folder and its
/// files belong to their owner alone; a folder that others may write to is not used, since code is run from it. Writing
/// is by temporary file and rename, so that no reader sees half an entry. Any number of threads and processes may use
/// one folder at once.
public final class ObjectStore: Sendable {
    /// The folder, such as `~/.cache/formulac/objects`.
    public let folder: URL
    /// The most bytes that entries may take together; the ones longest unused go first.
    public let byteLimit: Int

    private let notes = Mutex<[String]>([])
    /// The bytes that all entries take, as far as this process knows: those it found when it last looked and those it has
    /// written since. `nil` before it has looked.
    private let knownBytes = Mutex<Int?>(nil)

    /// A store in a folder, which is made when the first entry is written.
    public init(folder: URL, byteLimit: Int = 256 << 20) {
        self.folder = folder
        self.byteLimit = byteLimit
    }

    /// The store under `$XDG_CACHE_HOME/formulac`, or `$HOME/.cache/formulac` where that is not set. Without either, the home
    /// folder is that of the account.
    public static let standard: ObjectStore = {
        let environment = ProcessInfo.processInfo.environment
        // The specification has relative paths ignored (XDG Base Directory Specification 0.8).
        func folder(_ name: String) -> URL? {
            environment[name].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : nil }
        }
        let home = folder("HOME") ?? FileManager.default.homeDirectoryForCurrentUser
        let cache = folder("XDG_CACHE_HOME") ?? home.appendingPathComponent(".cache")
        return ObjectStore(folder: cache.appendingPathComponent("formulac/objects"))
    }()

    /// What a user should know of: entries that could not be read or written, each said once. Reading empties the list.
    public func takeNotes() -> [String] {
        notes.withLock { notes in
            defer { notes = [] }
            return notes
        }
    }

    /// The contents stored under a key, or `nil`.
    public func load(_ key: String) -> [UInt8]? {
        let file = place(of: key)
        guard let data = try? Data(contentsOf: file) else { return nil }
        guard isPrivate(folder) else {
            note("the cache folder \(folder.path) can be written to by others and is not used")
            return nil
        }
        guard let contents = StoredObject(parsing: [UInt8](data), key: key)?.contents else {
            note("a cache entry was damaged and is compiled anew")
            try? FileManager.default.removeItem(at: file)
            return nil
        }
        // The time of last use decides what goes first when space is short.
        try? FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: file.path)
        return contents
    }

    /// Stores contents under a key. A failure costs only the entry; it is noted.
    public func store(_ contents: [UInt8], under key: String) {
        do {
            let manager = FileManager.default
            try manager.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard isPrivate(folder) else {
                return note("the cache folder \(folder.path) can be written to by others and is not used")
            }
            let temporary = folder.appendingPathComponent(".\(UUID().uuidString)")
            let bytes = StoredObject(key: key, contents: contents).bytes
            guard
                manager.createFile(
                    atPath: temporary.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            else { throw CocoaError(.fileWriteUnknown) }
            guard rename(temporary.path, place(of: key).path) == 0 else {
                try? manager.removeItem(at: temporary)
                throw CocoaError(.fileWriteUnknown)
            }
            makeRoom(bytes.count)
        } catch {
            note("the cache in \(folder.path) cannot be written; kernels are compiled each time")
        }
    }

    /// How many entries there are and how many bytes they take.
    ///
    /// - Throws: where the folder is there and cannot be read.
    public func usage() throws(ObjectStoreError) -> (entries: Int, bytes: Int) {
        let entries = try entries()
        return (entries.count, entries.reduce(0) { $0 + $1.bytes })
    }

    /// Removes every entry, and returns how many there were.
    ///
    /// - Throws: where the folder cannot be read, or an entry stays that another process did not remove meanwhile.
    public func clear() throws(ObjectStoreError) -> Int {
        let entries = try entries()
        for entry in entries where unlink(entry.file.path) != 0 && errno != ENOENT {
            throw ObjectStoreError(folder: folder.path, reason: String(cString: strerror(errno)))
        }
        return entries.count
    }

    /// The entries; none where there is no folder yet.
    private func entries() throws(ObjectStoreError) -> [(file: URL, bytes: Int, used: Date)] {
        // Asked of the system itself, whose reason is what the user is to know.
        guard let handle = opendir(folder.path) else {
            if errno == ENOENT { return [] }
            throw ObjectStoreError(folder: folder.path, reason: String(cString: strerror(errno)))
        }
        closedir(handle)
        let keys: [URLResourceKey] = [.fileSizeKey, .contentModificationDateKey]
        let files: [URL]
        do {
            files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: keys)
        } catch {
            throw ObjectStoreError(folder: folder.path, reason: error.localizedDescription)
        }
        return files.compactMap { file in
            guard file.pathExtension == "object", let values = try? file.resourceValues(forKeys: Set(keys)) else {
                return nil
            }
            return (file, values.fileSize ?? 0, values.contentModificationDate ?? .distantPast)
        }
    }

    /// Sees to it that the entries stay within the limit, after one of so many bytes was written. The folder is listed at
    /// the first entry and when the limit seems to be reached, not each time: it may hold thousands.
    private func makeRoom(_ written: Int) {
        knownBytes.withLock { known in
            if let sum = known.map({ $0 + written }), sum <= byteLimit {
                known = sum
                return
            }
            var entries = (try? entries()) ?? []
            var total = entries.reduce(0) { $0 + $1.bytes }
            if total > byteLimit {
                entries.sort { $0.used > $1.used }
                // Down to nine tenths, so that not every further entry trims again.
                while total > byteLimit / 10 * 9, let oldest = entries.popLast() {
                    try? FileManager.default.removeItem(at: oldest.file)
                    total -= oldest.bytes
                }
            }
            known = total
        }
    }

    private func place(of key: String) -> URL {
        folder.appendingPathComponent(key + ".object")
    }

    private func isPrivate(_ folder: URL) -> Bool {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path) else { return false }
        let permissions = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
        return permissions & 0o022 == 0 && owner == geteuid()
    }

    private func note(_ text: String) {
        notes.withLock { notes in if !notes.contains(text) { notes.append(text) } }
    }
}

/// Why a store of objects could not be looked at or emptied.
public struct ObjectStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The folder.
    public let folder: String
    /// What the system said.
    public let reason: String

    public var description: String {
        "\(folder): the cache cannot be read or emptied: \(reason). Check the folder and its permissions."
    }
}
