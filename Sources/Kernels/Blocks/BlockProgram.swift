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
        /// The function to call, or −1 − k for the sum of kind k.
        let function: Int32
        let operands: Int32
    }

    /// The functions that steps may call, all of one type.
    public let functions: [BlockFunction]
    /// The kinds of sums over rows that steps may take, of the same type.
    public let rowSums: [RowSum]
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
    /// The constants by slot.
    private(set) var constants: [Int: Double] = [:]

    /// An empty program.
    public init(_ precision: Precision, functions: [BlockFunction], rowSums: [RowSum], columnCount: Int) {
        precondition(functions.allSatisfy { $0.precision == precision }, "functions must be of one type")
        precondition(rowSums.allSatisfy { $0.single.precision == precision }, "sums must be of one type")
        self.precision = precision
        self.functions = functions
        self.rowSums = rowSums
        self.columnCount = columnCount
    }

    /// Lets a slot hold a constant for the whole run, instead of the one that it held before. No step may write to it.
    public mutating func hold(_ value: Double, in slot: Int) {
        precondition(slot >= 0)
        slotCount = max(slotCount, slot + 1)
        constants[slot] = value
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

    /// Adds a sum over all rows of one of the program's kinds. Sums come out in the order in which they are added.
    public mutating func sum(of inputs: [Operand], kind: Int = 0) {
        precondition(inputs.count == rowSums[kind].inputCount)
        steps.append(Step(function: Int32(-1 - kind), operands: Int32(operands.count)))
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
