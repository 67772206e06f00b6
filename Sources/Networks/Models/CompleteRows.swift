import Datasets

/// The rows of a table with missing values (NaN) that a network can take.
public struct CompleteRows: Sendable {
    /// The features, without gaps.
    public let features: Table<Float>
    /// Which of the table's rows these are.
    public let rows: [Int]
    /// How many values were filled.
    public let filledCount: Int

    /// Fills gaps with what the network knows as each feature's mean, so that a row's prediction does not depend on the other
    /// rows, or leaves their rows out.
    ///
    /// - Parameters:
    ///   - features: the network's features, in its order.
    ///   - file: where they come from, for errors.
    /// - Throws: where no row remains.
    public init(
        _ features: Table<Float>, of file: String, for network: TrainedNetwork, isFilling: Bool
    ) throws(DatasetError) {
        guard features.values.contains(where: \.isNaN) else {
            self.features = features
            rows = Array(0..<features.rowCount)
            filledCount = 0
            return
        }
        var values: [Float] = []
        if isFilling {
            let means = network.standardization.means.map { Float($0) }
            var filled = 0
            values.reserveCapacity(features.values.count)
            for row in 0..<features.rowCount {
                for (value, mean) in zip(features.row(row), means) {
                    if value.isNaN { filled += 1 }
                    values.append(value.isNaN ? mean : value)
                }
            }
            rows = Array(0..<features.rowCount)
            filledCount = filled
        } else {
            rows = (0..<features.rowCount).filter { !features.row($0).contains(where: \.isNaN) }
            for row in rows { values += features.row(row) }
            filledCount = 0
        }
        guard let table = Table(columnNames: features.columnNames, values: values), table.rowCount > 0 else {
            throw DatasetError(file: file, problem: .allDropped(rows: features.rowCount))
        }
        self.features = table
    }
}
