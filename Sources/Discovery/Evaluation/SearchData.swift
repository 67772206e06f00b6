import Datasets
import Kernels

/// What a search sees of a data set: some of its rows, standardised, column by column, and one number to find for each.
public struct SearchData: Sendable {
    /// The features' names in the data set.
    public let featureNames: [String]
    /// How many rows there are.
    public let rowCount: Int
    /// The loss that the targets are made for.
    public let loss: ScoreLoss
    /// The mean and deviation that features were brought to 0 and 1 by.
    public let standardization: Standardization
    /// The labels as given: 0 and 1, or the numbers of a regression.
    public let labels: [Float]
    /// The features, then the targets.
    let columns: ColumnStore

    /// How many features there are.
    public var featureCount: Int { featureNames.count }

    /// Takes rows of a data set, standardised by their own mean and deviation.
    ///
    /// - Parameters:
    ///   - rows: the rows, in the order in which they are used; all of them if left out.
    ///   - labels: one number for each row of the whole data set: 0 or 1 for the log-loss.
    public init(
        _ dataset: Dataset, rows: [Int]? = nil, labels: [Float], loss: ScoreLoss
    ) throws(DiscoveryError) {
        let rows = rows ?? Array(0..<dataset.rowCount)
        guard rows.count >= 2 else {
            throw .data(DatasetError(file: dataset.source, problem: .tooFewRows(rows: rows.count, needed: 2)))
        }
        let table = dataset.features
        standardization = Standardization(measuring: rows, of: table)
        let values = standardization.apply(to: rows, of: table)
        let chosen = rows.map { labels[$0] }
        let width = table.columnCount
        let features = (0..<width).map { column in
            stride(from: column, to: values.count, by: width).map { values[$0] }
        }
        columns = ColumnStore(features + [chosen.map(loss.target)])
        featureNames = table.columnNames
        rowCount = rows.count
        self.loss = loss
        self.labels = chosen
    }

    /// The paper's data: a random share of the rows, for two classes.
    ///
    /// - Parameters:
    ///   - fraction: the share of rows.
    ///   - positive: the positive class; the larger of two if left out.
    ///   - seed: decides which rows.
    public static func sample(
        _ dataset: Dataset, fraction: Double = 0.1, positive: Float? = nil, seed: UInt64
    ) throws(DiscoveryError) -> SearchData {
        guard fraction > 0, fraction <= 1 else {
            throw .setting(name: "the share of rows", value: "\(fraction)", allowed: "above 0 and at most 1")
        }
        let problem = try SearchProblem.binary(dataset, positive: positive)
        return try SearchData(
            dataset, rows: rows(of: dataset, fraction: fraction, seed: seed), labels: problem.labels, loss: problem.loss)
    }

    /// A random share of a data set's rows, in random order.
    public static func rows(of dataset: Dataset, fraction: Double, seed: UInt64) -> [Int] {
        Array(permutation(dataset, seed).prefix(count(dataset, fraction)))
    }

    /// The rows that `rows` of the same fraction and seed leaves, in random order.
    public static func heldOutRows(of dataset: Dataset, fraction: Double, seed: UInt64) -> [Int] {
        Array(permutation(dataset, seed).dropFirst(count(dataset, fraction)))
    }

    private static func permutation(_ dataset: Dataset, _ seed: UInt64) -> [Int] {
        var random = RandomStream(seed: seed).stream(StreamPurpose.rows.rawValue)
        return random.permutation(count: dataset.rowCount)
    }

    private static func count(_ dataset: Dataset, _ fraction: Double) -> Int {
        max(1, Int((Double(dataset.rowCount) * fraction).rounded()))
    }

    /// A feature's standardised values. The feature must be there.
    public func feature(_ index: Int) -> [Float] {
        precondition(index < featureCount)
        return columns.column(index)
    }

    /// A number that differs where any value, label or the loss does (FNV-1a, 64 bits, over the bits of all numbers).
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in 0..<columns.columnCount {
            for value in columns.column(index, as: Float.self) { hash = (hash ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3 }
        }
        return "\(loss.rawValue) \(rowCount)x\(featureCount) \(String(hash, radix: 16))"
    }

    /// The same columns in Double.
    var doubleColumns: ColumnStore {
        ColumnStore((0..<columns.columnCount).map { columns.column($0, as: Float.self).map(Double.init) })
    }
}

/// What random numbers are for; each purpose has a stream of its own under the seed of a search.
enum StreamPurpose: UInt64 {
    case rows = 1
    case generations
    case islands
    case subsamples
}
