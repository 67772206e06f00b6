import Dispatch
import Foundation
import Synchronization

/// Reads text tables block by block: while one block is read and uncompressed, those before it are parsed on the
/// other cores.
struct TextTableReader<Scalar: ParsedScalar> {
    private let path: String
    private let label: LabelColumn?
    private let selection: RowSelection
    private let cutter: BlockCutter
    /// Lines passed in blocks already dealt with.
    private var linesPassed = 0

    /// Prepares to read a file.
    init(path: String, label: LabelColumn?, selection: RowSelection, blockSize: Int = 512 << 10) throws(DatasetError) {
        self.path = path
        self.label = label
        self.selection = selection
        self.cutter = try BlockCutter(path: path, blockSize: blockSize)
    }

    /// Reads the file. May be called once.
    mutating func read() throws(DatasetError) -> TableRows<Scalar> {
        guard let (layout, firstBlock) = try findLayout() else { throw DatasetError(file: path, problem: .empty) }
        var collector = RowCollector<Scalar>(selection: selection, layout: layout)
        var round = Round([firstBlock])
        let roundSize = 2 * min(max(1, ProcessInfo.processInfo.activeProcessorCount), 8)
        while !round.blocks.isEmpty || round.failure != nil {
            let (parsed, next) = parse(round, layout: layout, nextSize: roundSize)
            for (block, text) in zip(parsed, round.blocks) {
                collector.append(block)
                cutter.recycle(text)
                if collector.isSatisfied { return try TableRows(&collector, layout: layout, file: path) }
                if let failure = block.failure {
                    throw DatasetError(
                        file: path, line: linesPassed + failure.line, column: failure.column, problem: failure.problem)
                }
                linesPassed += block.lineCount
            }
            if let failure = round.failure {
                throw DatasetError(file: path, line: linesPassed + 1, problem: failure.problem)
            }
            round = next
        }
        return try TableRows(&collector, layout: layout, file: path)
    }

    /// Blocks in the file's order, and the fault that ended reading after them.
    private struct Round: Sendable {
        var blocks: [TextBlock] = []
        var failure: DatasetError?

        /// A round of given blocks.
        init(_ blocks: [TextBlock] = []) { self.blocks = blocks }

        /// Reads a round.
        init(size: Int, _ cutter: BlockCutter) {
            do {
                while blocks.count < size, let block = try cutter.next() { blocks.append(block) }
            } catch {
                failure = error
            }
        }
    }

    /// Parses a round's blocks and, at the same time, reads the next round.
    private func parse(
        _ round: Round, layout: TableLayout, nextSize: Int
    ) -> (parsed: [ParsedBlock<Scalar>], next: Round) {
        let parsed = Mutex([ParsedBlock<Scalar>?](repeating: nil, count: round.blocks.count))
        let next = Mutex(Round())
        DispatchQueue.concurrentPerform(iterations: round.blocks.count + 1) { [cutter] task in
            if task > 0 {
                let block = Scalar.parse(round.blocks[task - 1], layout: layout)
                parsed.withLock { $0[task - 1] = block }
            } else if round.failure == nil {
                let read = Round(size: nextSize, cutter)
                next.withLock { $0 = read }
            }
        }
        return (parsed.withLock { $0.compactMap(\.self) }, next.withLock { $0 })
    }

    /// Passes blank lines and comments, and the header if there is one.
    ///
    /// - Returns: the layout and the block with the first row at its start, or `nil` for a file without any.
    private mutating func findLayout() throws(DatasetError) -> (TableLayout, TextBlock)? {
        while var block = try cutter.next() {
            if linesPassed == 0, block.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { block.start = 3 }
            while block.start < block.end {
                let lineEnd = block.bytes[block.start..<block.end].firstIndex(of: .newline) ?? block.end
                let line = block.bytes[block.start..<lineEnd]
                let trimmed = line.trimmingSpaces()
                if trimmed.isEmpty && !line.contains(.tab) || trimmed.first == .hash {
                    block.start = lineEnd + 1
                    linesPassed += 1
                    continue
                }
                var (layout, isHeader) = try TableLayout.detect(line: line, file: path, lineNumber: linesPassed + 1)
                layout.labelColumn = try label.map { (label) throws(DatasetError) in
                    try label.index(in: layout.columnNames, file: path)
                }
                if isHeader {
                    block.start = lineEnd + 1
                    linesPassed += 1
                }
                return (layout, block)
            }
            cutter.recycle(block)
        }
        return nil
    }
}
