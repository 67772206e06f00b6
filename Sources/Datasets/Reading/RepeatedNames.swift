/// Names that a file gives to several columns. The columns after the first have a number behind the name, so that each can be
/// told from the others; by the name alone none can be meant.
public struct RepeatedNames: Hashable, Sendable {
    /// The columns of each such name, in order, as they are called in the table.
    private var columns: [String: [String]] = [:]

    /// No such name.
    public init() {}

    /// Compares a file's names with those that were made of them.
    init(given: [String], distinct: [String]) {
        for (name, column) in zip(given, distinct) where !name.isEmpty { columns[name, default: []].append(column) }
        columns = columns.filter { $0.value.count > 1 }
    }

    /// The columns that a name is that of, where there are several; otherwise none.
    public subscript(name: String) -> [String] { columns[name] ?? [] }

    /// Refuses a name by which a column is to be found, where it is that of several.
    public func requireOne(_ name: String, file: String) throws(DatasetError) {
        guard self[name].isEmpty else {
            throw DatasetError(file: file, problem: .ambiguousColumn(name: name, count: self[name].count))
        }
    }
}
