import CIsal

/// Uncompresses deflate (RFC 1951), bare or as gzip (RFC 1952), piece by piece; gzip's checksum is checked.
///
/// ISA-L uncompresses about three times as fast as zlib, and one stream can only be uncompressed by one core.
final class InflatedBytes: ByteStream {
    /// What stands around the compressed data.
    enum Wrapper {
        /// Members one after the other, each with header and checksum. Zeros may follow, with which some media fill their
        /// blocks. Anything else is an error: it may be the damaged rest of the data.
        case gzip
        /// Nothing.
        case none
    }

    private let path: String
    private let source: any ByteStream
    private let wrapper: Wrapper
    private var state = inflate_state()
    private var input: [UInt8]
    /// The part of `input` that is still to be uncompressed.
    private var pending = 0..<0
    private var isSourceAtEnd = false

    private static let inputSize = 256 << 10

    /// Uncompresses what a stream has from its present place on.
    init(_ source: any ByteStream, path: String, wrapper: Wrapper) {
        self.path = path
        self.source = source
        self.wrapper = wrapper
        input = [UInt8](repeating: 0, count: Self.inputSize)
        isal_inflate_init(&state)
        state.crc_flag = self.crcFlag
    }

    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        var filled = 0
        while filled < count {
            if pending.isEmpty { try refill() }
            if state.block_state == ISAL_BLOCK_FINISH {
                guard try beginNextMember() else { break }
            }
            let inputBefore = pending.count
            let produced = try inflate(into: &bytes, from: start + filled, count: min(count - filled, 1 << 30))
            filled += produced
            if produced > 0 || state.block_state == ISAL_BLOCK_FINISH { continue }
            if pending.isEmpty, isSourceAtEnd { throw DatasetError(file: path, problem: .truncatedCompression) }
            if !pending.isEmpty, pending.count == inputBefore {
                throw DatasetError(file: path, problem: .damagedCompression(reason: "invalid block"))
            }
        }
        return filled
    }

    private var crcFlag: UInt32 { UInt32(wrapper == .gzip ? ISAL_GZIP : ISAL_DEFLATE) }

    /// Uncompresses as much as there are input and room for.
    private func inflate(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int {
        precondition(start >= 0 && start + count <= bytes.count, "no room for what is uncompressed")
        // Both parts are within their arrays, as just checked and as `refill` leaves `pending`. The library reads and
        // writes within the counts it is given, and its pointers are set anew for each call.
        let status = input.withUnsafeMutableBufferPointer { source in
            bytes.withUnsafeMutableBufferPointer { target in
                state.next_in = source.baseAddress?.advanced(by: pending.lowerBound)
                state.avail_in = UInt32(pending.count)
                state.next_out = target.baseAddress?.advanced(by: start)
                state.avail_out = UInt32(count)
                return isal_inflate(&state)
            }
        }
        pending = pending.upperBound - Int(state.avail_in)..<pending.upperBound
        if status < 0 || status == ISAL_NEED_DICT {
            throw DatasetError(file: path, problem: .damagedCompression(reason: Self.reason(status)))
        }
        return count - Int(state.avail_out)
    }

    /// Steps over the end of a gzip member.
    ///
    /// - Returns: whether another one follows.
    private func beginNextMember() throws(DatasetError) -> Bool {
        guard wrapper == .gzip else { return false }
        if pending.count < 2 { try refill() }
        guard pending.count >= 2, input[pending.lowerBound] == 0x1F, input[pending.lowerBound + 1] == 0x8B else {
            try requireZeros()
            return false
        }
        isal_inflate_reset(&state)
        state.crc_flag = crcFlag
        return true
    }

    /// Reads on to the end, where there is to be nothing but zeros.
    private func requireZeros() throws(DatasetError) {
        while !pending.isEmpty {
            guard input[pending].allSatisfy({ $0 == 0 }) else {
                throw DatasetError(
                    file: path, problem: .damagedCompression(reason: "bytes that are not gzip follow the compressed data"))
            }
            pending = 0..<0
            try refill()
        }
    }

    /// Adds input behind what is pending.
    private func refill() throws(DatasetError) {
        guard !isSourceAtEnd else { return }
        let kept = Array(input[pending])
        input.replaceSubrange(0..<kept.count, with: kept)
        let received = try source.read(into: &input, from: kept.count, count: input.count - kept.count)
        isSourceAtEnd = received < input.count - kept.count
        pending = 0..<kept.count + received
    }

    private static func reason(_ status: Int32) -> String {
        switch status {
        case ISAL_INVALID_BLOCK: "invalid block"
        case ISAL_INVALID_SYMBOL: "invalid code"
        case ISAL_INVALID_LOOKBACK: "invalid distance"
        case ISAL_INVALID_WRAPPER: "invalid gzip header"
        case ISAL_UNSUPPORTED_METHOD: "unknown method"
        case ISAL_INCORRECT_CHECKSUM: "incorrect checksum"
        default: "a dictionary is missing"
        }
    }
}
