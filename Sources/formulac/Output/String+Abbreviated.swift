extension String {
    /// At most so many characters on one line, as a label or a cell of a table.
    func abbreviated(to limit: Int) -> String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > limit ? "\(line.prefix(limit - 1))…" : line
    }
}
