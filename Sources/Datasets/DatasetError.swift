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
        /// A folder stands where a file is to be written.
        case folderInPlace
        /// The file has more bytes than one of its kind may have.
        case tooLarge(limit: Int)
        /// The bytes are not those of a table.
        case noTable(reason: String)
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
        /// Several columns have the name asked for.
        case ambiguousColumn(name: String, count: Int)
        /// A file with one column has no features beside the label.
        case noFeatures
        /// The labels are not two classes. `values` are the first distinct ones found.
        case unclearPositiveClass(values: [Float], isComplete: Bool)
        /// All rows have the same label.
        case oneClass(label: Float, rows: Int)
        /// A regression has nothing to tell, as all rows have the same label.
        case constantLabel(label: Float, rows: Int)
        /// No row has the label of the positive class.
        case noPositiveRow(positive: Float, rows: Int)
        /// A NumPy file of a kind that is not read.
        case unsupportedArray(reason: String)
        /// Every row lacks a value and was left out.
        case allDropped(rows: Int)
        /// A column has no value from which others could be filled.
        case noValues(column: String)
        /// There are not as many columns as the data set is known to have.
        case unexpectedShape(dataset: String, expected: Int, found: Int)
        /// A folder has none of the files that hold a data set.
        case absentDataset(name: String, files: [String])
        /// A label is no whole number, as a class must be.
        case labelNotWhole(value: Float, row: Int)
        /// There are more classes than a caller allows.
        case tooManyClasses(limit: Int)
        /// The server has no such file, or does not give it.
        case refusedDownload(status: Int)
        /// A download failed.
        case undownloadable(reason: String)
        /// A downloaded file is not the one that was expected.
        case unexpectedContent(expected: String, found: String)
        /// Another file stands where one is to be fetched to.
        case otherFile
        /// Fetching was cancelled.
        case fetchInterrupted(bytes: Int, part: String)
        /// Reading was cancelled.
        case cancelled
        /// Writing was cancelled.
        case writingCancelled
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
        case .unreadable(let reason): "cannot be read: \(reason.withoutStop)"
        case .unwritable(let reason): "cannot be written: \(reason.withoutStop)"
        case .directory: "is a folder, not a file"
        case .folderInPlace: "cannot be written: it is a folder"
        case .tooLarge(let limit): "has more than \(limit) bytes, the most that are read of such a file"
        case .noTable(let reason): "is no table: \(reason)"
        case .empty: "holds no row of data"
        case .truncatedCompression: "the compressed data end too early"
        case .damagedCompression(let reason): "the compressed data are damaged (\(reason))"
        case .lineTooLong(let limit): "the line is longer than \(limit) bytes"
        case .missingValue(let text): text.isEmpty ? "the field is empty" : "the field has no value (\(text))"
        case .notFinite(let text): "\(text) is not a finite number of this type"
        case .notNumeric(let text): "\"\(text)\" is not a number"
        case .raggedRow(let expected, let found):
            "the line has \(found.counted("field")) where the first has \(expected)"
        case .unclearHeader(let text): "the first line has numbers, and also \"\(text)\", which is none"
        case .noSuchColumn(let wanted, let columns):
            "there is no column \(wanted); there are \(columns.count): \(columns.abbreviated(limit: 8))"
        case .ambiguousColumn(let name, let count): "\(count.counted("column")) have the name \"\(name)\""
        case .noFeatures: "there is only one column, so no feature stands beside the label"
        case .unclearPositiveClass(let values, let isComplete):
            "the labels have \(isComplete ? "\(values.count)" : "more than \(values.count)") different values ("
                + values.map(\.shortestText).joined(separator: ", ") + (isComplete ? ")" : ", …)")
        case .oneClass(let label, let rows):
            "there is one class only: the label of \(Self.each(of: rows)) is \(label.shortestText)"
        case .constantLabel(let label, let rows):
            "there is nothing to predict: the label of \(Self.each(of: rows)) is \(label.shortestText)"
        case .noPositiveRow(let positive, let rows):
            "none of the \(rows.counted("label")) is \(positive.shortestText), the positive class"
        case .unsupportedArray(let reason): reason
        case .allDropped(let rows): "\(Self.each(of: rows)) lacks a value"
        case .noValues(let column): "the column \(column) has no value at all"
        case .unexpectedShape(let dataset, let expected, let found):
            "it has \(found.counted("column")) where \(dataset) has \(expected)"
        case .absentDataset(let name, let files):
            "the folder does not hold \(name): none of \(files.joined(separator: ", ")) is there"
        case .labelNotWhole(let value, let row): "the label \(value.shortestText) in row \(row) is no whole number"
        case .tooManyClasses(let limit): "the labels have more than \(limit) different values"
        case .refusedDownload(let status): "the download failed: the server answered \(status)"
        case .undownloadable(let reason): "the download failed: \(reason)"
        case .unexpectedContent(let expected, let found): "the file's SHA-256 is \(found) where \(expected) was expected"
        case .otherFile: "is there, but is not the public file"
        case .fetchInterrupted: "fetching was interrupted"
        case .cancelled: "reading was interrupted"
        case .writingCancelled: "writing was interrupted"
        case .tooFewRows(let rows, let needed): "it has \(rows.counted("row")) where at least \(needed) are needed"
        }
    }

    private static func each(of rows: Int) -> String { rows == 1 ? "its only row" : "every one of its \(rows) rows" }

    /// What the user can do.
    public var remedy: String {
        switch self {
        case .unreadable: "Check the path and its permissions"
        case .unwritable: "Check the folder, its permissions and the space left"
        case .directory: "Name the file in it"
        case .tooLarge: "Check the path"
        case .folderInPlace: "Name a file, in it or elsewhere"
        case .noTable:
            "Tables are text in UTF-8 (CSV or TSV), or NumPy's .npy and .npz; text and .npy may be compressed with gzip"
        case .empty: "Give a file with at least one line of numbers"
        case .truncatedCompression, .damagedCompression: "Fetch or compress the file again"
        case .lineTooLong: "Check that lines end in a newline and that the file is text"
        case .missingValue: "Fill it in, or say what to do about missing values (--missing drop or --missing mean)"
        case .notFinite: "Correct the field or remove the row"
        case .notNumeric: "Correct the field, or remove the column: only numbers are read"
        case .raggedRow: "Correct the line"
        case .unclearHeader: "Correct the field, or name every column in the header"
        case .noSuchColumn: "Name one of these, or first, last or an index from 0"
        case .ambiguousColumn: "Give each column a name of its own, or name a label by its index from 0"
        case .noFeatures: "Check the separator: comma, tab and semicolon are recognised"
        case .unclearPositiveClass: "Say which value is the positive class (--positive VALUE)"
        case .oneClass: "Choose another label column (--label), or take rows of both classes (--sample draws them from all)"
        case .constantLabel: "Choose another label column (--label), or take rows with other labels"
        case .noPositiveRow: "Choose another positive class (--positive VALUE) or label column (--label)"
        case .unsupportedArray:
            "Save it again as one- or two-dimensional arrays of plain numbers, in C order (numpy.ascontiguousarray)"
        case .allDropped: "Fill values in, or use --missing mean"
        case .noValues: "Remove the column"
        case .unexpectedShape: "Give the original file"
        case .absentDataset(let name, _): "Name the folder that has one, or fetch it: formulac data fetch \(name)"
        case .labelNotWhole: "Classes are whole numbers: choose another label column (--label), or train for regression"
        case .tooManyClasses: "Choose another label column (--label), or train for regression"
        case .refusedDownload: "Check the address, or give another (--from URL)"
        case .undownloadable: "Try again: what has arrived is kept and not fetched twice"
        case .unexpectedContent: "The download was removed: try again, or another address (--from URL)"
        case .otherFile: "Choose another folder (--data-dir), or remove the file"
        case .fetchInterrupted(let bytes, let part): "The \(bytes) bytes that have arrived stand in \(part): fetch again to go on"
        case .cancelled, .writingCancelled: "Start again"
        case .tooFewRows: "Give more rows"
        }
    }
}

extension String {
    /// The text without the stop at its end, to stand within a sentence.
    public var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension Array where Element == String {
    /// The elements in one line, with the middle left out beyond a limit.
    func abbreviated(limit: Int) -> String {
        guard count > limit, limit > 1, let last else { return joined(separator: ", ") }
        return prefix(limit - 1).joined(separator: ", ") + ", …, " + last
    }
}
