import Kernels

/// A matrix with one row for each unit and one column for each example of a batch, so that a unit's numbers over the
/// batch stand next to each other. Not thread-safe.
final class FeatureMatrix {
    /// How many units there are.
    let unitCount: Int
    /// The distance between two units' first numbers: room for the largest batch, and for what products and reductions
    /// read and write beyond it.
    let stride: Int
    private let buffer: FloatBuffer

    /// A matrix with room for a number of examples.
    init(unitCount: Int, capacity: Int) {
        self.unitCount = unitCount
        // A cache line more, so that units do not all fall on the same lines of the cache.
        stride = Self.padded(capacity) + 16
        buffer = FloatBuffer(count: unitCount * stride)
    }

    /// The whole matrix.
    var start: UnsafeMutablePointer<Float> { buffer.start }

    /// One unit's numbers, `stride` of which are there. The unit must exist.
    @inline(__always)
    func unit(_ index: Int) -> UnsafeMutablePointer<Float> { buffer.start + index * stride }

    /// Columns that a product of so many examples touches.
    private static func padded(_ count: Int) -> Int {
        (count + MatrixProducts.padding - 1) / MatrixProducts.padding * MatrixProducts.padding
    }

    /// Makes a unit's numbers beyond `count` 0 as far as sums over the batch reach. `count` must be within the capacity.
    func clearPadding(unit: Int, count: Int) {
        let end = Self.padded(count)
        if end > count { (self.unit(unit) + count).update(repeating: 0, count: end - count) }
    }

    /// Copies rows of features into columns, one after the other.
    ///
    /// - Parameters:
    ///   - rows: the first row; each has `unitCount` numbers, and no gap follows.
    ///   - indices: which rows, of those that are there; not more than the capacity.
    func transpose(rows: UnsafePointer<Float>, _ indices: some RandomAccessCollection<Int>) {
        let width = unitCount
        var column = 0
        var next = indices.startIndex
        // A cache line's worth of rows at a time, so that lines of the matrix are written whole.
        withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: Self.lineLength) { sources in
            while next != indices.endIndex {
                var length = 0
                while length < Self.lineLength, next != indices.endIndex {
                    sources.initializeElement(at: length, to: rows + indices[next] * width)
                    length += 1
                    indices.formIndex(after: &next)
                }
                for feature in 0..<width {
                    let target = unit(feature) + column
                    for index in 0..<length { target[index] = sources[index][feature] }
                }
                column += length
            }
        }
    }

    private static let lineLength = 16

    /// Whether all numbers of the first `count` examples are at most so large, in size.
    func isBounded(by limit: Float, count: Int) -> Bool {
        (0..<unitCount).allSatisfy { unit in
            let row = self.unit(unit)
            return (0..<count).allSatisfy { abs(row[$0]) <= limit }
        }
    }
}
