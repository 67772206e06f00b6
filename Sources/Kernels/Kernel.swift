import Formulas
import Lanes

/// A formula compiled: native functions for its value and derivatives, over arrays.
///
/// Compiled once and immutable from then on. Any number of threads may call at once. The machine code is freed when the
/// last reference goes.
///
/// Each function is simplified and expanded by itself. `forward` and `valueAndGradient` give the same value to the bit, and so
/// do `gradient` and `valueAndGradient` the derivatives, with one exception: three functions are computed together with another
/// of the same argument when both are needed, which may change the last place. They are sine beside cosine and the reverse, tanh
/// beside its slope, and sigmoid beside softplus. `sin(x)` and `tanh(x)` are such formulas, as the derivative needs the other.
/// To make them agree, every sine would have to be computed in the way of pairs, which is more work than a sine alone. Either is
/// within the bounds of Documentation/Accuracy.md.
///
/// ```swift
/// let kernel = try Kernel<Float>(Formula(parsing: "x*cos(x)"))
/// let (values, derivatives) = try kernel.valueAndGradient([[0, 0.5, 1]])
/// ```
public final class Kernel<Value: LaneFloat>: Sendable {
    /// The formula as it was given.
    public let formula: Formula
    /// Whether derivatives by the parameters follow those by the variables.
    public let hasParameterGradients: Bool
    /// Where the time of compilation went, for all variants together.
    public let timings: CompilationTimings

    private let functions: [KernelVariant: CompiledFunction<Value>]

    /// Simplifies, differentiates and compiles a formula for this machine, long variants on a core each.
    ///
    /// - Parameters:
    ///   - formula: a formula of one output.
    ///   - variants: which functions to make; fewer take less time.
    ///   - gradientsOfParameters: whether the derivatives are by the parameters too.
    public convenience init(
        _ formula: Formula, variants: Set<KernelVariant> = Set(KernelVariant.allCases), gradientsOfParameters: Bool = false,
        options: KernelOptions = KernelOptions()
    ) throws(KernelError) {
        var timings = CompilationTimings()
        let image = try Self.image(
            formula, variants: variants, gradientsOfParameters: gradientsOfParameters, options: options, timings: &timings)
        try self.init(
            formula, image: image, gradientsOfParameters: gradientsOfParameters, target: options.target, timings: timings)
    }

    /// A kernel of code that was compiled for the formula before.
    convenience init(
        _ formula: Formula, image: KernelImage, gradientsOfParameters: Bool, target: KernelTarget,
        store: ObjectStore? = nil, timings: CompilationTimings
    ) throws(KernelError) {
        let loaded = try image.load(Value.self, target: target, store: store, timings: timings)
        var functions: [KernelVariant: CompiledFunction<Value>] = [:]
        for variant in KernelVariant.allCases { functions[variant] = loaded[variant.rawValue] }
        self.init(
            formula, functions: functions, gradientsOfParameters: gradientsOfParameters,
            timings: loaded.values.first?.timings ?? timings)
    }

    /// A kernel of functions that are loaded already.
    init(
        _ formula: Formula, functions: [KernelVariant: CompiledFunction<Value>], gradientsOfParameters: Bool,
        timings: CompilationTimings
    ) {
        self.formula = formula
        hasParameterGradients = gradientsOfParameters
        self.timings = timings
        self.functions = functions
    }

    /// The same code for a formula of the same graph, with its own names and parameter values.
    convenience init(_ other: Kernel<Value>, of formula: Formula) {
        self.init(
            formula, functions: other.functions, gradientsOfParameters: other.hasParameterGradients, timings: other.timings)
    }

    /// Simplifies, differentiates and compiles a formula, without placing it in memory.
    static func image(
        _ formula: Formula, variants: Set<KernelVariant>, gradientsOfParameters: Bool, options: KernelOptions,
        timings: inout CompilationTimings
    ) throws(KernelError) -> KernelImage {
        guard formula.outputs.count == 1 else { throw .severalOutputs(formula.outputs.count) }
        let functions = try timings.measure(\.expansion) { () throws(KernelError) in
            programs(formula, variants: variants, gradientsOfParameters: gradientsOfParameters, options: options)
                .map { ModuleCompiler.Function(name: $0.variant.rawValue, program: $0.program) }
        }
        return try KernelImage(functions, options: options, timings: &timings)
    }

    /// The lane program of each variant, in the order of `KernelVariant.allCases`: what is compiled, interpreted and
    /// exported alike.
    public static func programs(
        _ formula: Formula, variants: Set<KernelVariant>, gradientsOfParameters: Bool = false,
        options: KernelOptions = KernelOptions()
    ) -> [(variant: KernelVariant, program: LaneProgram)] {
        let simplification = SimplificationOptions(precision: Value.precision, relaxed: options.relaxed)
        let value = formula.simplified(simplification)
        var inputs = formula.variables.indices.map(FormulaInput.variable)
        if gradientsOfParameters { inputs += formula.parameters.indices.map(FormulaInput.parameter) }
        return KernelVariant.allCases.filter(variants.contains).map { variant in
            let wanted: Formula
            switch variant {
            case .forward: wanted = value
            case .gradient: wanted = value.gradient(withRespectTo: inputs).simplified(simplification)
            case .backward: wanted = value.backward(withRespectTo: inputs).simplified(simplification)
            case .valueAndGradient: wanted = value.valueAndGradient(withRespectTo: inputs).simplified(simplification)
            }
            return (variant, LaneProgram(expanding: wanted, precision: Value.precision, math: options.math))
        }
    }

    /// A variant's function, `nil` when it was not compiled. Its C pointer is good while the function object lives.
    public func function(_ variant: KernelVariant) -> CompiledFunction<Value>? { functions[variant] }

    /// The formula's values.
    ///
    /// - Parameters:
    ///   - inputs: one array for each variable, all of one length.
    ///   - parameters: one number for each parameter; their declared values if left out.
    ///   - threads: how many threads may share the work; the results do not depend on it.
    /// - Throws: `KernelError` when `forward` was not compiled or the arguments do not fit.
    public func forward(
        _ inputs: [[Value]], parameters: [Value]? = nil, threads: Int = 1
    ) throws(KernelError) -> [Value] {
        try call(.forward, inputs, parameters, threads: threads).first ?? []
    }

    /// The derivatives, one array for each variable (and each parameter, if the kernel has those).
    public func gradient(
        _ inputs: [[Value]], parameters: [Value]? = nil, threads: Int = 1
    ) throws(KernelError) -> [[Value]] {
        try call(.gradient, inputs, parameters, threads: threads)
    }

    /// The derivatives, each times `upstream`, element by element.
    public func backward(
        _ inputs: [[Value]], upstream: [Value], parameters: [Value]? = nil, threads: Int = 1
    ) throws(KernelError) -> [[Value]] {
        try call(.backward, inputs + [upstream], parameters, threads: threads)
    }

    /// Values and derivatives in one pass.
    public func valueAndGradient(
        _ inputs: [[Value]], parameters: [Value]? = nil, threads: Int = 1
    ) throws(KernelError) -> (values: [Value], gradient: [[Value]]) {
        let outputs = try call(.valueAndGradient, inputs, parameters, threads: threads)
        return (outputs.first ?? [], Array(outputs.dropFirst()))
    }

    private func call(
        _ variant: KernelVariant, _ inputs: [[Value]], _ parameters: [Value]?, threads: Int
    ) throws(KernelError) -> [[Value]] {
        guard let function = functions[variant] else { throw .variantMissing(variant) }
        let parameters = parameters ?? formula.parameters.map { Value($0.value) }
        return try function(inputs, parameters: parameters, threads: threads)
    }
}
