/// A matrix with one row for each unit and one column for each example of a batch, so that a unit's numbers over the
/// batch stand next to each other.
final class FeatureMatrix {
    /// How many units there are.
    let unitCount: Int
    /// The distance between two units' first numbers.
    let stride: Int
    private let buffer: FloatBuffer

    /// A matrix with room for a number of examples.
    init(unitCount: Int, capacity: Int) {
        self.unitCount = unitCount
        // Whole cache lines, and one more, so that units do not all fall on the same lines of the cache.
        stride = (capacity + 15) / 16 * 16 + 16
        buffer = FloatBuffer(count: unitCount * stride)
    }

    /// The whole matrix.
    var start: UnsafeMutablePointer<Float> { buffer.start }

    /// One unit's numbers, `stride` of which are there. The unit must exist.
    func unit(_ index: Int) -> UnsafeMutablePointer<Float> { buffer.start + index * stride }

    /// Whether all numbers of the first `count` examples are finite.
    func isFinite(count: Int) -> Bool {
        (0..<unitCount).allSatisfy { unit in
            let row = self.unit(unit)
            return (0..<count).allSatisfy { row[$0].isFinite }
        }
    }
}

/// A batch as a layer takes it: rows of features one after another, as data come, or a matrix of units, as layers give.
enum LayerInput {
    /// Examples as rows, each of so many features, without gaps.
    case rows(UnsafePointer<Float>, featureCount: Int)
    /// The units of the layer before.
    case units(FeatureMatrix)
}
