import Formulas
import Lanes

/// Columns of equal length at fixed addresses, each beginning at a cache line: what block programs read.
///
/// Immutable once made; any number of threads may read at once.
public final class ColumnStore: Sendable {
    /// The type of the numbers.
    public let precision: Precision
    /// How many rows each column has.
    public let rowCount: Int
    /// How many columns there are.
    public let columnCount: Int
    /// Bytes from one column's beginning to the next one's.
    private let stride: Int
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer

    /// Copies columns, all as long as the first.
    public init<Value: LaneFloat>(_ columns: [[Value]]) {
        precision = Value.precision
        rowCount = columns.first?.count ?? 0
        columnCount = columns.count
        // An odd number of lines between columns keeps them from falling into the same sets of a cache.
        stride = ((rowCount * MemoryLayout<Value>.size + 63) / 64 | 1) * 64
        start = .allocate(byteCount: max(1, stride * columnCount), alignment: 64)
        for (index, column) in columns.enumerated() {
            precondition(column.count == rowCount, "columns must be equally long")
            column.withUnsafeBytes { bytes in
                if let source = bytes.baseAddress {
                    (start + index * stride).copyMemory(from: source, byteCount: bytes.count)
                }
            }
        }
    }

    deinit { start.deallocate() }

    /// The bytes taken.
    public var byteCount: Int { stride * columnCount }

    /// A copy of a column. The column must be there, and the type be that of the numbers.
    public func column<Value: LaneFloat>(_ index: Int, as type: Value.Type = Value.self) -> [Value] {
        precondition((0..<columnCount).contains(index) && type.precision == precision)
        return Array(UnsafeRawBufferPointer(start: base(index), count: rowCount * MemoryLayout<Value>.size).bindMemory(to: type))
    }

    /// Where a column begins; good for `rowCount` numbers while the store lives. The column must be there.
    func base(_ column: Int) -> UnsafeRawPointer { UnsafeRawPointer(start + column * stride) }
}

extension Precision {
    /// Bytes of one number.
    var byteCount: Int {
        switch self {
        case .float: MemoryLayout<Float>.size
        case .double: MemoryLayout<Double>.size
        }
    }
}
