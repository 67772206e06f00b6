import Foundation
import Formulas
import Lanes
import Synchronization

/// Kernels that were compiled before, in memory and on disk, so that a formula is compiled once.
///
/// In memory, kernels are found by their text or by their graph, type, variants and options. On disk they are object
/// files, keyed besides by the versions of LLVM and formulac and the very build of this program. Any number of threads
/// may ask at once; two that ask for the same new kernel may both compile it, and get the same one.
public final class KernelCache: Sendable {
    /// A formula's text and all that decides what is compiled of it.
    private struct TextRequest: Hashable, Sendable {
        let text: String
        let parsing: ParsingOptions
        let settings: CompilationSettings
    }

    /// The objects on disk, if they are kept there.
    public let store: ObjectStore?

    private let kernels: Mutex<RecentlyUsed<KernelRequest, any Sendable>>
    private let texts: Mutex<RecentlyUsed<TextRequest, any Sendable>>

    /// An empty cache.
    ///
    /// - Parameters:
    ///   - store: where objects are kept on disk; `nil` keeps them in memory only.
    ///   - capacity: the most kernels kept in memory.
    public init(store: ObjectStore? = nil, capacity: Int = 256) {
        self.store = store
        kernels = Mutex(RecentlyUsed(capacity: capacity))
        texts = Mutex(RecentlyUsed(capacity: capacity))
    }

    /// The cache with the user's folder of objects.
    public static let standard = KernelCache(store: .standard)

    /// The kernel of a text, which is parsed and compiled if it is new.
    ///
    /// - Throws: `FormulaError` for a bad text, `KernelError` where compiling fails.
    public func kernel<Value: LaneFloat>(
        parsing text: String, _ parsing: ParsingOptions = ParsingOptions(), as type: Value.Type = Value.self,
        variants: Set<KernelVariant> = Set(KernelVariant.allCases), gradientsOfParameters: Bool = false,
        options: KernelOptions = KernelOptions()
    ) throws -> Kernel<Value> {
        let settings = CompilationSettings(
            precision: Value.precision, variants: variants, gradientsOfParameters: gradientsOfParameters, options: options)
        let request = TextRequest(text: text, parsing: parsing, settings: settings)
        if let known = texts.withLock({ $0.value(request) }) as? Kernel<Value> { return known }
        let made: Kernel<Value> = try kernel(
            Formula(parsing: text, options: parsing), variants: variants, gradientsOfParameters: gradientsOfParameters,
            options: options)
        return texts.withLock { $0.keep(made, under: request) } as? Kernel<Value> ?? made
    }

    /// The kernel of a formula, which is compiled if it is new.
    public func kernel<Value: LaneFloat>(
        _ formula: Formula, as type: Value.Type = Value.self, variants: Set<KernelVariant> = Set(KernelVariant.allCases),
        gradientsOfParameters: Bool = false, options: KernelOptions = KernelOptions()
    ) throws(KernelError) -> Kernel<Value> {
        let settings = CompilationSettings(
            precision: Value.precision, variants: variants, gradientsOfParameters: gradientsOfParameters, options: options)
        let request = KernelRequest(formula, settings)
        if let known = kernels.withLock({ $0.value(request) }) as? Kernel<Value> {
            // The same code serves formulas that differ in names and in the values of parameters.
            return known.formula == formula ? known : Kernel(known, of: formula)
        }
        var timings = CompilationTimings()
        let image = try image(for: request) { () throws(KernelError) in
            try Kernel<Value>.image(
                formula, variants: variants, gradientsOfParameters: gradientsOfParameters, options: options, timings: &timings)
        }
        let made = try Kernel<Value>(
            formula, image: image, gradientsOfParameters: gradientsOfParameters, target: options.target, store: store,
            timings: timings)
        return kernels.withLock { $0.keep(made, under: request) } as? Kernel<Value> ?? made
    }

    /// The function of a formula as it is, see `CompiledFunction.init(_:options:)`.
    public func function<Value: LaneFloat>(
        _ formula: Formula, as type: Value.Type = Value.self, options: KernelOptions = KernelOptions()
    ) throws(KernelError) -> CompiledFunction<Value> {
        let request = KernelRequest(formula, CompilationSettings(precision: Value.precision, options: options))
        if let known = kernels.withLock({ $0.value(request) }) as? CompiledFunction<Value> { return known }
        var timings = CompilationTimings()
        let image = try image(for: request) { () throws(KernelError) in
            let program = try timings.measure(\.expansion) { () throws(KernelError) in
                LaneProgram(expanding: formula, precision: Value.precision, math: options.math)
            }
            let function = ModuleCompiler.Function(name: "function", program: program)
            return try KernelImage([function], options: options, timings: &timings)
        }
        guard let made = try image.load(Value.self, target: options.target, store: store, timings: timings)["function"] else {
            throw .linkingFailed("the object does not hold the function")
        }
        return kernels.withLock { $0.keep(made, under: request) } as? CompiledFunction<Value> ?? made
    }

    /// How many kernels are in memory.
    public var count: Int { kernels.withLock { $0.count } }

    /// Lets go of the kernels in memory; those in use stay until they are released.
    public func removeAll() {
        kernels.withLock { $0.removeAll() }
        texts.withLock { $0.removeAll() }
    }

    private func image(
        for request: KernelRequest, compile: () throws(KernelError) -> KernelImage
    ) throws(KernelError) -> KernelImage {
        guard let store, let build = ExecutableIdentity.current, request.settings.options.target == .host else {
            return try compile()
        }
        let key = request.digest(build: build)
        if let bytes = store.load(key), let image = KernelImage(parsing: bytes) { return image }
        let image = try compile()
        store.store(image.bytes, under: key)
        return image
    }
}
