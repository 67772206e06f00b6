/// A message in the wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), as ONNX files are
/// written in.
///
/// A writer of four kinds of fields is all that they take. The code that swift-protobuf would generate from `onnx.proto`
/// has thousands of lines, and its library would be one more dependency.
struct ProtocolBuffer {
    private(set) var bytes: [UInt8] = []

    /// A whole number, also that of an enumeration. Negative ones take ten bytes.
    mutating func append(_ field: Int, _ value: Int) {
        appendKey(field, wireType: 0)
        appendVariableLength(UInt64(bitPattern: Int64(value)))
    }

    /// A number of 32 bits.
    mutating func append(_ field: Int, _ value: Float) {
        appendKey(field, wireType: 5)
        for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32(index)))) }
    }

    /// Bytes.
    mutating func append(_ field: Int, _ value: [UInt8]) {
        appendKey(field, wireType: 2)
        appendVariableLength(UInt64(value.count))
        bytes += value
    }

    /// A text.
    mutating func append(_ field: Int, _ value: String) { append(field, Array(value.utf8)) }

    /// Another message.
    mutating func append(_ field: Int, _ fill: (inout ProtocolBuffer) -> Void) {
        var message = ProtocolBuffer()
        fill(&message)
        append(field, message.bytes)
    }

    private mutating func appendKey(_ field: Int, wireType: Int) { appendVariableLength(UInt64(field << 3 | wireType)) }

    /// Seven bits a byte, the lowest first; all but the last byte have their highest bit set.
    private mutating func appendVariableLength(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
