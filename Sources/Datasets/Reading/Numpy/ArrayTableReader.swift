/// Reads one NumPy array, or those of an archive beside each other, as a table.
struct ArrayTableReader<Scalar: ParsedScalar>: RowReader {
    let layout: TableLayout
    private let path: String
    private var arrays: [ArrayColumns]
    private let files: [FileBytes]

    /// How many bytes of numbers are decoded at a time.
    private static var pieceSize: Int { 1 << 20 }

    /// A file of one array.
    init(array source: ByteSource, label: LabelColumn?, missing: MissingFields) throws(DatasetError) {
        let plain = source.isPlain ? source.file.size.map { (source.file, 0..<$0) } : nil
        let array = try ArrayColumns(source, plain: plain, name: "", path: source.path)
        try self.init([array], files: [source.file], path: source.path, label: label, missing: missing)
    }

    /// An archive of arrays.
    init(archive source: ByteSource, label: LabelColumn?, missing: MissingFields) throws(DatasetError) {
        let path = source.path
        guard source.isPlain, source.file.size != nil else {
            throw DatasetError(file: path, problem: .unsupportedArray(reason: "an archive is read from a plain file only"))
        }
        let members = try ZipArchive(path: path).members.filter { $0.name.hasSuffix(".npy") }
        var arrays: [ArrayColumns] = []
        var files: [FileBytes] = []
        for member in members {
            let file = try FileBytes(path: path)
            arrays.append(try member.array(in: file))
            files.append(file)
        }
        try self.init(arrays, files: files, path: path, label: label, missing: missing)
    }

    private init(
        _ arrays: [ArrayColumns], files: [FileBytes], path: String, label: LabelColumn?, missing: MissingFields
    ) throws(DatasetError) {
        guard let first = arrays.first else {
            throw DatasetError(file: path, problem: .noTable(reason: "it is a ZIP archive that holds no NumPy array"))
        }
        guard arrays.allSatisfy({ $0.header.rowCount == first.header.rowCount }) else {
            let shapes = arrays.map { "\($0.name) has \($0.header.rowCount)" }.abbreviated(limit: 8)
            throw DatasetError(
                file: path, problem: .unsupportedArray(reason: "the arrays have different numbers of rows (\(shapes))"))
        }
        guard arrays.reduce(0, { $0 + $1.header.columnCount }) <= NumpyHeader.mostColumns else {
            throw DatasetError(file: path, problem: .unsupportedArray(reason: "the arrays have too many columns"))
        }
        let names = arrays.flatMap(\.columnNames)
        layout = try TableLayout(separator: 0, columnNames: names).with(label: label, missing: missing, file: path)
        self.path = path
        self.arrays = arrays
        self.files = files
    }

    mutating func read(into consumer: inout some RowConsumer<Scalar>, observer: ReadingObserver) throws(DatasetError) {
        let rowCount = arrays[0].header.rowCount
        let width = layout.columnCount
        let rowsInPiece = max(1, Self.pieceSize / (MemoryLayout<Scalar>.size * width))
        var values = [Scalar](repeating: 0, count: min(rowsInPiece, rowCount) * width)
        var rowsRead = 0
        while rowsRead < rowCount, !consumer.isSatisfied {
            let rows = min(rowsInPiece, rowCount - rowsRead)
            var column = 0
            for index in arrays.indices {
                try arrays[index].read(rows: rows, into: &values, width: width, column: column)
                column += arrays[index].header.columnCount
            }
            consumer.append(try block(values, rows: rows, rowsBefore: rowsRead))
            rowsRead += rows
            try observer.report(bytesRead: files.reduce(0) { $0 + $1.consumed })
        }
    }

    /// The rows as features and labels, judged as text's would be. A row counts as a line.
    private func block(_ values: [Scalar], rows: Int, rowsBefore: Int) throws(DatasetError) -> ParsedBlock<Scalar> {
        var parsed = ParsedBlock<Scalar>()
        parsed.features.reserveCapacity(rows * layout.featureCount)
        let width = layout.columnCount
        for row in 0..<rows {
            var hasMissing = false
            for column in 0..<width where !values[row * width + column].isFinite {
                let value = values[row * width + column]
                let isMissing = value.isNaN && layout.missing.accepts(label: column == layout.labelColumn)
                guard isMissing else {
                    let problem: DatasetError.Problem =
                        value.isNaN ? .missingValue(text: "nan") : .notFinite(text: value.shortestText)
                    throw DatasetError(file: path, line: rowsBefore + row + 1, column: column + 1, problem: problem)
                }
                hasMissing = true
            }
            if hasMissing, layout.missing == .dropping {
                parsed.droppedRowCount += 1
                continue
            }
            parsed.rowCount += 1
            for column in 0..<width {
                let value = values[row * width + column]
                if column == layout.labelColumn { parsed.labels.append(value) } else { parsed.features.append(value) }
            }
        }
        return parsed
    }
}
