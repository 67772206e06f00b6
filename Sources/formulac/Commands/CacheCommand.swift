import ArgumentParser
import Kernels

/// `formulac cache`: the object files that are kept on disk.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Tells what is in the cache of compiled kernels, or empties it.",
        discussion: """
            Compiled kernels, and the functions that they call off their hot path, are kept as object files under \
            $XDG_CACHE_HOME/formulac, or $HOME/.cache/formulac. Nothing is lost by removing them but the time to compile them \
            again.

            Examples:
              formulac cache info
              formulac cache clear
            """,
        subcommands: [CacheInfo.self, CacheClear.self])
}

/// `formulac cache info`
struct CacheInfo: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "Tells where the cache is and how much it holds.",
        discussion: """
            Examples:
              formulac cache info
              formulac cache info --json
            """)

    @Flag(help: "Prints JSON.")
    var json = false

    func run() throws {
        let store = ObjectStore.standard
        let usage = try store.usage()
        if json {
            return try Console.json(
                Report(folder: store.folder.path, entries: usage.entries, bytes: usage.bytes, limit: store.byteLimit))
        }
        Console.result(
            "\(store.folder.path): \(usage.entries.counted("object")), \(usage.bytes) of at most \(store.byteLimit) bytes")
    }

    private struct Report: Encodable {
        let folder: String
        let entries: Int
        let bytes: Int
        let limit: Int
    }
}

/// `formulac cache clear`
struct CacheClear: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "Removes every compiled kernel from the cache.",
        discussion: """
            Examples:
              formulac cache clear
            """)

    func run() throws {
        let removed = try ObjectStore.standard.clear()
        Console.result("removed \(removed.counted("object"))")
    }
}
