/// The element types of tensors that are read and written, by their names in a safetensors header.
public enum SafetensorsType: String, Hashable, Sendable, Codable {
    case float64 = "F64"
    case float32 = "F32"
    case int64 = "I64"
    case uint64 = "U64"

    /// Bytes of one element.
    public var size: Int { self == .float32 ? 4 : 8 }
}

/// A number as a tensor holds it: its bits, least significant byte first.
public protocol SafetensorsElement: Sendable {
    /// The type's name in headers.
    static var safetensorsType: SafetensorsType { get }
    /// The number's bits, in as many low bits as the type has.
    var safetensorsBits: UInt64 { get }
    /// The number of some bits.
    init(safetensorsBits bits: UInt64)
}

extension Float: SafetensorsElement {
    public static var safetensorsType: SafetensorsType { .float32 }
    public var safetensorsBits: UInt64 { UInt64(bitPattern) }
    public init(safetensorsBits bits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: bits)) }
}

extension Double: SafetensorsElement {
    public static var safetensorsType: SafetensorsType { .float64 }
    public var safetensorsBits: UInt64 { bitPattern }
    public init(safetensorsBits bits: UInt64) { self.init(bitPattern: bits) }
}

extension UInt64: SafetensorsElement {
    public static var safetensorsType: SafetensorsType { .uint64 }
    public var safetensorsBits: UInt64 { self }
    public init(safetensorsBits bits: UInt64) { self = bits }
}

extension Int: SafetensorsElement {
    public static var safetensorsType: SafetensorsType { .int64 }
    public var safetensorsBits: UInt64 { UInt64(bitPattern: Int64(self)) }
    public init(safetensorsBits bits: UInt64) { self = Int(truncatingIfNeeded: Int64(bitPattern: bits)) }
}
