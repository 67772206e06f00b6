import Formulas

/// The two floating-point types that lane programs compute with.
public protocol LaneFloat: BinaryFloatingPoint, Sendable, LosslessStringConvertible {
    /// The unsigned integer of the same width.
    associatedtype Bits: FixedWidthInteger & UnsignedInteger & Sendable
    /// The signed integer of the same width.
    associatedtype SignedBits: FixedWidthInteger & SignedInteger & Sendable

    /// The type as `Precision` names it.
    static var precision: Precision { get }
    /// The number's bits.
    var laneBits: Bits { get }
    /// The number with given bits.
    init(laneBits: Bits)
}

extension Float: LaneFloat {
    public typealias SignedBits = Int32
    public static var precision: Precision { .float }
    public var laneBits: UInt32 { bitPattern }
    public init(laneBits: UInt32) { self.init(bitPattern: laneBits) }
}

extension Double: LaneFloat {
    public typealias SignedBits = Int64
    public static var precision: Precision { .double }
    public var laneBits: UInt64 { bitPattern }
    public init(laneBits: UInt64) { self.init(bitPattern: laneBits) }
}
