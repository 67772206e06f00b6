/// Which column holds the label.
public enum LabelColumn: Hashable, Sendable {
    /// The first column.
    case first
    /// The last column.
    case last
    /// The column at an index from 0.
    case index(Int)
    /// The column with a name.
    case name(String)

    /// Reads `first`, `last`, an index from 0, or else a name.
    public init(_ text: String) {
        switch text {
        case "first": self = .first
        case "last": self = .last
        default: self = Int(text).map(LabelColumn.index) ?? .name(text)
        }
    }

    /// The column's index among names.
    func index(in names: [String], repeated: RepeatedNames = RepeatedNames(), file: String) throws(DatasetError) -> Int {
        let found: Int?
        let wanted: String
        switch self {
        case .first: (found, wanted) = (0, "first")
        case .last: (found, wanted) = (names.count - 1, "last")
        case .index(let index): (found, wanted) = (names.indices.contains(index) ? index : nil, "\(index)")
        case .name(let name):
            try repeated.requireOne(name, file: file)
            (found, wanted) = (names.firstIndex(of: name), "\"\(name)\"")
        }
        guard let found else {
            throw DatasetError(file: file, problem: .noSuchColumn(wanted: wanted, columns: names))
        }
        guard names.count > 1 else { throw DatasetError(file: file, problem: .noFeatures) }
        return found
    }
}
