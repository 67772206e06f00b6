import Kernels
import Lanes

/// Judges programs by their mean loss on data, a whole population at a time.
///
/// All programs are one graph in which each distinct expression is computed once for each block of rows, by one compiled
/// function for each operator. Losses are remembered by expression: a program that was judged before costs nothing. Values
/// are Float; where that gives NaN, through overflow beyond 3.4e38, a program is judged again in Double.
///
/// A program's loss has the same bits whatever it is judged together with and by however many threads. Memory: the data,
/// `EvaluationStatistics.workspaceBytes` for each thread, and at most about 20 MB of remembered expressions.
/// Not thread-safe.
public final class PopulationEvaluator: FitnessFunction {
    /// What programs are made of.
    public let primitives: PrimitiveSet
    /// What they are judged by.
    public let data: SearchData
    /// What was done so far.
    public private(set) var statistics = EvaluationStatistics()

    private let threads: Int
    private let cache: KernelCache
    private let options: KernelOptions
    private let single: GraphEvaluator<Float>
    private var double: GraphEvaluator<Double>?
    private let isCancelled: @Sendable () -> Bool
    private let judgesOverflowInDouble: Bool

    /// Compiles the functions, or takes them from a cache.
    ///
    /// - Parameters:
    ///   - threads: how many threads may share the work.
    ///   - judgesOverflowInDouble: whether a program whose loss is NaN is judged again in Double, as gplearn would have it.
    ///     Not worth it with functions that are NaN somewhere by themselves, such as `log`.
    ///   - isCancelled: asked often; once it says yes, losses are NaN and worthless.
    public init(
        _ primitives: PrimitiveSet, data: SearchData, threads: Int = 1, cache: KernelCache = .standard,
        options: KernelOptions = KernelOptions(), judgesOverflowInDouble: Bool = true,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws(DiscoveryError) {
        guard primitives.variableNames.count == data.featureCount else {
            throw .setting(
                name: "the number of variables", value: "\(primitives.variableNames.count)",
                allowed: "the number of features, \(data.featureCount)")
        }
        self.primitives = primitives
        self.data = data
        self.threads = threads
        self.cache = cache
        self.options = options
        self.isCancelled = isCancelled
        self.judgesOverflowInDouble = judgesOverflowInDouble
        single = try GraphEvaluator(primitives, columns: data.columns, loss: data.loss, cache: cache, options: options)
    }

    public func fitness(of programs: [Program]) throws(DiscoveryError) -> [Double] {
        try losses(of: programs, rows: 0..<data.rowCount)
    }

    /// The mean loss of each program over rows of the data.
    ///
    /// - Parameter toTheEnd: whether the losses are computed even when `isCancelled` says yes.
    public func losses(
        of programs: [Program], rows: Range<Int>, toTheEnd: Bool = false
    ) throws(DiscoveryError) -> [Double] {
        let isCancelled: @Sendable () -> Bool = if toTheEnd { { false } } else { self.isCancelled }
        var losses = single.losses(of: programs, rows: rows, threads: threads, &statistics, isCancelled: isCancelled)
        statistics.programs += programs.count
        statistics.nodeEvaluations += programs.reduce(0) { $0 + $1.functionCount } * rows.count
        let invalid = losses.indices.filter { losses[$0].isNaN }
        guard judgesOverflowInDouble, !invalid.isEmpty, !isCancelled() else { return losses }
        let wide = try wideEvaluator()
        let again = wide.losses(
            of: invalid.map { programs[$0] }, rows: rows, threads: threads, &statistics, isCancelled: isCancelled)
        for (index, loss) in zip(invalid, again) { losses[index] = loss }
        return losses
    }

    /// What tunes constants on the same data.
    func tuner() throws(DiscoveryError) -> ConstantTuner {
        try ConstantTuner(primitives, data: data, cache: cache, options: options)
    }

    private func wideEvaluator() throws(DiscoveryError) -> GraphEvaluator<Double> {
        if let double { return double }
        let made = try GraphEvaluator<Double>(
            primitives, columns: data.doubleColumns, loss: data.loss, cache: cache, options: options)
        double = made
        return made
    }
}

/// The evaluation in one type.
private final class GraphEvaluator<Value: LaneFloat> {
    private let functions: [BlockFunction]
    private let rowSum: RowSum
    private let columns: ColumnStore
    private var graph: ExpressionGraph<Value>
    /// The loss of each expression that has been judged as a program, over `rows`.
    private var known: [Int: Double] = [:]
    private var rows = 0..<0

    init(
        _ primitives: PrimitiveSet, columns: ColumnStore, loss: ScoreLoss, cache: KernelCache, options: KernelOptions
    ) throws(DiscoveryError) {
        self.columns = columns
        do {
            var functions: [BlockFunction] = []
            for function in primitives.functions {
                functions.append(
                    try BlockFunction(function.formula, precision: Value.precision, cache: cache, options: options))
            }
            self.functions = functions
            rowSum = try loss.rowSum(Value.precision, cache: cache, options: options)
            graph = try ExpressionGraph(primitives, math: options.math)
        } catch let error as KernelError {
            throw .kernel(error)
        } catch {
            throw .kernel(.codeGenerationFailed("\(error)"))
        }
    }

    func losses(
        of programs: [Program], rows: Range<Int>, threads: Int, _ statistics: inout EvaluationStatistics,
        isCancelled: @escaping @Sendable () -> Bool
    ) -> [Double] {
        // Forgetting changes no result, only what has to be computed again.
        if graph.nodes.count > Self.mostExpressions {
            graph.removeAll()
            known.removeAll(keepingCapacity: true)
        }
        if rows != self.rows { known.removeAll(keepingCapacity: true) }
        self.rows = rows
        let positions = programs.map { graph.insert($0) }
        var roots: [Int] = []
        var isPlanned: Set<Int> = []
        for position in positions where known[position] == nil && isPlanned.insert(position).inserted {
            roots.append(position)
        }
        if !roots.isEmpty {
            let plan = EvaluationPlan(
                graph, roots: roots, functions: functions, rowSum: rowSum, featureCount: columns.columnCount - 1)
            let sums = plan.program.sums(over: columns, rows: rows, threads: threads, isCancelled: isCancelled)
            guard !isCancelled() else { return programs.map { _ in .nan } }
            for (root, sum) in zip(roots, sums) { known[root] = sum / Double(max(1, rows.count)) }
            statistics.computedNodeEvaluations += plan.callCount * rows.count
            statistics.computedLosses += roots.count
            statistics.workspaceBytes = max(statistics.workspaceBytes, plan.program.workspaceBytes)
        }
        statistics.expressions = max(statistics.expressions, graph.nodes.count)
        return positions.map { known[$0] ?? .nan }
    }

    /// About 100 bytes each.
    private static var mostExpressions: Int { 200_000 }
}
