/// The formats that tables are written in.
public enum TableFormat: Hashable, Sendable {
    /// Text with a header, comma-separated, numbers as short as reads back to the same.
    case commaSeparated
    /// NumPy's array file, two dimensions, C order; names are not kept.
    case numpy

    /// The format that a file name stands for: `.npy`, also before `.gz`, or else text.
    public init(path: String) {
        let name = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
        self = name.hasSuffix(".npy") ? .numpy : .commaSeparated
    }
}

extension Table {
    /// Writes the table, whole or not at all, compressed where the name ends in `.gz`.
    ///
    /// - Parameters:
    ///   - format: by default the one that the name stands for.
    ///   - isCancelled: asked now and then, at the beginning too, whether to end with the error `.writingCancelled`.
    public func write(
        to path: String, format: TableFormat? = nil, isCancelled: () -> Bool = { false }
    ) throws(DatasetError) {
        let file = try AtomicFile(path: path)
        func goOn() throws(DatasetError) {
            if isCancelled() { throw DatasetError(file: path, problem: .writingCancelled) }
        }
        switch format ?? TableFormat(path: path) {
        case .commaSeparated: try writeText(to: file, goOn)
        case .numpy: try writeNumpy(to: file, goOn)
        }
        try file.commit()
    }

    private func writeText(to file: AtomicFile, _ goOn: () throws(DatasetError) -> Void) throws(DatasetError) {
        var lineCount = 0
        try forEachLine { line throws(DatasetError) in
            if lineCount.isMultiple(of: 1 << 10) { try goOn() }
            lineCount += 1
            try file.write(line + "\n")
        }
    }

    /// Gives the table as comma-separated text to a function, line by line: the names, then each row.
    public func forEachLine<Failure: Error>(_ body: (String) throws(Failure) -> Void) throws(Failure) {
        try body(columnNames.map(\.commaSeparatedField).joined(separator: ","))
        var line = ""
        for row in 0..<rowCount {
            line.removeAll(keepingCapacity: true)
            for column in 0..<columnCount {
                if column > 0 { line += "," }
                line += self[row, column].shortestText
            }
            try body(line)
        }
    }

    private func writeNumpy(to file: AtomicFile, _ goOn: () throws(DatasetError) -> Void) throws(DatasetError) {
        let element: NumpyHeader.Element = MemoryLayout<Scalar>.size == 8 ? .double : .float
        try file.write(NumpyHeader(element: element, rowCount: rowCount, columnCount: columnCount).encoded)
        for start in stride(from: 0, to: values.count, by: 1 << 16) {
            try goOn()
            let piece = values[start..<min(start + 1 << 16, values.count)]
            // Numbers stand in memory as the header says: all processors that Swift compiles for are little-endian.
            try file.write(piece.withUnsafeBytes(Array.init))
        }
    }
}

extension String {
    /// The text as a field: in quotes where it holds what would end the field, or could be taken for a number.
    fileprivate var commaSeparatedField: String {
        let needsQuotes = contains { "\",;\t\n\r#".contains($0) } || Double(self) != nil
        return needsQuotes ? "\"" + replacing("\"", with: "\"\"") + "\"" : self
    }
}
