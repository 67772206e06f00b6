import Formulas
import Kernels

/// Fits the constants of programs to data by the method of Levenberg and Marquardt (D. Marquardt, 1963).
///
/// Values and derivatives come from compiled functions for each operator, forward and backward over blocks of rows: since
/// each row's value depends on that row alone, one backward pass gives the derivatives of all rows by all constants.
/// Constants are contents of blocks, so that nothing is ever compiled for a program. For the log-loss, rows are weighted as in
/// Fisher scoring: with p the sigmoid, its slope by the value is p − y and its curvature p(1 − p).
///
/// Any number of threads may tune at once.
struct ConstantTuner: Sendable {
    /// The most constants that are tuned; programs with more are left as they are.
    static let mostConstants = 12

    private let functionCount: Int
    /// The functions, their backward functions, then the loss's slope and curvature.
    private let functions: [BlockFunction]
    /// The loss, and sums of products of two and of three.
    private let rowSums: [RowSum]
    private let columns: ColumnStore

    init(
        _ primitives: PrimitiveSet, data: SearchData, cache: KernelCache, options: KernelOptions
    ) throws(DiscoveryError) {
        functionCount = primitives.functions.count
        columns = data.columns
        do {
            var functions: [BlockFunction] = []
            for function in primitives.functions {
                functions.append(try BlockFunction(function.formula, precision: .float, cache: cache, options: options))
            }
            for function in primitives.functions {
                let formula = function.formula.simplified().backward(
                    withRespectTo: (0..<function.arity).map(FormulaInput.variable)
                ).simplified()
                functions.append(try BlockFunction(formula, precision: .float, cache: cache, options: options))
            }
            for text in [data.loss.slope, data.loss.curvature] {
                functions.append(
                    try BlockFunction(ScoreLoss.formula(text, rows: 1), precision: .float, cache: cache, options: options))
            }
            self.functions = functions
            rowSums = [
                try data.loss.rowSum(.float, cache: cache, options: options),
                try Self.products(of: 2, cache, options), try Self.products(of: 3, cache, options),
            ]
        } catch {
            throw .kernel(error)
        }
    }

    /// The sum over rows of products of so many numbers.
    private static func products(
        of count: Int, _ cache: KernelCache, _ options: KernelOptions
    ) throws(KernelError) -> RowSum {
        try RowSum(inputCount: count, rowsTogether: 4, precision: .float, cache: cache, options: options) { rows in
            var builder = FormulaBuilder(variables: (0..<count * rows).map { "x\($0)" })
            var sum: NodeID?
            for row in 0..<rows {
                var product = builder.variable(row)
                for factor in 1..<count { product = builder.binary(.multiply, product, builder.variable(factor * rows + row)) }
                sum = sum.map { builder.binary(.add, $0, product) } ?? product
            }
            return builder.formula(outputs: [sum].compactMap { $0 })
        }
    }

    /// The program with constants that give less loss over the rows, or as it was where none were found.
    func tuned(_ program: Program, rows: Range<Int>, steps: Int) -> Program {
        let places = program.nodes.indices.filter { if case .constant = program.nodes[$0] { true } else { false } }
        guard !places.isEmpty, places.count <= Self.mostConstants, program.length > 1 else { return program }
        var plan = TuningPlan(
            program, places: places, functions: functions, functionCount: functionCount, rowSums: rowSums,
            featureCount: columns.columnCount - 1)
        var constants = places.map { place -> Double in
            if case .constant(let value) = program.nodes[place] { value } else { 0 }
        }
        guard var current = plan.evaluate(constants, over: columns, rows) else { return program }
        var damping = 1e-2
        var isBetter = false
        for _ in 0..<steps {
            guard let change = current.step(damping: damping) else { break }
            // What a Float cannot tell apart is no other constant.
            let next = zip(constants, change).map { Double(Float($0 + $1)) }
            guard next.allSatisfy(\.isFinite), next != constants else { break }
            if let found = plan.evaluate(next, over: columns, rows), found.loss < current.loss {
                let gain = (current.loss - found.loss) / abs(current.loss)
                (constants, current, isBetter) = (next, found, true)
                damping = max(damping / 10, 1e-9)
                if gain < 1e-6 { break }
            } else {
                damping *= 8
                if damping > 1e6 { break }
            }
        }
        guard isBetter else { return program }
        var result = program
        for (place, value) in zip(places, constants) { result.replaceNode(at: place, by: .constant(value)) }
        return result
    }
}
