import Kernels

/// The steps that compute one program's loss and its derivatives by the program's constants: a value and, where constants
/// are beneath, a derivative for each node.
struct TuningPlan {
    /// Loss, gradient and approximate second derivatives, summed over rows.
    struct Result {
        let loss: Double
        let gradient: [Double]
        /// Row after row.
        let curvature: [Double]

        /// The change of constants that the method proposes. `nil` where the derivatives say nothing.
        func step(damping: Double) -> [Double]? {
            let count = gradient.count
            var matrix = curvature
            // Constants without influence would make the matrix singular.
            let floor = 1e-9 * (1 + ((0..<count).map { curvature[$0 * count + $0] }.max() ?? 0))
            for index in 0..<count { matrix[index * count + index] += damping * curvature[index * count + index] + floor }
            return LinearSystem.solve(matrix, gradient.map { -$0 })
        }
    }

    private var program: BlockProgram
    private let constantSlots: [Int]

    /// - Parameters:
    ///   - places: the nodes that are constants to be tuned.
    ///   - functions: the primitives' functions, `functionCount` of them, as many backward functions, slope and curvature.
    init(
        _ source: Program, places: [Int], functions: [BlockFunction], functionCount: Int, rowSums: [RowSum],
        featureCount: Int
    ) {
        let nodes = source.nodes
        let target = BlockProgram.Operand.column(featureCount)
        program = BlockProgram(.float, functions: functions, rowSums: rowSums, columnCount: featureCount + 1)
        // The value of node i is in slot i, its derivative in slot count + i.
        let count = nodes.count
        let (ones, slope, curvature) = (2 * count, 2 * count + 1, 2 * count + 2)
        func place(_ node: Int) -> BlockProgram.Operand {
            if case .variable(let index) = nodes[node] { .column(Int(index)) } else { .slot(node) }
        }
        var operands = [[Int]](repeating: [], count: count)
        var hasConstants = nodes.map { if case .constant = $0 { true } else { false } }
        var stack: [Int] = []
        for node in nodes.indices.reversed() {
            let arity = nodes[node].arity
            operands[node] = stack.suffix(arity).reversed()
            stack.removeLast(arity)
            stack.append(node)
            switch nodes[node] {
            case .function(let function, _):
                hasConstants[node] = operands[node].contains { hasConstants[$0] }
                program.call(Int(function), inputs: operands[node].map(place), outputs: [node])
            case .constant(let value): program.hold(value, in: node)
            case .variable: break
            }
        }
        program.sum(of: [place(0), target], kind: 0)
        program.call(2 * functionCount, inputs: [place(0), target], outputs: [slope])
        program.call(2 * functionCount + 1, inputs: [place(0), target], outputs: [curvature])
        program.hold(1, in: ones)
        for node in nodes.indices where hasConstants[node] {
            guard case .function(let function, _) = nodes[node] else { continue }
            program.call(
                functionCount + Int(function), inputs: operands[node].map(place) + [.slot(node == 0 ? ones : count + node)],
                outputs: operands[node].map { count + $0 })
        }
        for first in places {
            program.sum(of: [.slot(slope), .slot(count + first)], kind: 1)
            for second in places where second <= first {
                program.sum(of: [.slot(curvature), .slot(count + first), .slot(count + second)], kind: 2)
            }
        }
        constantSlots = places
    }

    /// Computes everything at other constants.
    ///
    /// - Returns: `nil` where anything is not finite.
    mutating func evaluate(_ constants: [Double], over columns: ColumnStore, _ rows: Range<Int>) -> Result? {
        for (slot, value) in zip(constantSlots, constants) { program.hold(value, in: slot) }
        let sums = program.sums(over: columns, rows: rows)
        guard sums.allSatisfy(\.isFinite) else { return nil }
        let count = constants.count
        var gradient: [Double] = []
        var curvature = [Double](repeating: 0, count: count * count)
        var next = 1
        for first in 0..<count {
            gradient.append(sums[next])
            next += 1
            for second in 0...first {
                curvature[first * count + second] = sums[next]
                curvature[second * count + first] = sums[next]
                next += 1
            }
        }
        return Result(loss: sums[0], gradient: gradient, curvature: curvature)
    }
}
