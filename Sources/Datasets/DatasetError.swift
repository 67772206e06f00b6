/// What went wrong with a data file, where, and what to do about it.
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as the caller named it.
    public let file: String
    /// The line, from 1, or `nil` where the whole file is at fault.
    public let line: Int?
    /// The field within the line, from 1, or `nil` where the whole line is at fault.
    public let column: Int?
    /// The fault itself.
    public let problem: Problem

    /// Describes a fault.
    public init(file: String, line: Int? = nil, column: Int? = nil, problem: Problem) {
        self.file = file
        self.line = line
        self.column = column
        self.problem = problem
    }

    /// The kinds of fault.
    public enum Problem: Hashable, Sendable {
        /// The system refused to open or read the file.
        case unreadable(reason: String)
        /// The system refused to write the file.
        case unwritable(reason: String)
        /// The path names a folder.
        case directory
        /// There is no row of data.
        case empty
        /// The compressed stream ends too early.
        case truncatedCompression
        /// The compressed stream is damaged.
        case damagedCompression(reason: String)
        /// One line is longer than a reader accepts.
        case lineTooLong(limit: Int)
        /// A field has no value: nothing between the separators, or a word such as `NA`.
        case missingValue(text: String)
        /// A field is a word for NaN or an infinity, or a number beyond the type's range.
        case notFinite(text: String)
        /// A field is no number.
        case notNumeric(text: String)
        /// A line has another number of fields than the first.
        case raggedRow(expected: Int, found: Int)
        /// The first line mixes names and numbers: it is neither a header nor data.
        case unclearHeader(text: String)
        /// The label column asked for does not exist.
        case noSuchColumn(wanted: String, columns: [String])
        /// A file with one column has no features beside the label.
        case noFeatures
        /// The labels are not two classes. `values` are the first distinct ones found.
        case unclearPositiveClass(values: [Float], isComplete: Bool)
        /// All labels, or none, are of the positive class.
        case oneClass(positive: Float, rows: Int, allPositive: Bool)
        /// A NumPy file of a kind that is not read.
        case unsupportedArray(reason: String)
        /// There are too few rows for what was asked.
        case tooFewRows(rows: Int, needed: Int)
    }
}

extension DatasetError {
    /// The place, as `file:line: column n`.
    private var place: String {
        var text = file
        if let line { text += ":\(line)" }
        if let column { text += ": column \(column)" }
        return text
    }

    public var description: String { "\(place): \(problem.summary). \(problem.remedy)." }
}

extension DatasetError.Problem {
    /// The fault in one clause.
    public var summary: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .unwritable(let reason): "cannot be written: \(reason)"
        case .directory: "is a folder, not a file"
        case .empty: "holds no row of data"
        case .truncatedCompression: "the compressed data end too early"
        case .damagedCompression(let reason): "the compressed data are damaged (\(reason))"
        case .lineTooLong(let limit): "the line is longer than \(limit) bytes"
        case .missingValue(let text): text.isEmpty ? "the field is empty" : "the field has no value (\(text))"
        case .notFinite(let text): "\(text) is not a finite number of this type"
        case .notNumeric(let text): "\"\(text)\" is not a number"
        case .raggedRow(let expected, let found):
            "the line has \(found) field\(found == 1 ? "" : "s") where the first has \(expected)"
        case .unclearHeader(let text): "the first line has numbers, and also \"\(text)\", which is none"
        case .noSuchColumn(let wanted, let columns):
            "there is no column \(wanted); there are \(columns.count): \(columns.abbreviated(limit: 8))"
        case .noFeatures: "there is only one column, so no feature stands beside the label"
        case .unclearPositiveClass(let values, let isComplete):
            "the labels have \(isComplete ? "\(values.count)" : "more than \(values.count)") different values ("
                + values.map(\.shortestText).joined(separator: ", ") + (isComplete ? ")" : ", …)")
        case .oneClass(let positive, let rows, let allPositive):
            "\(allPositive ? "every" : "no") label of \(rows) rows is \(positive.shortestText), the positive class"
        case .unsupportedArray(let reason): reason
        case .tooFewRows(let rows, let needed): "there are \(rows) rows where at least \(needed) are needed"
        }
    }

    /// What the user can do.
    public var remedy: String {
        switch self {
        case .unreadable: "Check the path and its permissions"
        case .unwritable: "Check the folder, its permissions and the space left"
        case .directory: "Name the file in it"
        case .empty: "Give a file with at least one line of numbers"
        case .truncatedCompression, .damagedCompression: "Fetch or compress the file again"
        case .lineTooLong: "Check that lines end in a newline and that the file is text"
        case .missingValue, .notFinite: "Fill in or remove the row"
        case .notNumeric: "Correct the field, or remove the column: only numbers are read"
        case .raggedRow: "Correct the line"
        case .unclearHeader: "Correct the field, or name every column in the header"
        case .noSuchColumn: "Name one of these, or first, last or an index from 0"
        case .noFeatures: "Check the separator: comma, tab and semicolon are recognised"
        case .unclearPositiveClass: "Say which value is the positive class (--positive VALUE)"
        case .oneClass: "Choose another positive class (--positive VALUE) or label column (--label)"
        case .unsupportedArray: "Save it again as a one- or two-dimensional array of float32 or float64 in C order"
        case .tooFewRows: "Give more rows"
        }
    }
}

extension Array where Element == String {
    /// The elements in one line, with the middle left out beyond a limit.
    func abbreviated(limit: Int) -> String {
        guard count > limit, limit > 1, let last else { return joined(separator: ", ") }
        return prefix(limit - 1).joined(separator: ", ") + ", …, " + last
    }
}
