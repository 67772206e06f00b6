import Formulas
import Kernels

/// Holds a formula's compiled kernel, value and derivatives, against MPFR's evaluation of the formula as it was written and of
/// the derivatives of that.
///
/// What the simplifier makes of the formula is thereby under test as well. A literal that is the `Double` nearest to a number
/// such as 1/√2 means that number, as the policy in `Grammar/Rewrites.rules` has it.
public struct FormulaVerification<Value: MeasuredFloat>: Sendable {
    /// What the tallies are of, in their order: the value, then the derivative by each variable.
    public let outputNames: [String]
    private let kernel: CompiledFunction<Value>
    private let written: MPFRReference
    private let conditioning: Conditioning<Value>
    private let parameters: [Value]
    private let promisedUlps: Double

    /// Compiles a formula of one output under the options.
    public init(_ formula: Formula, options: KernelOptions = KernelOptions()) throws(KernelError) {
        try self.init(formula, computing: formula, options: options)
    }

    /// The same with a kernel of what may be another formula of the same inputs: how a wrong kernel is told is under test.
    init(_ formula: Formula, computing computed: Formula, options: KernelOptions = KernelOptions()) throws(KernelError) {
        let kernel = try Kernel<Value>(computed, variants: [.valueAndGradient], options: options)
        guard let function = kernel.function(.valueAndGradient) else { throw .variantMissing(.valueAndGradient) }
        self.kernel = function
        let inputs = formula.variables.indices.map(FormulaInput.variable)
        written = MPFRReference(formula.valueAndGradient(withRespectTo: inputs), readsKnownConstants: true)
        let simplification = SimplificationOptions(precision: Value.precision, relaxed: options.relaxed)
        conditioning = Conditioning(
            formula.simplified(simplification).valueAndGradient(withRespectTo: inputs).simplified(simplification),
            promisedUlps: options.math.promisedUlps)
        promisedUlps = options.math.promisedUlps
        parameters = formula.parameters.map { Value($0.value) }
        outputNames = ["value"] + formula.variables.map { "d/d\($0)" }
    }

    /// Looks at all points of a source, or as many as there is time for.
    ///
    /// - Parameters:
    ///   - threads: how many threads share the work; the findings do not depend on it.
    ///   - shouldStop: asked between chunks; what is done by then is what is returned.
    ///   - progress: told how many points are done, from any thread.
    /// - Returns: what was found about each output.
    public func run(
        _ points: some PointSource<Value>, threads: Int = 1, shouldStop: @Sendable () -> Bool = { false },
        progress: @Sendable (Int) -> Void = { _ in }
    ) throws(KernelError) -> [FormulaTally<Value>] {
        let empty = [FormulaTally<Value>](repeating: FormulaTally(promisedUlps: promisedUlps), count: outputNames.count)
        let parts = try ChunkQueue(count: points.chunkCount).run(threads: threads, from: empty, shouldStop: shouldStop) {
            (chunk, part: inout [FormulaTally<Value>]) throws(KernelError) in
            let columns = points.columns(ofChunk: chunk)
            // A formula without variables has one point without coordinates.
            let computed = try kernel(columns, parameters: parameters, count: columns.first?.count ?? 1)
            for index in computed[0].indices { measure(columns.map { $0[index] }, computed.map { $0[index] }, &part) }
            progress(computed[0].count)
        }
        return parts.reduce(into: empty) { total, part in
            for output in total.indices { total[output].append(part[output]) }
        }
    }

    private func measure(_ point: [Value], _ computed: [Value], _ tallies: inout [FormulaTally<Value>]) {
        let variables = point.map(\.asDouble)
        let parameters = self.parameters.map(\.asDouble)
        let evaluation = written.evaluation(variables, parameters: parameters)
        let exact = evaluation.values
        var conditions: ConditioningPoint<Value>?
        let isFinite = point.allSatisfy(\.isFinite)
        for output in computed.indices {
            tallies[output].points += 1
            // At infinities and NaN the value counts where there is one. Slopes mean nothing there, nor where there is none.
            if !isFinite && output == 0 ? exact[0].isNaN : output > 0 && (!isFinite || exact[output].isNaN) { continue }
            let deviation = Deviation(of: computed[output], from: exact[output])
            // Zeros of a formula come of cancellation, where rounding decides on their signs and on whether they are met at all.
            let isZero = exact[output].isZero || computed[output] == 0 && !exact[output].isNaN && !exact[output].isInfinite
            let isWrongSpecial = deviation.isWrongSpecial && !isZero
            guard deviation.ulps > 0 || isWrongSpecial else { continue }
            // Nobody knows the true value, and the error may be the reference's.
            if !evaluation.isInRange || !evaluation.isDecided[output], deviation.ulps > 1 || isWrongSpecial { continue }
            var condition: Double?
            if deviation.ulps > 1 || isWrongSpecial {
                let known = conditions ?? conditioning.at(variables, parameters: parameters, bits: evaluation.bits)
                conditions = known
                condition = known.number(ofOutput: output, exact: exact[output])
            }
            let finding = FormulaTally.Finding(
                point: point, computed: computed[output], correct: .rounding(exact[output]), ulps: deviation.ulps,
                condition: condition, isWrongSpecial: isWrongSpecial)
            tallies[output].record(finding)
        }
    }
}
