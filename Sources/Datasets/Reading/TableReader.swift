import Foundation

/// Reads a table of numbers from a file.
///
/// Text: fields separated by comma, tab or semicolon, a header or none, numbers in quotes or not, lines ending in LF or
/// CRLF; blank lines and lines that begin with `#` are passed over. A NumPy array (`.npy`) of floating-point numbers,
/// integers or truth values, in one or two dimensions. NumPy's archive of such arrays (`.npz`), of equal length, which
/// stand beside each other as columns. Text and single arrays may be compressed with gzip. What the file is shows in
/// its first bytes; its name does not matter.
///
/// Text is streamed and parsed on all cores. Peak memory is the resulting table and at most 64 MiB more. A field
/// without a finite number is an error that names file, line and field, unless `missing` says what to do about it;
/// an infinity or a word is an error always.
public struct TableReader: Sendable {
    /// The file.
    public let path: String
    /// The rows to take.
    public let rows: RowSelection
    /// What to do about values that are not there.
    public let missing: MissingValuePolicy
    /// Called now and then with how far reading is, on the thread that reads.
    public var progress: (@Sendable (ReadingProgress) -> Void)?
    /// Asked now and then whether to end early, with the error `.cancelled`.
    public var isCancelled: (@Sendable () -> Bool)?

    /// A reader for a file.
    public init(path: String, rows: RowSelection = .all, missing: MissingValuePolicy = .error) {
        self.path = path
        self.rows = rows
        self.missing = missing
    }

    /// Reads all columns as Float numbers.
    public func readTable(as scalar: Float.Type = Float.self) throws(DatasetError) -> Table<Float> {
        try readRows(label: nil).table
    }

    /// Reads all columns as Double numbers.
    public func readTable(as scalar: Double.Type) throws(DatasetError) -> Table<Double> {
        try readRows(label: nil).table
    }

    /// Reads all columns as Float numbers, and missing values as NaN, whatever `missing` says.
    public func readTableWithGaps() throws(DatasetError) -> Table<Float> {
        try readRows(label: nil, fields: .marked(alsoLabels: true)).table
    }

    /// Reads one column as labels and all others as features.
    public func readDataset(label: LabelColumn) throws(DatasetError) -> Dataset {
        let result: TableRows<Float> = try readRows(label: label)
        let labelName = result.layout.labelColumn.map { result.layout.columnNames[$0] } ?? ""
        return Dataset(source: path, uncheckedFeatures: result.table, labelName: labelName, labels: result.labels)
    }

    /// Looks at all of the rows selected without keeping them; missing values are counted, not refused.
    public func summary() throws(DatasetError) -> TableSummary {
        let (source, observer) = try open()
        var reader: any RowReader<Float> = try Self.reader(source, label: nil, missing: .marked(alsoLabels: true))
        var summarizer = TableSummarizer(selection: rows, columnNames: reader.layout.columnNames)
        try reader.read(into: &summarizer, observer: observer)
        guard summarizer.summary.rowCount > 0 else { throw DatasetError(file: path, problem: .empty) }
        return summarizer.summary
    }

    private func readRows<Scalar: ParsedScalar>(
        label: LabelColumn?, fields: MissingFields? = nil
    ) throws(DatasetError) -> TableRows<Scalar> {
        let (source, observer) = try open()
        var reader: any RowReader<Scalar> = try Self.reader(source, label: label, missing: fields ?? missing.fields)
        var collector = RowCollector<Scalar>(selection: rows, layout: reader.layout)
        try reader.read(into: &collector, observer: observer)
        return try TableRows(&collector, layout: reader.layout, file: path, isFilling: fields == nil && missing == .mean)
    }

    private func open() throws(DatasetError) -> (ByteSource, ReadingObserver) {
        let source = try ByteSource(path: path)
        let size = source.file.size
        return (source, ReadingObserver(path: path, byteCount: size, progress: progress, isCancelled: isCancelled))
    }

    /// The reader for what a file's first bytes say that it is.
    private static func reader<Scalar: ParsedScalar>(
        _ source: sending ByteSource, label: LabelColumn?, missing: MissingFields
    ) throws(DatasetError) -> any RowReader<Scalar> {
        let beginning = try source.peek(8)
        if beginning.starts(with: NumpyHeader.magic) {
            return try ArrayTableReader<Scalar>(array: source, label: label, missing: missing)
        }
        if beginning.starts(with: ZipArchive.magic) {
            return try ArrayTableReader<Scalar>(archive: source, label: label, missing: missing)
        }
        return try TextTableReader<Scalar>(source, label: label, missing: missing)
    }
}

/// The rows taken from a file, and what their columns are.
struct TableRows<Scalar: ParsedScalar> {
    let layout: TableLayout
    /// The features, or all columns where there is no label.
    let table: Table<Scalar>
    let labels: [Scalar]

    /// What a collector kept.
    init(
        _ collector: inout RowCollector<Scalar>, layout: TableLayout, file: String, isFilling: Bool
    ) throws(DatasetError) {
        guard collector.rowCount > 0 else {
            let dropped = collector.droppedRowCount
            throw DatasetError(file: file, problem: dropped > 0 ? .allDropped(rows: dropped) : .empty)
        }
        self.layout = layout
        var repairs = MissingValueRepairs()
        repairs.droppedRows = collector.droppedRowCount
        var (features, labels) = collector.takeRows()
        if isFilling { repairs.filledValues = try fillMissing(&features, names: layout.featureNames, file: file) }
        self.labels = labels
        table = Table(
            uncheckedColumnNames: layout.featureNames, values: features, repairs: repairs, repeatedNames: layout.repeatedNames)
    }
}
