import Foundation

/// Reads a table of numbers from a file.
///
/// A NumPy array (`.npy`, float32 or float64 in C order) or text: fields separated by comma, tab or semicolon, a header or none,
/// numbers in quotes or not, lines ending in LF or CRLF. Blank lines and lines that begin with `#` are passed over.
/// Either may be compressed with gzip. What the file is shows in its first bytes; its name does not matter.
///
/// Text is streamed and parsed on all cores. Peak memory is the resulting table and at most 64 MiB more. A field
/// without a finite number is an error that names file, line and field; nothing is ever filled in.
public struct TableReader: Sendable {
    /// The file.
    public let path: String
    /// The rows to take.
    public let rows: RowSelection

    /// A reader for a file.
    public init(path: String, rows: RowSelection = .all) {
        self.path = path
        self.rows = rows
    }

    /// Reads all columns as Float numbers.
    public func readTable(as scalar: Float.Type = Float.self) throws(DatasetError) -> Table<Float> {
        let result: TableRows<Float> = try readRows(label: nil)
        return Table(uncheckedColumnNames: result.layout.columnNames, values: result.features)
    }

    /// Reads all columns as Double numbers.
    public func readTable(as scalar: Double.Type) throws(DatasetError) -> Table<Double> {
        let result: TableRows<Double> = try readRows(label: nil)
        return Table(uncheckedColumnNames: result.layout.columnNames, values: result.features)
    }

    /// Reads one column as labels and all others as features.
    public func readDataset(label: LabelColumn) throws(DatasetError) -> Dataset {
        let result: TableRows<Float> = try readRows(label: label)
        let features = Table(uncheckedColumnNames: result.layout.featureNames, values: result.features)
        let labelName = result.layout.labelColumn.map { result.layout.columnNames[$0] } ?? ""
        return Dataset(source: path, uncheckedFeatures: features, labelName: labelName, labels: result.labels)
    }

    private func readRows<Scalar: ParsedScalar>(label: LabelColumn?) throws(DatasetError) -> TableRows<Scalar> {
        if try NumpyFile.isArray(path: path) {
            return try NumpyFile.readRows(path: path, label: label, selection: rows)
        }
        var reader = try TextTableReader<Scalar>(path: path, label: label, selection: rows)
        return try reader.read()
    }
}

/// The rows taken from a file, and what their columns are.
struct TableRows<Scalar: ParsedScalar> {
    let layout: TableLayout
    let features: [Scalar]
    let labels: [Scalar]

    /// What a collector kept.
    init(_ collector: inout RowCollector<Scalar>, layout: TableLayout, file: String) throws(DatasetError) {
        guard collector.rowCount > 0 else { throw DatasetError(file: file, problem: .empty) }
        self.layout = layout
        (features, labels) = collector.takeRows()
    }
}
