import Dispatch
import Foundation
import Synchronization

/// Reads text tables block by block: while one block is read and uncompressed, those before it are parsed on the
/// other cores.
struct TextTableReader<Scalar: ParsedScalar>: RowReader {
    let layout: TableLayout
    private let path: String
    private let cutter: BlockCutter
    /// What was read in looking for the layout: nothing but the first row follows its start.
    private let firstBlock: TextBlock
    /// Lines passed in blocks already dealt with.
    private var linesPassed: Int

    /// Passes blank lines and comments, and the header if there is one.
    init(
        _ source: sending ByteSource, label: LabelColumn?, missing: MissingFields, blockSize: Int = 512 << 10
    ) throws(DatasetError) {
        path = source.path
        cutter = BlockCutter(source, blockSize: blockSize)
        guard let found = try Self.findLayout(cutter, path: path) else { throw DatasetError(file: path, problem: .empty) }
        layout = try found.layout.with(label: label, missing: missing, file: path)
        firstBlock = found.block
        linesPassed = found.linesPassed
    }

    mutating func read(
        into consumer: inout some RowConsumer<Scalar>, observer: ReadingObserver
    ) throws(DatasetError) {
        var round = Round([firstBlock])
        let roundSize = 2 * min(max(1, ProcessInfo.processInfo.activeProcessorCount), 8)
        while !round.blocks.isEmpty || round.failure != nil {
            let (parsed, next) = parse(round, nextSize: roundSize)
            for (block, text) in zip(parsed, round.blocks) {
                consumer.append(block)
                cutter.recycle(text)
                if consumer.isSatisfied { return }
                if let failure = block.failure {
                    throw DatasetError(
                        file: path, line: linesPassed + failure.line, column: failure.column, problem: failure.problem)
                }
                linesPassed += block.lineCount
            }
            if let failure = round.failure {
                throw DatasetError(file: path, line: linesPassed + 1, problem: failure.problem)
            }
            try observer.report(bytesRead: cutter.consumed)
            round = next
        }
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
    private func parse(_ round: Round, nextSize: Int) -> (parsed: [ParsedBlock<Scalar>], next: Round) {
        let parsed = Mutex([ParsedBlock<Scalar>?](repeating: nil, count: round.blocks.count))
        let next = Mutex(Round())
        DispatchQueue.concurrentPerform(iterations: round.blocks.count + 1) { [cutter, layout] task in
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

    /// - Returns: the layout, the block with the first row at its start and the number of lines before it, or `nil` for
    ///   a file without any row.
    private static func findLayout(
        _ cutter: BlockCutter, path: String
    ) throws(DatasetError) -> (layout: TableLayout, block: TextBlock, linesPassed: Int)? {
        var linesPassed = 0
        var isFirst = true
        while var block = try cutter.next() {
            // No text has zeros, and nearly all that is named by mistake has one soon.
            if isFirst, block.bytes[block.start..<min(block.end, block.start + 4096)].contains(0) {
                throw DatasetError(file: path, problem: .noTable(reason: "it has bytes that are in no text"))
            }
            isFirst = false
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
                let (layout, isHeader) = try TableLayout.detect(line: line, file: path, lineNumber: linesPassed + 1)
                if isHeader {
                    block.start = lineEnd + 1
                    linesPassed += 1
                }
                return (layout, block, linesPassed)
            }
            cutter.recycle(block)
        }
        return nil
    }
}
