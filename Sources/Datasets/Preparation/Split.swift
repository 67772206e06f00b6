/// A random division of rows into two parts.
public struct Split: Sendable, Equatable {
    /// The rows to learn from, in random order.
    public let training: [Int]
    /// The rows to judge by, in random order.
    public let test: [Int]

    /// Divides rows by a generator.
    ///
    /// - Parameters:
    ///   - rowCount: how many rows there are.
    ///   - testFraction: the share of rows to judge by; their number is rounded up, as scikit-learn does.
    public init(rowCount: Int, testFraction: Double = 0.2, random: inout RandomStream) {
        let order = random.permutation(count: rowCount)
        // 0.2 · n can come out a rounding error above a whole number, which must not cost a row.
        let exact = Double(rowCount) * testFraction
        let nearest = exact.rounded()
        let testCount = abs(exact - nearest) < 1e-9 * Double(max(rowCount, 1)) ? Int(nearest) : Int(exact.rounded(.up))
        let clamped = min(max(testCount, 0), rowCount)
        test = Array(order.prefix(clamped))
        training = Array(order.dropFirst(clamped))
    }
}
