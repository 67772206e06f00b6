import Lanes

/// Points in chunks that can be made in any order, the same ones each time.
public protocol PointSource<Value>: Sendable {
    /// The type of the coordinates.
    associatedtype Value: LaneFloat
    /// How many points there are.
    var count: Int { get }
    /// How many chunks they come in.
    var chunkCount: Int { get }
    /// The points of a chunk: one column of coordinates for each variable.
    func columns(ofChunk index: Int) -> [[Value]]
}

/// How many points a chunk has: enough that kernels run at full speed, few enough that its columns stay in a cache and are too
/// small for the allocator to ask the system for each anew.
private let chunkLength = 1 << 13

extension PointSource {
    /// The chunks that so many points make.
    static func chunks(_ count: Int) -> Int { (count + chunkLength - 1) / chunkLength }

    /// The points of a chunk, by their numbers.
    func range(ofChunk index: Int) -> Range<Int> { index * chunkLength..<min(count, (index + 1) * chunkLength) }
}

/// Every nth Float in the order of its bits, from 0 through the subnormals to infinity and NaN, of both signs.
public struct FloatSweep: PointSource {
    /// The distance of neighbours; 1 for all 2³² Floats.
    public let stride: Int

    /// A sweep with a stride of at least 1.
    public init(stride: Int) { self.stride = max(1, stride) }

    public var count: Int { ((1 << 32) + stride - 1) / stride }
    public var chunkCount: Int { Self.chunks(count) }

    public func columns(ofChunk index: Int) -> [[Float]] {
        [range(ofChunk: index).map { Float(bitPattern: UInt32(truncatingIfNeeded: $0 &* stride)) }]
    }
}
