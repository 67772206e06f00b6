/// One row of the paper's table (A. Hajbi, arXiv 2601.10740), as `Published.csv` has it.
public struct PublishedFigures: Hashable, Sendable, Codable {
    /// A mean over the paper's three seeds, and their population standard deviation.
    public struct Figure: Hashable, Sendable, Codable {
        /// The mean.
        public let mean: Double
        /// The deviation.
        public let deviation: Double
    }

    /// The data set.
    public let set: ExperimentSet
    /// The model's name.
    public let model: String
    /// The share of test labels that are hit.
    public let accuracy: Figure
    /// The area under the receiver operating characteristic.
    public let areaUnderROC: Figure
    /// The network's size.
    public let parameterCount: Int
    /// The paper's E_param.
    public let parameterEfficiency: Double

    /// The whole table.
    public static let table: [PublishedFigures] = String(decoding: PackageResources.Published_csv, as: UTF8.self)
        .split(separator: "\n").dropFirst().compactMap(PublishedFigures.init(line:))

    /// A set's and model's row; `nil` where the paper has none.
    public static func figures(_ set: ExperimentSet, model: String) -> PublishedFigures? {
        table.first { $0.set == set && $0.model == model }
    }

    private init?(line: Substring) {
        let fields = line.split(separator: ",").map(String.init)
        let numbers = fields.dropFirst(2).compactMap(Double.init)
        guard fields.count == 8, numbers.count == 6, let set = ExperimentSet(rawValue: fields[0]) else { return nil }
        self.set = set
        model = fields[1]
        accuracy = Figure(mean: numbers[0], deviation: numbers[1])
        areaUnderROC = Figure(mean: numbers[2], deviation: numbers[3])
        parameterCount = Int(numbers[4])
        parameterEfficiency = numbers[5]
    }
}
