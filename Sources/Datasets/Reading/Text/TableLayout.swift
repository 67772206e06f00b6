import Foundation

/// How a text table is built: what separates its fields, which columns it has, which one is the label.
struct TableLayout: Sendable {
    /// The byte between two fields.
    let separator: UInt8
    /// The columns' names, the label's among them.
    let columnNames: [String]
    /// The columns of names that the file gives to several.
    let repeatedNames: RepeatedNames
    /// The label's index, or `nil` where all columns are features.
    var labelColumn: Int?
    /// What becomes of fields without a value.
    var missing = MissingFields.refused

    /// Takes a file's own names, which are made distinct.
    init(separator: UInt8, columnNames: [String]) {
        self.separator = separator
        self.columnNames = Self.distinct(columnNames)
        repeatedNames = RepeatedNames(given: columnNames, distinct: self.columnNames)
    }

    var columnCount: Int { columnNames.count }
    var featureCount: Int { labelColumn == nil ? columnCount : columnCount - 1 }

    /// The same columns with a label among them, and with a way to meet missing values.
    func with(label: LabelColumn?, missing: MissingFields, file: String) throws(DatasetError) -> TableLayout {
        var layout = self
        if let label { layout.labelColumn = try label.index(in: columnNames, repeated: repeatedNames, file: file) }
        layout.missing = missing
        return layout
    }

    /// The features' names.
    var featureNames: [String] {
        var names = columnNames
        if let labelColumn { names.remove(at: labelColumn) }
        return names
    }
}

extension TableLayout {
    /// Finds the layout from a file's first line that is neither blank nor a comment.
    ///
    /// The line is a header when none of its fields is a number, and data when all are; a field without a value counts
    /// as data, so that the row's reader reports it.
    ///
    /// - Parameters:
    ///   - line: the line without its newline.
    ///   - place: the file and line for errors.
    /// - Returns: the layout and whether the line is a header.
    static func detect(
        line: ArraySlice<UInt8>, file: String, lineNumber: Int
    ) throws(DatasetError) -> (TableLayout, isHeader: Bool) {
        let separator = detectSeparator(line)
        let fields = split(line, separator: separator)
        let kinds = fields.map(FieldKind.init)
        if let name = kinds.firstIndex(of: .name) {
            guard !kinds.contains(.number) else {
                throw DatasetError(
                    file: file, line: lineNumber, column: name + 1, problem: .unclearHeader(text: fields[name]))
            }
            return (TableLayout(separator: separator, columnNames: fields), true)
        }
        let names = Table<Float>.defaultColumnNames(count: fields.count)
        return (TableLayout(separator: separator, columnNames: names), false)
    }

    /// The first of tab, comma and semicolon that stands in a line outside quotes; comma where none does.
    private static func detectSeparator(_ line: ArraySlice<UInt8>) -> UInt8 {
        var found: Set<UInt8> = []
        var isQuoted = false
        for byte in line {
            if byte == .quote { isQuoted.toggle() } else if !isQuoted { found.insert(byte) }
        }
        return [UInt8.tab, UInt8(ascii: ","), UInt8(ascii: ";")].first(where: found.contains) ?? UInt8(ascii: ",")
    }

    /// A line's fields without surrounding spaces and quotes; a doubled quote within quotes is one.
    static func split(_ line: ArraySlice<UInt8>, separator: UInt8) -> [String] {
        var fields: [[UInt8]] = [[]]
        var isQuoted = false
        for byte in line where byte != .carriageReturn {
            if byte == .quote { isQuoted.toggle() }
            if byte == separator, !isQuoted { fields.append([]) } else { fields[fields.count - 1].append(byte) }
        }
        return fields.map { bytes in
            let trimmed = bytes.trimmingSpaces()
            guard trimmed.count > 1, trimmed.first == .quote, trimmed.last == .quote else {
                return String(decoding: trimmed, as: UTF8.self)
            }
            let inner = String(decoding: trimmed.dropFirst().dropLast(), as: UTF8.self)
            return inner.replacing("\"\"", with: "\"")
        }
    }

    /// The names with numbers added to those that came before or are empty, so that each names one column.
    static func distinct(_ names: [String]) -> [String] {
        var used: Set<String> = []
        return names.enumerated().map { index, name in
            let wanted = name.isEmpty ? "x\(index)" : name
            var candidate = wanted
            var suffix = 2
            while !used.insert(candidate).inserted {
                candidate = "\(wanted)_\(suffix)"
                suffix += 1
            }
            return candidate
        }
    }
}

/// What a field of the first line looks like.
private enum FieldKind: Equatable {
    case number, missing, name

    init(_ field: String) {
        let text = field.trimmingCharacters(in: .whitespaces)
        if text.isEmpty || MissingWords.contains(text) {
            self = .missing
        } else {
            self = Double(text) == nil || text.lowercased().contains("x") ? .name : .number
        }
    }
}

extension Collection<UInt8> {
    /// The bytes without spaces, tabs and carriage returns at either end.
    func trimmingSpaces() -> [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte == .space || byte == .tab || byte == .carriageReturn }
        return Array(Array(drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
    }
}
