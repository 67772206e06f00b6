/// What is wrong with the bytes of a safetensors file, or with what is asked of them.
public enum SafetensorsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file ends within the 8 bytes that state the header's length.
    case noHeader(bytes: Int)
    /// The header does not begin as each does.
    case noSafetensors
    /// The header claims to be longer than any header is.
    case headerTooLong(bytes: UInt64, limit: Int)
    /// The file ends within the header.
    case truncatedHeader(bytes: Int, present: Int)
    /// The header is not JSON of the form that is expected.
    case malformedHeader(reason: String)
    /// Two entries of the header have one name, or an entry has more than the format knows.
    case repeatedName
    /// A tensor's elements are of a type that is not read.
    case unknownType(tensor: String, type: String)
    /// A tensor's size is beyond what a number of bytes can be, or a dimension is negative.
    case impossibleShape(tensor: String)
    /// A tensor's bytes are not as many as its shape and type take.
    case wrongSize(tensor: String, bytes: Int, expected: Int)
    /// A tensor's bytes do not begin where those before it end: they overlap, or leave a gap.
    case misplaced(tensor: String, offset: Int, expected: Int)
    /// The data end before or after the last tensor's.
    case wrongLength(bytes: Int, expected: Int)
    /// There is no tensor of a name.
    case missing(tensor: String)
    /// A tensor is of another type than wanted.
    case wrongType(tensor: String, type: SafetensorsType, expected: SafetensorsType)
    /// A tensor is of another shape than wanted.
    case wrongShape(tensor: String, shape: [Int], expected: [Int])

    /// The fault in one clause.
    public var description: String {
        switch self {
        case .noHeader(let bytes): "has \(bytes) bytes, not even the 8 of a header's length"
        case .noSafetensors: "does not begin as safetensors files do"
        case .headerTooLong(let bytes, let limit): "states a header of \(bytes) bytes; \(limit) are the most there can be"
        case .truncatedHeader(let bytes, let present): "ends after \(present) of the header's \(bytes) bytes"
        case .malformedHeader(let reason): "has a header that is no safetensors header (\(reason))"
        case .repeatedName: "has a header that gives one name twice, or names that the format does not know"
        case .unknownType(let tensor, let type): "has elements of type \(type) in the tensor '\(tensor)', which are not read"
        case .impossibleShape(let tensor): "states an impossible shape for the tensor '\(tensor)'"
        case .wrongSize(let tensor, let bytes, let expected):
            "has \(bytes) bytes for the tensor '\(tensor)', whose shape takes \(expected)"
        case .misplaced(let tensor, let offset, let expected):
            "places the tensor '\(tensor)' at byte \(offset) of the data instead of \(expected), where those before it end"
        case .wrongLength(let bytes, let expected): "has \(bytes) bytes of data where its header states \(expected)"
        case .missing(let tensor): "has no tensor '\(tensor)'"
        case .wrongType(let tensor, let type, let expected):
            "has the tensor '\(tensor)' of type \(type.rawValue), not \(expected.rawValue)"
        case .wrongShape(let tensor, let shape, let expected): "has the tensor '\(tensor)' of shape \(shape), not \(expected)"
        }
    }
}
