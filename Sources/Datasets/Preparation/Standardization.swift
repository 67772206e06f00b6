/// Mean and spread of each column, to bring columns to mean 0 and standard deviation 1.
public struct Standardization: Hashable, Sendable {
    /// Each column's mean.
    public let means: [Double]
    /// Each column's population standard deviation, or 1 for a column with one value only.
    public let deviations: [Double]

    /// Takes over known figures, as from a model file.
    ///
    /// - Returns: `nil` when there is not one deviation above 0 for each mean.
    public init?(means: [Double], deviations: [Double]) {
        guard means.count == deviations.count, deviations.allSatisfy({ $0 > 0 }) else { return nil }
        self.means = means
        self.deviations = deviations
    }

    /// Measures some of a table's rows.
    ///
    /// Sums are taken in Double, squares about the mean, so that a large mean costs no digits.
    public init(measuring rows: [Int], of table: Table<Float>) {
        let width = table.columnCount
        let count = Double(max(rows.count, 1))
        var sums = [Double](repeating: 0, count: width)
        table.addRows(rows, to: &sums) { value, _ in value }
        let means = sums.map { $0 / count }
        var squares = [Double](repeating: 0, count: width)
        table.addRows(rows, to: &squares) { value, column in
            let difference = value - means[column]
            return difference * difference
        }
        self.means = means
        // Rounding leaves a constant column's deviation at most this far from 0 (as scikit-learn judges it).
        self.deviations = zip(squares, means).map { square, mean in
            let variance = square / count
            let noise = count * Double.ulpOfOne * variance + (count * mean * Double.ulpOfOne) * (count * mean * Double.ulpOfOne)
            return variance <= noise ? 1 : variance.squareRoot()
        }
    }

    /// Some of a table's rows, standardised, row after row.
    public func apply(to rows: [Int], of table: Table<Float>) -> [Float] {
        let width = table.columnCount
        var result = [Float](repeating: 0, count: rows.count * width)
        let source = table.values.span
        var target = result.mutableSpan
        let means = means.span
        let deviations = deviations.span
        var written = 0
        for row in rows {
            let start = row * width
            for column in 0..<width {
                target[written] = Self.standardized(source[start + column], means[column], deviations[column])
                written += 1
            }
        }
        return result
    }

    /// One column of some of a table's rows, standardised.
    public func apply(to rows: [Int], column: Int, of table: Table<Float>) -> [Float] {
        let (mean, deviation) = (means[column], deviations[column])
        return rows.map { Self.standardized(table[$0, column], mean, deviation) }
    }

    /// Computed in Double and rounded once.
    @inline(__always)
    private static func standardized(_ value: Float, _ mean: Double, _ deviation: Double) -> Float {
        Float((Double(value) - mean) / deviation)
    }
}

extension Table<Float> {
    /// Adds a function of each value to its column's sum.
    @inline(__always)
    fileprivate func addRows(_ rows: [Int], to sums: inout [Double], _ transform: (Double, Int) -> Double) {
        let source = values.span
        let width = columnCount
        for row in rows {
            let start = row * width
            for column in 0..<width { sums[column] += transform(Double(source[start + column]), column) }
        }
    }
}
