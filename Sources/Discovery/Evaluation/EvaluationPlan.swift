import Kernels
import Lanes

/// The steps that compute some expressions of a graph and their losses: each distinct expression once, a block's memory
/// free again after its last use.
struct EvaluationPlan<Value: LaneFloat> {
    /// The program; sum i is the loss of root i.
    private(set) var program: BlockProgram
    /// How many functions are called for one row.
    private(set) var callCount = 0

    private let graph: ExpressionGraph<Value>
    private let target: BlockProgram.Operand
    /// What each node has become, `nil` before its turn.
    private var places: [BlockProgram.Operand?]
    /// How many uses of a node are still to come.
    private var uses: [Int32]
    /// Slots that can be written, the one freed last on top: its block is the likeliest to be in the first-level cache.
    private var freeSlots: [Int] = []
    private var slotCount = 0

    /// Plans for roots, all different.
    ///
    /// - Parameters:
    ///   - functions: the compiled functions of the graph's primitives.
    ///   - featureCount: how many columns are features; the next holds the targets.
    init(
        _ graph: ExpressionGraph<Value>, roots: [Int], functions: [BlockFunction], rowSum: RowSum,
        featureCount: Int
    ) {
        self.graph = graph
        program = BlockProgram(
            Value.precision, functions: functions, rowSums: [rowSum], columnCount: featureCount + 1)
        target = .column(featureCount)
        places = Array(repeating: nil, count: graph.nodes.count)
        uses = Array(repeating: 0, count: graph.nodes.count)
        countUses(roots)
        for root in roots {
            compute(root)
            if let place = places[root] { program.sum(of: [place, target]) }
            release(root)
        }
    }

    private mutating func countUses(_ roots: [Int]) {
        var stack = roots
        for root in roots { uses[root] += 1 }
        var isSeen = [Bool](repeating: false, count: graph.nodes.count)
        while let node = stack.popLast() {
            guard !isSeen[node] else { continue }
            isSeen[node] = true
            guard case .function(_, let operands) = graph.nodes[node] else { continue }
            for index in 0..<operands.count {
                uses[operands[index]] += 1
                stack.append(operands[index])
            }
        }
    }

    /// Adds the steps that a node needs and that are not there yet.
    private mutating func compute(_ root: Int) {
        var stack: [(node: Int, operandsDone: Bool)] = [(root, false)]
        while let (node, operandsDone) = stack.popLast() {
            guard places[node] == nil else { continue }
            switch graph.nodes[node] {
            case .variable(let index): places[node] = .column(index)
            case .constant(let value):
                // Constants are few; theirs are the only slots that are never free again.
                let slot = newSlot()
                program.hold(Double(value), in: slot)
                places[node] = .slot(slot)
            case .function(let function, let operands):
                guard operandsDone else {
                    stack.append((node, true))
                    for index in (0..<operands.count).reversed() { stack.append((operands[index], false)) }
                    continue
                }
                let inputs = (0..<operands.count).compactMap { places[operands[$0]] }
                // Released first: a result may take the place of its own operand.
                for index in 0..<operands.count { release(operands[index]) }
                let slot = freeSlots.popLast() ?? newSlot()
                program.call(function, inputs: inputs, outputs: [slot])
                places[node] = .slot(slot)
                callCount += 1
            }
        }
    }

    private mutating func release(_ node: Int) {
        uses[node] -= 1
        guard uses[node] == 0, case .function = graph.nodes[node], case .slot(let slot)? = places[node] else { return }
        freeSlots.append(slot)
    }

    private mutating func newSlot() -> Int {
        defer { slotCount += 1 }
        return slotCount
    }
}
