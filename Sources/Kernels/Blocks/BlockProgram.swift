import Formulas

/// A sequence of calls of compiled functions over columns, run block of rows by block of rows.
///
/// This is how many expressions with common parts are evaluated without compiling any of them: one call for each operator,
/// whose operands and result are blocks that stay in the cache. Build it step by step, then `sums` runs it.
public struct BlockProgram: Sendable {
    /// What a step reads.
    public enum Operand: Hashable, Sendable {
        /// A column of the data.
        case column(Int)
        /// A block that an earlier step wrote, or that holds a constant.
        case slot(Int)
    }

    /// One step; its inputs and then its outputs stand in `operands` from an index on.
    struct Step {
        /// The function to call, or −1 for a sum.
        let function: Int32
        let operands: Int32
    }

    /// The functions that steps may call, all of one type.
    public let functions: [BlockFunction]
    /// The sum over rows that steps may take.
    public let rowSum: RowSum
    /// The type of the numbers.
    public let precision: Precision
    /// How many columns the data must have at least.
    public let columnCount: Int
    /// How many blocks of working memory a thread takes.
    public private(set) var slotCount = 0
    /// How many sums the program gives.
    public private(set) var sumCount = 0

    private(set) var steps: [Step] = []
    /// Column c is c, slot s is `columnCount` + s.
    private(set) var operands: [Int32] = []
    private(set) var constants: [(slot: Int, value: Double)] = []

    /// An empty program.
    public init(functions: [BlockFunction], rowSum: RowSum, columnCount: Int) {
        precision = rowSum.single.precision
        precondition(functions.allSatisfy { [precision] in $0.precision == precision }, "functions must be of one type")
        self.functions = functions
        self.rowSum = rowSum
        self.columnCount = columnCount
    }

    /// Lets a slot hold a constant for the whole run. No step may write to it.
    public mutating func hold(_ value: Double, in slot: Int) {
        precondition(slot >= 0)
        slotCount = max(slotCount, slot + 1)
        constants.append((slot, value))
    }

    /// Adds a call of a function. A slot that is written may be one that is read.
    ///
    /// - Parameters:
    ///   - inputs: as many as the function takes.
    ///   - outputs: the slots that it writes, as many as it gives.
    public mutating func call(_ function: Int, inputs: [Operand], outputs: [Int]) {
        let callee = functions[function]
        precondition(inputs.count == callee.inputCount && outputs.count == callee.outputCount)
        steps.append(Step(function: Int32(function), operands: Int32(operands.count)))
        for input in inputs { append(input) }
        for output in outputs { append(.slot(output)) }
    }

    /// Adds the sum over all rows of the program's `rowSum`. Sums come out in the order in which they are added.
    public mutating func sum(of inputs: [Operand]) {
        precondition(inputs.count == rowSum.inputCount)
        steps.append(Step(function: -1, operands: Int32(operands.count)))
        for input in inputs { append(input) }
        sumCount += 1
    }

    private mutating func append(_ operand: Operand) {
        switch operand {
        case .column(let column):
            precondition((0..<columnCount).contains(column), "there is no such column")
            operands.append(Int32(column))
        case .slot(let slot):
            precondition(slot >= 0)
            slotCount = max(slotCount, slot + 1)
            operands.append(Int32(columnCount + slot))
        }
    }
}
