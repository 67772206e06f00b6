import Datasets

extension ExperimentSet {
    /// The set as `Datasets` knows it; `nil` for a generated one.
    var preset: DataPreset? { DataPreset.named(rawValue) }

    /// The name of its public file; the set's own name where it is generated.
    public var fileName: String { preset?.download.fileName ?? rawValue }

    /// Reads the rows that the paper takes from the set's file in a folder, plain or gzip.
    ///
    /// - Parameters:
    ///   - rowLimit: the most rows to use.
    ///   - configure: sets the reader's progress and cancellation.
    /// - Returns: `nil` where the folder has no such file, and for a generated set.
    public func read(
        from folder: String, rowLimit: Int? = nil, configure: (inout TableReader) -> Void = { _ in }
    ) throws(DatasetError) -> ExperimentData? {
        guard let preset else { return nil }
        let rows: RowSelection? =
            switch (preset.rows, rowLimit) {
            case (_, nil): nil
            case (.sample(let count), let limit?): .sample(min(count, limit), seed: Self.rowSeed)
            case (.first(let count), let limit?): .first(min(count, limit))
            case (.all, let limit?): .first(limit)
            }
        do {
            let dataset = try preset.load(from: folder, seed: Self.rowSeed, rows: rows, configure: configure)
            return ExperimentData(self, dataset: dataset, positiveLabel: preset.positive, isShortened: rows != nil)
        } catch {
            if case .absentDataset = error.problem { return nil }
            throw error
        }
    }

    /// Makes a generated set; `nil` for the others.
    public func generated(rowCount: Int, seed: UInt64 = ExperimentSet.rowSeed) -> ExperimentData? {
        let data: SyntheticData
        switch self {
        case .physics: data = .physics
        case .ecology: data = .ecology
        default: return nil
        }
        return ExperimentData(
            self, dataset: data.dataset(rowCount: rowCount, seed: seed), positiveLabel: data.positiveValue)
    }

    /// What rows are drawn and made by: the paper's first seed.
    public static let rowSeed: UInt64 = 42
}
