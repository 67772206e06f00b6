/// Data made by rule and seed, in the shape of the sets that the paper trains on. For examples and tests: nothing
/// learned from them says anything about the world.
public enum SyntheticData: String, CaseIterable, Sendable {
    /// Collisions, in the columns of UCI's HIGGS: label 0 or 1 first, then 21 measured and 7 derived features.
    case physics
    /// Patches of forest, in the columns of UCI's Covertype: 10 measured and 44 indicator features, then cover type
    /// 1 to 7.
    case ecology

    /// Where the label stands.
    public var labelColumn: LabelColumn {
        switch self {
        case .physics: .first
        case .ecology: .last
        }
    }

    /// The positive class of a task with two classes.
    public var positiveValue: Float {
        switch self {
        case .physics: 1
        case .ecology: 2
        }
    }

    /// What is in it, in one line.
    public var summary: String {
        switch self {
        case .physics: "particle collisions like HIGGS: label, then 28 features"
        case .ecology: "forest patches like Covertype: 54 features, then cover type 1 to 7"
        }
    }

    /// Makes a table, the label among its columns. The same seed gives the same rows, more of them where more are
    /// asked for.
    ///
    /// - Parameter isCancelled: asked now and then whether to stop with the rows that there are.
    public func table(rowCount: Int, seed: UInt64, isCancelled: () -> Bool = { false }) -> Table<Float> {
        var random = RandomStream(seed: seed)
        var values: [Float] = []
        let names = columnNames
        values.reserveCapacity(rowCount * names.count)
        for row in 0..<rowCount {
            if row.isMultiple(of: 1 << 10), isCancelled() { break }
            switch self {
            case .physics: PhysicsEvent(&random).append(to: &values, random: &random)
            case .ecology: ForestPatch(&random).append(to: &values, random: &random)
            }
        }
        return Table(uncheckedColumnNames: names, values: values)
    }

    /// Makes features and labels.
    public func dataset(rowCount: Int, seed: UInt64) -> Dataset {
        let table = table(rowCount: rowCount, seed: seed)
        let label = self == .physics ? 0 : table.columnCount - 1
        var names = table.columnNames
        let labelName = names.remove(at: label)
        var features = table.values
        let labels = table.column(label)
        var index = 0
        features.removeAll { _ in
            defer { index += 1 }
            return index % table.columnCount == label
        }
        return Dataset(
            source: rawValue, uncheckedFeatures: Table(uncheckedColumnNames: names, values: features),
            labelName: labelName, labels: labels)
    }

    private var columnNames: [String] {
        switch self {
        case .physics: PhysicsEvent.columnNames
        case .ecology: ForestPatch.columnNames
        }
    }
}

extension RandomStream {
    /// Whether something with a probability happens.
    mutating func happens(_ probability: Double) -> Bool { uniformDouble() < probability }
}
