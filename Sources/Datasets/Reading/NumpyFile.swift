/// NumPy's array files, format versions 1 to 3 (NumPy enhancement proposal 1): float32 and float64, one or two
/// dimensions, C order, little endian.
enum NumpyFile {
    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// A longer header is not one of a plain array.
    private static let longestHeader = 64 << 10

    /// Whether a file begins as an array file does.
    static func isArray(path: String) throws(DatasetError) -> Bool {
        var bytes = [UInt8](repeating: 0, count: magic.count)
        let source = try ByteSource(path: path)
        // A damaged file is reported by whoever reads on.
        guard let count = try? source.read(into: &bytes, from: 0, count: bytes.count) else { return false }
        return count == bytes.count && bytes == magic
    }

    /// What an array file's header says.
    struct Header: Equatable {
        /// Whether numbers are float64, else float32.
        var isDouble: Bool
        var rowCount: Int
        var columnCount: Int

        /// The header's text and all that precedes the numbers, padded to a multiple of 64 bytes.
        var encoded: [UInt8] {
            let text =
                "{'descr': '\(isDouble ? "<f8" : "<f4")', 'fortran_order': False, 'shape': (\(rowCount), \(columnCount)), }"
            let length = 10 + text.utf8.count + 1
            let padding = (64 - length % 64) % 64
            let headerLength = UInt16(text.utf8.count + padding + 1)
            return magic + [1, 0, UInt8(headerLength & 0xFF), UInt8(headerLength >> 8)] + Array(text.utf8)
                + [UInt8](repeating: .space, count: padding) + [.newline]
        }
    }

    /// Reads an array's rows in pieces.
    static func readRows<Scalar: ParsedScalar>(
        path: String, label: LabelColumn?, selection: RowSelection
    ) throws(DatasetError) -> TableRows<Scalar> {
        let source = try ByteSource(path: path)
        let header = try readHeader(source, path: path)
        var layout = TableLayout(
            separator: 0, columnNames: Table<Scalar>.defaultColumnNames(count: header.columnCount))
        layout.labelColumn = try label.map { (label) throws(DatasetError) in
            try label.index(in: layout.columnNames, file: path)
        }
        var collector = RowCollector<Scalar>(selection: selection, layout: layout)
        let numberSize = header.isDouble ? 8 : 4
        let rowsInPiece = max(1, (1 << 20) / (numberSize * header.columnCount))
        var bytes = [UInt8](repeating: 0, count: rowsInPiece * header.columnCount * numberSize)
        var rowsRead = 0
        while rowsRead < header.rowCount, !collector.isSatisfied {
            let rows = min(rowsInPiece, header.rowCount - rowsRead)
            let size = rows * header.columnCount * numberSize
            guard try source.read(into: &bytes, from: 0, count: size) == size else {
                throw DatasetError(
                    file: path, problem: .unsupportedArray(reason: "the array ends before its \(header.rowCount) rows do"))
            }
            collector.append(
                try decode(bytes, rows: rows, rowsBefore: rowsRead, header: header, layout: layout, path: path))
            rowsRead += rows
        }
        return try TableRows(&collector, layout: layout, file: path)
    }

    private static func decode<Scalar: ParsedScalar>(
        _ bytes: [UInt8], rows: Int, rowsBefore: Int, header: Header, layout: TableLayout, path: String
    ) throws(DatasetError) -> ParsedBlock<Scalar> {
        var parsed = ParsedBlock<Scalar>()
        parsed.rowCount = rows
        parsed.features.reserveCapacity(rows * layout.featureCount)
        let raw = bytes.span.bytes
        for row in 0..<rows {
            for column in 0..<header.columnCount {
                let value: Scalar = number(raw, at: row * header.columnCount + column, isDouble: header.isDouble)
                guard value.isFinite else {
                    throw DatasetError(
                        file: path, line: rowsBefore + row + 1, column: column + 1,
                        problem: .notFinite(text: value.shortestText))
                }
                if column == layout.labelColumn { parsed.labels.append(value) } else { parsed.features.append(value) }
            }
        }
        return parsed
    }

    private static func number<Scalar: ParsedScalar>(_ raw: borrowing RawSpan, at index: Int, isDouble: Bool) -> Scalar {
        if isDouble {
            let bits = raw.unsafeLoadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
            return Scalar(Double(bitPattern: UInt64(littleEndian: bits)))
        }
        let bits = raw.unsafeLoadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        return Scalar(Float(bitPattern: UInt32(littleEndian: bits)))
    }

    private static func readHeader(_ source: ByteSource, path: String) throws(DatasetError) -> Header {
        func unsupported(_ reason: String) -> DatasetError {
            DatasetError(file: path, problem: .unsupportedArray(reason: reason))
        }
        func bytes(_ count: Int) throws(DatasetError) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            guard try source.read(into: &bytes, from: 0, count: count) == count else {
                throw unsupported("the array's header ends too early")
            }
            return bytes
        }
        let version = try bytes(8)[6]
        guard (1...3).contains(version) else { throw unsupported("array format version \(version) is not known") }
        let lengthBytes = try bytes(version == 1 ? 2 : 4)
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= longestHeader else { throw unsupported("the array's header is too long") }
        let text = String(decoding: try bytes(length), as: UTF8.self)
        return try parseHeader(text, unsupported: unsupported)
    }

    private static func parseHeader(
        _ text: String, unsupported: (String) -> DatasetError
    ) throws(DatasetError) -> Header {
        guard let type = text.firstMatch(of: /'descr':\s*'([^']*)'/)?.1,
            let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
            let shapeText = text.firstMatch(of: /'shape':\s*\(([0-9, ]*)\)/)?.1
        else { throw unsupported("the array's header is not that of a plain array") }
        guard type == "<f4" || type == "<f8" else { throw unsupported("the array's numbers are of type \(type)") }
        let shape = shapeText.split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
        guard shape.count == 1 || shape.count == 2 else { throw unsupported("the array has \(shape.count) dimensions") }
        let columnCount = shape.count == 2 ? shape[1] : 1
        guard columnCount > 0, shape[0] > 0, columnCount <= 1 << 24 else {
            throw unsupported("the array has the shape (\(shapeText))")
        }
        guard order == "False" || shape.count == 1 || columnCount == 1 || shape[0] == 1 else {
            throw unsupported("the array is in Fortran order")
        }
        return Header(isDouble: type == "<f8", rowCount: shape[0], columnCount: columnCount)
    }
}
