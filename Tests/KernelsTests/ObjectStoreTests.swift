import Foundation
import Testing

@testable import Kernels

@Suite("Objects on disk")
struct ObjectStoreTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("formulac-\(UUID().uuidString)")
    private let key = String(repeating: "ab", count: 32)

    private func withStore(byteLimit: Int = 1 << 20, _ body: (ObjectStore) throws -> Void) rethrows {
        defer {
            _ = chmod(folder.path, 0o700)
            try? FileManager.default.removeItem(at: folder)
        }
        try body(ObjectStore(folder: folder.appendingPathComponent("objects"), byteLimit: byteLimit))
    }

    private func entry(of store: ObjectStore) -> URL { store.folder.appendingPathComponent(key + ".object") }

    @Test("What is stored is loaded, by its owner alone")
    func roundTrip() throws {
        try withStore { store in
            #expect(store.load(key) == nil)
            store.store([1, 2, 3, 10, 0], under: key)
            #expect(store.load(key) == [1, 2, 3, 10, 0])
            #expect(store.takeNotes() == [])
            let attributes = try FileManager.default.attributesOfItem(atPath: entry(of: store).path)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let folder = try FileManager.default.attributesOfItem(atPath: store.folder.path)
            #expect((folder[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            #expect(try store.usage().entries == 1)
            #expect(try store.clear() == 1)
            #expect(store.load(key) == nil)
        }
    }

    @Test("A damaged entry counts as absent and is said once", arguments: ["flipped", "truncated", "empty", "foreign"])
    func damage(_ kind: String) throws {
        try withStore { store in
            store.store(Array(repeating: 7, count: 1000), under: key)
            var bytes = [UInt8](try Data(contentsOf: entry(of: store)))
            switch kind {
            case "flipped": bytes[bytes.count - 5] ^= 1
            case "truncated": bytes.removeLast(100)
            case "empty": bytes = []
            default:
                // An entry of another key under this name.
                let other = String(repeating: "cd", count: 32)
                bytes = StoredObject(key: other, contents: [7]).bytes
            }
            try Data(bytes).write(to: entry(of: store))
            #expect(store.load(key) == nil)
            #expect(store.takeNotes().count == 1)
            store.store([1], under: key)
            #expect(store.load(key) == [1])
        }
    }

    @Test("A folder that others may write to is not used")
    func shared() {
        withStore { store in
            store.store([1], under: key)
            #expect(chmod(store.folder.path, 0o777) == 0)
            #expect(store.load(key) == nil)
            #expect(store.takeNotes().count == 1)
        }
    }

    @Test("A folder that cannot be made costs a note")
    func unwritable() throws {
        try withStore { _ in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appendingPathComponent("file")
            try Data([1]).write(to: file)
            let store = ObjectStore(folder: file.appendingPathComponent("objects"))
            store.store([1], under: key)
            #expect(store.load(key) == nil)
            #expect(store.takeNotes().count == 1)
            #expect(throws: ObjectStoreError.self) { try store.usage() }
        }
    }

    @Test("The entries longest unused go when space is short")
    func bounded() throws {
        try withStore(byteLimit: 10_000) { store in
            for number in 0..<20 {
                store.store(Array(repeating: 0, count: 900), under: String(format: "%064d", number))
            }
            let usage = try store.usage()
            #expect(usage.bytes <= 10_000)
            #expect(usage.entries >= 5)
        }
    }
}
