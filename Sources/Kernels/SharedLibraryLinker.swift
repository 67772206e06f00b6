import Foundation

/// Makes shared libraries of object files by the system's C compiler, which knows how its linker wants to be called.
enum SharedLibraryLinker {
    /// The bytes of a shared library that holds an object file.
    static func link(_ object: [UInt8]) throws(KernelError) -> [UInt8] {
        let tried = ([ProcessInfo.processInfo.environment["CC"]].compactMap { $0 } + ["cc", "gcc", "clang"]).filter {
            !$0.isEmpty
        }
        guard let linker = tried.lazy.compactMap(find).first else { throw .linkerMissing(tried: tried) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("formulac-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let input = folder.appendingPathComponent("module.o")
        let output = folder.appendingPathComponent("module.so")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(object).write(to: input)
            try run(linker, ["-shared", "-o", output.path, input.path, "-lm"])
            return Array(try Data(contentsOf: output))
        } catch let error as KernelError {
            throw error
        } catch {
            throw .linkingFailed("\(error.localizedDescription)")
        }
    }

    private static func find(_ name: String) -> String? {
        if name.contains("/") { return FileManager.default.isExecutableFile(atPath: name) ? name : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let message = String(decoding: (try? errors.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw KernelError.linkingFailed("\(program) failed: \(message.trimmingCharacters(in: .whitespacesAndNewlines))")
        }
    }
}
