import Foundation
import Formulas
import Lanes
import TestSupport

/// A C compiler of this machine.
struct CSourceCompiler: Sendable {
    let path: String

    static let gcc = find("gcc")
    static let clang = find("clang")
    static let all = [gcc, clang].compactMap { $0 }

    /// What every export is to be clean under.
    static let warnings = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"]

    private static func find(_ name: String) -> CSourceCompiler? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
            .map { CSourceCompiler(path: $0) }
    }

    /// Whether this machine has the fused multiply-add instruction. Where it has not, `fma` is a call, which gcc neither
    /// makes by itself nor vectorises.
    static let gccFuses: Bool = {
        let folder = FileManager.default.temporaryDirectory
        let macros = try? gcc?.run(["-march=native", "-dM", "-E", "-x", "c", "/dev/null"], in: folder).messages
        return macros?.contains("__FP_FAST_FMA ") ?? false
    }()

    /// The compiler's name.
    var name: String { (path as NSString).lastPathComponent }

    /// Runs the compiler and waits.
    ///
    /// - Returns: its exit status and everything it printed.
    func run(_ arguments: [String], in folder: URL) throws -> (status: Int32, messages: String) {
        let log = folder.appendingPathComponent("formulac-\(UUID().uuidString).log")
        defer { try? FileManager.default.removeItem(at: log) }
        try Data().write(to: log)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let handle = try FileHandle(forWritingTo: log)
        process.standardOutput = handle
        process.standardError = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: log), as: UTF8.self))
    }
}

/// A folder with an export's files, gone when released.
final class CSourceFolder {
    private let folder: TemporaryFolder
    var url: URL { folder.url }

    init(_ export: CSource) throws {
        folder = try TemporaryFolder()
        try write(export.source, to: "\(export.name).c")
        try write(export.header, to: "\(export.name).h")
    }

    func write(_ text: String, to name: String) throws {
        try folder.write(text, to: name)
    }

    /// Compiles the files to a shared library and loads it.
    func load(_ files: [String], with compiler: CSourceCompiler, _ flags: [String]) throws -> CSourceLibrary {
        let library = url.appendingPathComponent("\(UUID().uuidString).so")
        let result = try compiler.run(flags + ["-fPIC", "-shared", "-o", library.path] + files + ["-lm"], in: url)
        guard result.status == 0 else { throw CSourceFailure(messages: result.messages) }
        return try CSourceLibrary(path: library.path)
    }
}

/// What a compiler or loader said.
struct CSourceFailure: Error {
    let messages: String
}

/// A loaded library of exported functions.
final class CSourceLibrary {
    /// The signature that all array functions have, whatever the type.
    private typealias ArrayFunction =
        @convention(c) (
            Int, UnsafePointer<UnsafeRawPointer?>, UnsafeRawPointer?, UnsafePointer<UnsafeMutableRawPointer?>
        ) -> Void

    private let handle: UnsafeMutableRawPointer

    init(path: String) throws {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw CSourceFailure(messages: String(cString: dlerror()))
        }
        self.handle = handle
    }

    deinit { dlclose(handle) }

    /// Calls an array function. Results come in arrays of their own, or in those of the first inputs when `inPlace`.
    func call<Value: LaneFloat>(
        _ symbol: String, _ inputs: [[Value]], count: Int, parameters: [Value], results: Int, inPlace: Bool = false
    ) throws -> [[Value]] {
        guard let address = dlsym(handle, symbol) else { throw CSourceFailure(messages: "no \(symbol)") }
        let function = unsafeBitCast(address, to: ArrayFunction.self)
        let guardValue = Value(-12345)
        func array(_ values: [Value]) -> UnsafeMutablePointer<Value> {
            // One number beyond the end shows whether the function stays within its arrays.
            let memory = UnsafeMutablePointer<Value>.allocate(capacity: count + 1)
            memory.initialize(from: values, count: count)
            memory[count] = guardValue
            return memory
        }
        let inputArrays = inputs.map(array)
        let outputArrays = (0..<results).map { index in
            inPlace && index < inputArrays.count ? inputArrays[index] : array(Array(repeating: 0, count: count))
        }
        defer { for memory in Set(inputArrays + outputArrays) { memory.deallocate() } }
        parameters.withUnsafeBytes { parameters in
            let inputs = inputArrays.map { UnsafeRawPointer($0) as UnsafeRawPointer? }
            let outputs = outputArrays.map { UnsafeMutableRawPointer($0) as UnsafeMutableRawPointer? }
            function(count, inputs, parameters.baseAddress, outputs)
        }
        for memory in outputArrays where memory[count] != guardValue {
            throw CSourceFailure(messages: "\(symbol) wrote beyond element \(count)")
        }
        return outputArrays.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
    }
}
