import Foundation
import TestSupport
import Testing

/// Runs the built command line as a user would: a process with arguments, standard input and an exit status.
struct CommandLine {
    let status: Int32
    let output: String
    let errors: String

    /// The executable stands beside the test bundle.
    static let executable: URL = {
        var folder = URL(fileURLWithPath: Swift.CommandLine.arguments[0]).resolvingSymlinksInPath()
        let manager = FileManager.default
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("formulac")
            var isFolder: ObjCBool = false
            if manager.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue { return candidate }
        }
        return URL(fileURLWithPath: "/nonexistent/formulac")
    }()

    /// Runs `formulac` with arguments and waits for its end.
    init(_ arguments: String..., input: String = "", folder: URL? = nil) throws {
        try self.init(arguments, input: input, folder: folder)
    }

    /// Runs `formulac` with arguments and waits for its end.
    init(_ arguments: [String], input: String = "", folder: URL? = nil, environment: [String: String] = [:]) throws {
        let scratch = try TemporaryFolder()
        let (inputFile, outputFile, errorFile) = (scratch.file("in"), scratch.file("out"), scratch.file("err"))
        try Data(input.utf8).write(to: inputFile)
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        var variables = ProcessInfo.processInfo.environment
        // The user's own cache is left alone.
        variables["XDG_CACHE_HOME"] = scratch.url.path
        process.environment = variables.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        if let folder { process.currentDirectoryURL = folder }
        try process.run()
        process.waitUntilExit()
        status = process.terminationStatus
        output = String(decoding: try Data(contentsOf: outputFile), as: UTF8.self)
        errors = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    }

    /// The output as JSON.
    func json() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }
}
