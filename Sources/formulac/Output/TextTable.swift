/// Lays out rows in columns of equal width: the first column to the left, numbers to the right.
struct TextTable {
    private var rows: [[String]]

    init(header: [String]) {
        rows = []
        append(header)
    }

    mutating func append(_ row: [String]) { rows.append(row.map { $0.printable(keepingLines: false) }) }

    /// The lines of the table.
    var lines: [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }
    }
}
