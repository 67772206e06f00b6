internal import CLLVM
import Formulas
import Lanes
import Synchronization

/// A function that kernels call off their hot path: the same for every kernel, so that a process compiles it once.
enum SupportFunction: Hashable {
    /// `ArrayDriver`
    case arrays(Precision)
    /// `ColdHandler`
    case cold(ColdFunction, Precision)

    /// The symbol. It names all that the code depends on.
    var name: String {
        switch self {
        case .arrays(let precision): "formulac_arrays_\(precision)"
        case .cold(let function, let precision): "formulac_cold_\(function)_\(precision)"
        }
    }

    /// Every support function there is, by its symbol.
    static let named: [String: SupportFunction] = {
        var functions = Precision.allCases.map(SupportFunction.arrays)
        for cold in ColdFunction.allCases { functions += Precision.allCases.map { .cold(cold, $0) } }
        return Dictionary(uniqueKeysWithValues: functions.map { ($0.name, $0) })
    }()

    func type(in module: IRModule) -> IRType {
        switch self {
        case .arrays(let precision): ArrayDriver.type(precision, in: module)
        case .cold(let function, let precision): ColdHandler.type(function, precision, in: module)
        }
    }

    /// Emits the body. Moves the module's builder.
    func emit(_ function: IRValue, in module: IRModule) throws(KernelError) {
        switch self {
        case .arrays(let precision): try ArrayDriver.emit(function, precision, in: module)
        case .cold(let cold, let precision): try ColdHandler.emit(function, cold, precision, in: module)
        }
    }

    /// How the function is called.
    ///
    /// On x86 cold handlers save every register that they use, so that the hot loop around the call need not keep its
    /// values in memory.
    func convention(_ target: KernelTarget) -> UInt32 {
        if case .cold = self, target.isX86 { LLVMPreserveAllCallConv.rawValue } else { LLVMCCallConv.rawValue }
    }
}

/// The support functions of this process. They stay: there are few.
enum SupportLibrary {
    private struct Key: Hashable {
        let function: SupportFunction
        let target: KernelTarget
    }

    private static let loaded = Mutex<[Key: LoadedCode]>([:])

    /// The address of a support function compiled for a target. At its first use it is taken from the store or compiled.
    ///
    /// - Returns: `nil` for a symbol that is none of ours.
    static func address(
        of symbol: String, _ target: KernelTarget, store: ObjectStore?
    ) throws(KernelError) -> UInt? {
        guard let function = SupportFunction.named[symbol] else { return nil }
        let key = Key(function: function, target: target)
        if let known = loaded.withLock({ $0[key] }) { return known.address(of: symbol) }
        // Two threads may both make it; the first to finish is kept, and both results are the same code.
        let code = try LoadedCode(ObjectFile(object(function, target, store: store)), target: target)
        return loaded.withLock { known in
            if known[key] == nil { known[key] = code }
            return known[key]?.address(of: symbol)
        }
    }

    private static func object(
        _ function: SupportFunction, _ target: KernelTarget, store: ObjectStore?
    ) throws(KernelError) -> [UInt8] {
        let options = KernelOptions(target: target)
        let compiler = ModuleCompiler(options: options)
        guard let store, let build = ExecutableIdentity.current else { return try compiler.compile(support: function) }
        let key = Digest.sha256(
            Array("\(Release.version) \(build) llvm \(llvmVersion) \(function.name) \(options.cacheKey)".utf8))
        if let stored = store.load(key) { return stored }
        let object = try compiler.compile(support: function)
        store.store(object, under: key)
        return object
    }
}
