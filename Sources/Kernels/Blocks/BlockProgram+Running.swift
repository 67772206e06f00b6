import Dispatch
import Formulas

extension BlockProgram {
    /// Rows of one block. A block of Float numbers takes 4 KiB, so that a dozen stay in a first-level cache of 48 KiB and a
    /// few hundred in a second-level cache of 1 MiB.
    public static var blockRows: Int { 1024 }

    /// Working memory of one thread, in bytes.
    public var workspaceBytes: Int { (slotCount + 1) * Self.blockRows * precision.byteCount }

    /// Runs the program over rows.
    ///
    /// Terms are added in the columns' type within a few rows, then in Double, in an order that the rows alone decide: the
    /// sums have the same bits for any number of threads.
    ///
    /// - Parameters:
    ///   - rows: rows of the store.
    ///   - threads: how many threads may share the work.
    ///   - isCancelled: asked before each block; when it says yes, the sums are those of the blocks done and worthless.
    public func sums(
        over columns: ColumnStore, rows: Range<Int>, threads: Int = 1,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) -> [Double] {
        precondition(columns.precision == precision, "the data are of another type")
        precondition(columns.columnCount >= columnCount, "the data have too few columns")
        precondition(rows.lowerBound >= 0 && rows.upperBound <= columns.rowCount, "the data have too few rows")
        let blockCount = (rows.count + Self.blockRows - 1) / Self.blockRows
        let workers = max(1, min(threads, blockCount))
        var partial = [Double](repeating: 0, count: blockCount * sumCount)
        partial.withUnsafeMutableBufferPointer { partial in
            // Each worker writes the sums of its own blocks, and this call outlasts them.
            nonisolated(unsafe) let partial = partial
            let work = { @Sendable (worker: Int) in
                let run = BlockRun(self, columns)
                for block in stride(from: worker, to: blockCount, by: workers) where !isCancelled() {
                    let start = rows.lowerBound + block * Self.blockRows
                    let sums = UnsafeMutableBufferPointer(rebasing: partial[block * sumCount..<(block + 1) * sumCount])
                    run.run(from: start, count: min(Self.blockRows, rows.upperBound - start), sums: sums)
                }
            }
            if workers == 1 { work(0) } else { DispatchQueue.concurrentPerform(iterations: workers, execute: work) }
        }
        var totals = [Double](repeating: 0, count: sumCount)
        for block in 0..<blockCount {
            for sum in 0..<sumCount { totals[sum] += partial[block * sumCount + sum] }
        }
        return totals
    }
}

/// One thread's working memory for a program. Not thread-safe.
private final class BlockRun {
    private let program: BlockProgram
    private let columns: ColumnStore
    /// Bytes of one number.
    private let size: Int
    /// The slots, then one block for terms of sums.
    private let slots: UnsafeMutableRawPointer
    private let terms: UnsafeMutableRawPointer
    /// The address of each operand in the current block.
    private let addresses: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    /// The arguments of one call.
    private let arguments: UnsafeMutablePointer<UnsafeRawPointer?>
    private let results: UnsafeMutablePointer<UnsafeMutableRawPointer?>

    init(_ program: BlockProgram, _ columns: ColumnStore) {
        self.program = program
        self.columns = columns
        size = program.precision.byteCount
        let block = BlockProgram.blockRows * size
        slots = .allocate(byteCount: program.workspaceBytes, alignment: 64)
        terms = slots + program.slotCount * block
        for (slot, value) in program.constants {
            switch program.precision {
            case .float:
                (slots + slot * block).initializeMemory(as: Float.self, repeating: Float(value), count: BlockProgram.blockRows)
            case .double:
                (slots + slot * block).initializeMemory(as: Double.self, repeating: value, count: BlockProgram.blockRows)
            }
        }
        addresses = .allocate(capacity: program.columnCount + program.slotCount)
        addresses.initialize(repeating: nil, count: program.columnCount + program.slotCount)
        for slot in 0..<program.slotCount { addresses[program.columnCount + slot] = slots + slot * block }
        let most = max(
            1, program.rowSums.map { $0.inputCount * $0.rowsTogether }.max() ?? 1,
            program.functions.map { max($0.inputCount, $0.outputCount) }.max() ?? 1)
        arguments = .allocate(capacity: most)
        arguments.initialize(repeating: nil, count: most)
        results = .allocate(capacity: most)
        results.initialize(repeating: nil, count: most)
    }

    deinit {
        slots.deallocate()
        addresses.deallocate()
        arguments.deallocate()
        results.deallocate()
    }

    /// Runs one block. Every operand was checked when its step was added, rows by the caller: `count` is at most a block,
    /// and the columns have so many rows from `start` on.
    func run(from start: Int, count: Int, sums: UnsafeMutableBufferPointer<Double>) {
        for column in 0..<program.columnCount {
            addresses[column] = UnsafeMutableRawPointer(mutating: columns.base(column) + start * size)
        }
        var sum = 0
        program.operands.withUnsafeBufferPointer { operands in
            program.functions.withUnsafeBufferPointer { functions in
                for step in program.steps {
                    var operand = Int(step.operands)
                    if step.function < 0 {
                        let rowSum = program.rowSums[Int(-1 - step.function)]
                        sums[sum] = self.sum(rowSum, operands[operand..<operand + rowSum.inputCount], count: count)
                        sum += 1
                        continue
                    }
                    let function = Int(step.function)
                    for index in 0..<functions[function].inputCount {
                        arguments[index] = UnsafeRawPointer(addresses[Int(operands[operand])])
                        operand += 1
                    }
                    for index in 0..<functions[function].outputCount {
                        results[index] = addresses[Int(operands[operand])]
                        operand += 1
                    }
                    functions[function].pointer(count, arguments, nil, results)
                }
            }
        }
    }

    /// The sum over one block: `rowsTogether` rows at a time, each from a stretch of the block, and then the rows left.
    private func sum(_ rowSum: RowSum, _ inputs: Slice<UnsafeBufferPointer<Int32>>, count: Int) -> Double {
        let together = rowSum.rowsTogether
        let length = count / together
        let whole = length * together
        var total = 0.0
        var argument = 0
        results[0] = terms
        if length > 0 {
            for input in inputs {
                for row in 0..<together {
                    arguments[argument] = UnsafeRawPointer(addresses[Int(input)]?.advanced(by: row * length * size))
                    argument += 1
                }
            }
            rowSum.together.pointer(length, arguments, nil, results)
            total += sumOfTerms(length)
        }
        if whole < count {
            argument = 0
            for input in inputs {
                arguments[argument] = UnsafeRawPointer(addresses[Int(input)]?.advanced(by: whole * size))
                argument += 1
            }
            rowSum.single.pointer(count - whole, arguments, nil, results)
            total += sumOfTerms(count - whole)
        }
        return total
    }

    private func sumOfTerms(_ count: Int) -> Double {
        switch program.precision {
        case .float: Self.sum(terms.assumingMemoryBound(to: Float.self), count) { SIMD8<Double>($0) }
        case .double: Self.sum(terms.assumingMemoryBound(to: Double.self), count) { $0 }
        }
    }

    /// `count` numbers added up in Double, in eight lanes.
    @inline(__always)
    private static func sum<Value: BinaryFloatingPoint & SIMDScalar>(
        _ numbers: UnsafePointer<Value>, _ count: Int, widened: (SIMD8<Value>) -> SIMD8<Double>
    ) -> Double {
        var lanes = SIMD8<Double>()
        let whole = count & -8
        for start in stride(from: 0, to: whole, by: 8) {
            lanes += widened(UnsafeRawPointer(numbers + start).loadUnaligned(as: SIMD8<Value>.self))
        }
        var total = lanes.sum()
        for index in whole..<count { total += Double(numbers[index]) }
        return total
    }
}
