import Foundation

/// A shared library, open for as long as this object or a function of it lives.
public final class ForeignLibrary: Sendable {
    /// The file.
    public let path: String
    private let handle: UInt

    /// Opens a library. Its initialisers run: open only libraries that may run code here.
    public init(path: String) throws(ForeignError) {
        // Without a slash the loader would look in the system's folders.
        let file = path.contains("/") ? path : "./\(path)"
        guard let handle = dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
            throw .cannotOpen(path: path, reason: dlerror().map { String(cString: $0) } ?? "unknown reason")
        }
        self.path = path
        self.handle = UInt(bitPattern: handle)
    }

    deinit {
        if let handle = UnsafeMutableRawPointer(bitPattern: handle) { dlclose(handle) }
    }

    /// The address of a symbol.
    func address(of symbol: String) throws(ForeignError) -> UInt {
        guard let address = dlsym(UnsafeMutableRawPointer(bitPattern: handle), symbol) else {
            throw .symbolMissing(symbol, path: path)
        }
        return UInt(bitPattern: address)
    }

    /// The C string that stands under a symbol, or `nil` if the library has no such symbol.
    func text(of symbol: String) -> String? {
        dlsym(UnsafeMutableRawPointer(bitPattern: handle), symbol).map { String(cString: $0.assumingMemoryBound(to: CChar.self)) }
    }
}

/// Why a foreign function could not be called.
public enum ForeignError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The loader refused the library.
    case cannotOpen(path: String, reason: String)
    /// The library has no such symbol.
    case symbolMissing(String, path: String)
    /// libffi refused the signature.
    case unsupportedSignature(String)
    /// A function of arrays wrote past the end of one.
    case wroteBeyondEnd(symbol: String, count: Int)
    /// A call gave another number of arguments than the function takes.
    case wrongArgumentCount(symbol: String, expected: Int, given: Int)

    /// What happened.
    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason): "cannot open the library \(path): \(reason)"
        case .symbolMissing(let symbol, let path): "the library \(path) has no function `\(symbol)`"
        case .unsupportedSignature(let symbol): "the function `\(symbol)` cannot be called with so many arguments"
        case .wroteBeyondEnd(let symbol, let count): "the function `\(symbol)` wrote past the end of arrays of \(count)"
        case .wrongArgumentCount(let symbol, let expected, let given):
            "the function `\(symbol)` takes \(expected) numbers, not \(given)"
        }
    }
}
