import Synchronization

/// A piece of text that ends with a newline, with bytes to spare behind it.
struct TextBlock: Sendable {
    /// The text, then at least `padding` bytes that are not part of it.
    var bytes: [UInt8]
    /// Where the text begins.
    var start: Int
    /// Where the text ends; the byte before is a newline.
    var end: Int

    /// How far a parser may look beyond the end.
    static let padding = 16
}

/// Cuts a file's bytes into blocks of whole lines. May be used by several threads, which then get a block each.
final class BlockCutter: Sendable {
    /// A longer line is an error: it would have to stand in memory whole.
    static let longestLine = 16 << 20

    private let path: String
    private let blockSize: Int
    private let state: Mutex<State>

    private struct State {
        let source: ByteSource
        /// What was read beyond the last newline.
        var rest: [UInt8] = []
        var isAtEnd = false
        /// Buffers of parsed blocks, to be filled again.
        var spareBuffers: [[UInt8]] = []
    }

    /// Reads a source in blocks of a size in bytes, larger where a line is.
    init(_ source: sending ByteSource, blockSize: Int) {
        self.path = source.path
        self.blockSize = blockSize
        self.state = Mutex(State(source: source))
    }

    /// How many of the file's bytes were read, before they were uncompressed.
    var consumed: Int { state.withLock { $0.source.file.consumed } }

    /// Takes back a buffer that is no longer needed.
    func recycle(_ block: TextBlock) {
        guard block.bytes.count == blockSize + TextBlock.padding else { return }
        state.withLock { $0.spareBuffers.append(block.bytes) }
    }

    /// The next block, or `nil` at the file's end. A last line without a newline is given one.
    func next() throws(DatasetError) -> TextBlock? {
        try state.withLock { (state) throws(DatasetError) in try next(&state) }
    }

    private func next(_ state: inout State) throws(DatasetError) -> TextBlock? {
        guard !state.isAtEnd else { return nil }
        var capacity = max(blockSize, state.rest.count + 1)
        var bytes = state.spareBuffers.popLast() ?? []
        if bytes.count < capacity + TextBlock.padding {
            bytes = [UInt8](repeating: 0, count: capacity + TextBlock.padding)
        }
        var filled = state.rest.count
        bytes.replaceSubrange(0..<filled, with: state.rest)
        state.rest.removeAll(keepingCapacity: true)
        while true {
            let searched = filled
            filled += try state.source.read(into: &bytes, from: filled, count: capacity - filled)
            if filled < capacity {
                state.isAtEnd = true
                guard filled > 0 else { return nil }
                if bytes[filled - 1] != .newline {
                    bytes[filled] = .newline
                    filled += 1
                }
                return TextBlock(bytes: bytes, start: 0, end: filled)
            }
            if let newline = bytes[searched..<filled].lastIndex(of: .newline) {
                state.rest.append(contentsOf: bytes[newline + 1..<filled])
                return TextBlock(bytes: bytes, start: 0, end: newline + 1)
            }
            guard capacity < Self.longestLine else {
                throw DatasetError(file: path, problem: .lineTooLong(limit: Self.longestLine))
            }
            capacity = min(2 * capacity, Self.longestLine)
            bytes.append(contentsOf: repeatElement(0, count: capacity + TextBlock.padding - bytes.count))
        }
    }
}
