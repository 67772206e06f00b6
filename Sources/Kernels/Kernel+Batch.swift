import Dispatch
import Formulas
import Lanes
import Synchronization

extension Kernel {
    /// Compiles many formulas together: few modules instead of one for each, on several cores.
    ///
    /// The kernels of one module share its machine code, which is freed with the last of them.
    ///
    /// - Parameters:
    ///   - formulas: formulas of one output each.
    ///   - threads: how many cores may share the work.
    /// - Returns: one kernel for each formula, in their order, the same as `init` makes.
    public static func batch(
        _ formulas: [Formula], variants: Set<KernelVariant> = Set(KernelVariant.allCases), gradientsOfParameters: Bool = false,
        options: KernelOptions = KernelOptions(), threads: Int = 2
    ) throws(KernelError) -> [Kernel<Value>] {
        let size = max(1, (formulas.count + max(1, threads) - 1) / max(1, threads))
        let chunks = stride(from: 0, to: formulas.count, by: size).map { Array(formulas[$0..<min($0 + size, formulas.count)]) }
        let results = Mutex([Result<[Kernel<Value>], KernelError>?](repeating: nil, count: chunks.count))
        DispatchQueue.concurrentPerform(iterations: chunks.count) { index in
            let result = Result { () throws(KernelError) in
                try compile(
                    chunks[index], variants: variants, gradientsOfParameters: gradientsOfParameters, options: options)
            }
            results.withLock { $0[index] = result }
        }
        var kernels: [Kernel<Value>] = []
        for result in results.withLock({ $0 }) { kernels += try result?.get() ?? [] }
        return kernels
    }

    /// Compiles formulas into one module.
    private static func compile(
        _ formulas: [Formula], variants: Set<KernelVariant>, gradientsOfParameters: Bool, options: KernelOptions
    ) throws(KernelError) -> [Kernel<Value>] {
        var timings = CompilationTimings()
        let functions = try timings.measure(\.expansion) { () throws(KernelError) in
            var functions: [ModuleCompiler.Function] = []
            for (index, formula) in formulas.enumerated() {
                guard formula.outputs.count == 1 else { throw .severalOutputs(formula.outputs.count) }
                functions += programs(
                    formula, variants: variants, gradientsOfParameters: gradientsOfParameters, options: options
                ).map { ModuleCompiler.Function(name: "\($0.variant.rawValue)_\(index)", program: $0.program) }
            }
            return functions
        }
        let image = try KernelImage(together: functions, options: options, timings: &timings)
        let loaded = try image.load(Value.self, target: options.target, store: nil, timings: timings)
        return formulas.enumerated().map { index, formula in
            var own: [KernelVariant: CompiledFunction<Value>] = [:]
            for variant in variants { own[variant] = loaded["\(variant.rawValue)_\(index)"] }
            return Kernel(formula, functions: own, gradientsOfParameters: gradientsOfParameters, timings: timings)
        }
    }
}
