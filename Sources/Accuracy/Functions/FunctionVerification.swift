import Formulas
import Kernels

/// Holds the compiled kernel of one function against correctly rounded values, at many points.
///
/// The system's library, in a wider type, screens the values: its error is a small part of a unit in the last place. What it
/// finds to be about as bad as the worst so far, and every special value that seems wrong, is measured again by MPFR, whose
/// figure counts.
public struct FunctionVerification<Value: MeasuredFloat>: Sendable {
    /// The function.
    public let function: ElementaryFunction
    private let kernel: CompiledFunction<Value>
    private let screen: @Sendable (Value.Wide, Value.Wide) -> Value.Wide

    /// Compiles the function as kernels have it under the options.
    public init(_ function: ElementaryFunction, options: KernelOptions = KernelOptions()) throws(KernelError) {
        let kernel = try Kernel<Value>(function.formula, variants: [.forward], options: options)
        guard let forward = kernel.function(.forward) else { throw .variantMissing(.forward) }
        self.function = function
        self.kernel = forward
        // Every elementary function has one; a test says so.
        screen = Value.Wide.function(function.operation) ?? { _, _ in .nan }
    }

    /// Looks at all points of a source, or as many as there is time for.
    ///
    /// - Parameters:
    ///   - threads: how many threads share the work; the findings do not depend on it.
    ///   - shouldStop: asked between chunks; what is done by then is what is returned.
    ///   - progress: told how many points are done, from any thread.
    public func run(
        _ points: some PointSource<Value>, threads: Int = 1, shouldStop: @Sendable () -> Bool = { false },
        progress: @Sendable (Int) -> Void = { _ in }
    ) throws(KernelError) -> ErrorTally<Value> {
        let parts = try ChunkQueue(count: points.chunkCount).run(threads: threads, from: ErrorTally(), shouldStop: shouldStop) {
            (chunk, part: inout ErrorTally<Value>) throws(KernelError) in
            let columns = points.columns(ofChunk: chunk)
            let computed = try kernel(columns)[0]
            measure(columns, computed, &part)
            progress(computed.count)
        }
        return parts.reduce(into: ErrorTally()) { $0.append($1) }
    }

    // Without specialisation every step would go through witness tables, many times slower.
    @_specialize(where Value == Float)
    @_specialize(where Value == Double)
    private func measure(_ columns: [[Value]], _ computed: [Value], _ tally: inout ErrorTally<Value>) {
        let first = columns[0]
        let second = columns.count > 1 ? columns[1] : first
        // The library's calls by themselves: between them nothing could stay in registers.
        let exact = computed.indices.map { screen(first[$0].widened, second[$0].widened) }
        var screened = [Double](repeating: 0, count: computed.count)
        var (largest, place) = (0.0, 0)
        for index in computed.indices {
            let deviation = Deviation(of: computed[index], fromWide: exact[index])
            if deviation.isWrongSpecial {
                confirm(columns.map { $0[index] }, computed[index], &tally)
            } else {
                screened[index] = deviation.ulps
                if deviation.ulps > largest { (largest, place) = (deviation.ulps, index) }
            }
        }
        tally.points += computed.count
        // Whatever may be the largest of all by the screen's own error. Correctly rounded values are no news but for the
        // largest of them: they would all be candidates where errors grow slowly, as those of e^x do beside 0.
        let margin = Value.screeningMargin
        guard largest > tally.worstUlps - margin else { return }
        confirm(columns.map { $0[place] }, computed[place], &tally)
        let bar = max(largest - 2 * margin, tally.worstUlps - margin, margin.isFinite ? 0.5 : 0)
        for index in computed.indices where screened[index] > bar && index != place {
            confirm(columns.map { $0[index] }, computed[index], &tally)
        }
    }

    private func confirm(_ point: [Value], _ computed: Value, _ tally: inout ErrorTally<Value>) {
        let operands = point.map { BigFloat($0.asDouble, bits: 53) }
        // One operation, rounded once: this is far past where the type rounds.
        let exact = BigFloat.apply(function.operation, operands, bits: 160)
        let deviation = Deviation(of: computed, from: exact)
        tally.record(
            ErrorTally.Finding(point: point, computed: computed, correct: .rounding(exact), ulps: deviation.ulps), deviation)
    }
}
