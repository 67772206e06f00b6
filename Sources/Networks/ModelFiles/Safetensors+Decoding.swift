import Foundation

extension Safetensors {
    /// The longest header that is read: that of Python's `safetensors`.
    static let headerLimit = 100_000_000

    /// Whether a file that begins with these bytes may be one: behind the header's length stands the header, in JSON. Of
    /// another file the first bytes would be read as some length or other.
    static func mayBegin(with bytes: [UInt8]) -> Bool { bytes.count <= 8 || bytes[8] == UInt8(ascii: "{") }

    /// Reads a file's bytes.
    ///
    /// Everything is checked before anything is believed: the header's length against the file's, each tensor's shape
    /// against its bytes, and that the tensors fill the data one after another, without gap or overlap.
    public init(decoding bytes: [UInt8]) throws(SafetensorsError) {
        guard bytes.count >= 8 else { throw .noHeader(bytes: bytes.count) }
        guard Self.mayBegin(with: bytes) else { throw .noSafetensors }
        let stated = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << (8 * UInt64($1)) }
        guard stated <= UInt64(Self.headerLimit) else { throw .headerTooLong(bytes: stated, limit: Self.headerLimit) }
        let length = Int(stated)
        guard length <= bytes.count - 8 else { throw .truncatedHeader(bytes: length, present: bytes.count - 8) }
        let header = try SafetensorsHeader(decoding: bytes[8..<8 + length])
        let data = bytes[(8 + length)...]
        self.init(metadata: header.metadata ?? [:])

        var places: [(name: String, type: SafetensorsType, shape: [Int], begin: Int, end: Int)] = []
        for (name, entry) in header.entries {
            guard let type = SafetensorsType(rawValue: entry.dtype) else {
                throw .unknownType(tensor: name, type: entry.dtype)
            }
            guard let count = Tensor.count(entry.shape) else { throw .impossibleShape(tensor: name) }
            let (size, overflows) = count.multipliedReportingOverflow(by: type.size)
            guard !overflows else { throw .impossibleShape(tensor: name) }
            guard entry.data_offsets.count == 2, let begin = entry.data_offsets.first, let end = entry.data_offsets.last,
                begin >= 0, end >= begin
            else { throw .malformedHeader(reason: "\(name): the offsets are not a begin and an end") }
            guard end - begin == size else { throw .wrongSize(tensor: name, bytes: end - begin, expected: size) }
            places.append((name, type, entry.shape, begin, end))
        }
        // A tensor without elements may share its place with another.
        places.sort { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
        var filled = 0
        for place in places {
            guard place.begin == filled else {
                throw .misplaced(tensor: place.name, offset: place.begin, expected: filled)
            }
            filled = place.end
        }
        guard filled == data.count else { throw .wrongLength(bytes: data.count, expected: filled) }
        for place in places {
            let bytes = Array(data[(data.startIndex + place.begin)..<(data.startIndex + place.end)])
            self[place.name] = Tensor(type: place.type, shape: place.shape, bytes: bytes)
        }
    }
}
