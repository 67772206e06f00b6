import Datasets

/// The columns of a table that a network takes.
public struct FeatureMatching: Sendable {
    /// The columns in the network's order.
    public let features: Table<Float>
    /// Whether columns were taken by their place, as the table has no names of its own.
    public let isByPosition: Bool
    /// Columns that the network does not take.
    public let unused: [String]

    /// Finds columns by name, wherever they stand. A table without names of its own (`x0`, `x1`, …) that has exactly as
    /// many columns as the network takes is matched by place where names do not match.
    ///
    /// A name that the file gives to several columns is none to find one by, unless the network takes all of them, as one
    /// does that was trained with such a file.
    public init(_ table: Table<Float>, for network: TrainedNetwork, file: String) throws(MissingFeatures) {
        let places = Dictionary(table.columnNames.enumerated().map { ($1, $0) }) { first, _ in first }
        let found = network.featureNames.map { places[$0] }
        let missing = zip(network.featureNames, found).filter { $0.1 == nil }.map(\.0)
        let wanted = Set(network.featureNames)
        if let name = network.featureNames.first(where: { !wanted.isSuperset(of: table.repeatedNames[$0]) }) {
            throw MissingFeatures(
                file: file, missing: [], expectedCount: network.featureNames.count, found: table.columnNames,
                foundCount: table.columnCount, repeated: name)
        }
        let isUnnamed = table.columnNames == Table<Float>.defaultColumnNames(count: table.columnCount)
        if missing.isEmpty {
            let columns = found.compactMap(\.self)
            isByPosition = false
            let taken = Set(columns)
            unused = table.columnNames.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
            features = columns == Array(0..<table.columnCount) ? table : table.selecting(columns, names: network.featureNames)
        } else if isUnnamed, table.columnCount == network.featureNames.count {
            isByPosition = true
            unused = []
            features = table
        } else {
            throw MissingFeatures(
                file: file, missing: missing, expectedCount: network.featureNames.count,
                found: isUnnamed ? nil : table.columnNames, foundCount: table.columnCount)
        }
    }
}

extension Table<Float> {
    /// Some columns, in an order.
    fileprivate func selecting(_ columns: [Int], names: [String]) -> Table {
        var selected: [Float] = []
        selected.reserveCapacity(rowCount * columns.count)
        for row in 0..<rowCount { for column in columns { selected.append(self[row, column]) } }
        return Table(columnNames: names, values: selected) ?? self
    }
}

/// A table lacks columns that a network takes.
public struct MissingFeatures: Error, Hashable, Sendable, CustomStringConvertible {
    /// The table's file.
    public let file: String
    /// The network's features that it does not have.
    public let missing: [String]
    /// How many the network takes.
    public let expectedCount: Int
    /// The table's columns; `nil` where it has no names of its own.
    public let found: [String]?
    /// How many columns the table has.
    public let foundCount: Int
    /// A feature's name that several columns have; `nil` where that is not what is wrong.
    public var repeated: String?

    public var description: String {
        if let repeated {
            return "\(file): several columns have the name '\(repeated)', that of one of the model's features. "
                + "Give each column a name of its own."
        }
        let lacking = "\(missing.count) of the model's \(expectedCount) features: \(Self.list(missing))"
        guard let found else {
            return "\(file): has \(foundCount.counted("column")) without names, and lacks \(lacking). "
                + "Give the columns names (a header), or exactly the features in the model's order."
        }
        return "\(file): lacks \(lacking). It has \(Self.list(found)). Name the columns as the model's data did."
    }

    private static func list(_ names: [String]) -> String {
        names.count <= 8 ? names.joined(separator: ", ") : names.prefix(7).joined(separator: ", ") + ", …"
    }
}
