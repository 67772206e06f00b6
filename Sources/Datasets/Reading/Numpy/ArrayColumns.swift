/// One array's numbers, read in pieces of rows.
struct ArrayColumns {
    /// The name that an archive gives the array; empty for a file of its own.
    let name: String
    let header: NumpyHeader
    private let path: String
    private let stream: any ByteStream
    /// The file and the place of the first number in it, where the numbers stand there as they are.
    private let plain: (file: FileBytes, offset: Int)?
    private var bytes: [UInt8] = []
    private var rowsRead = 0

    /// Reads an array's header.
    ///
    /// - Parameters:
    ///   - stream: begins with the header.
    ///   - plain: the file, and where the array with its header is in it, if it is not compressed.
    init(
        _ stream: some ByteStream, plain: (file: FileBytes, range: Range<Int>)?, name: String, path: String
    ) throws(DatasetError) {
        let (header, length) = try NumpyHeader.read(stream, path: path)
        self.name = name
        self.header = header
        self.path = path
        self.stream = stream
        self.plain = plain.map { ($0.file, $0.range.lowerBound + length) }
        if let plain, plain.range.count - length < header.byteCount { throw Self.tooShort(header, path: path) }
        guard !header.isColumnMajor || plain != nil else {
            throw DatasetError(
                file: path, problem: .unsupportedArray(reason: "the array is compressed and in Fortran order"))
        }
    }

    /// The names of the columns: the array's own for a vector, else that with the column's index.
    var columnNames: [String] {
        if header.isVector, !name.isEmpty { return [name] }
        return (0..<header.columnCount).map { "\(name.isEmpty ? "x" : name)\($0)" }
    }

    /// Reads the next rows.
    ///
    /// - Parameters:
    ///   - rows: how many; there are as many left.
    ///   - target: gets the numbers, row after row, each row's at a multiple of `width`.
    ///   - column: where this array's columns begin in the target's rows.
    mutating func read<Scalar: ParsedScalar>(
        rows: Int, into target: inout [Scalar], width: Int, column: Int
    ) throws(DatasetError) {
        let size = header.element.size
        let columnCount = header.columnCount
        let length = rows * columnCount * size
        if bytes.count < length { bytes = [UInt8](repeating: 0, count: length) }
        if header.isColumnMajor, let plain {
            for index in 0..<columnCount {
                plain.file.seek(
                    to: plain.offset + (index * header.rowCount + rowsRead) * size, length: rows * size)
                try fill(from: plain.file, at: index * rows * size, count: rows * size)
            }
        } else {
            try fill(from: stream, at: 0, count: length)
        }
        decode(rows: rows, into: &target, width: width, column: column)
        rowsRead += rows
    }

    private func decode<Scalar: ParsedScalar>(rows: Int, into target: inout [Scalar], width: Int, column: Int) {
        let size = header.element.size
        let columnCount = header.columnCount
        // Number `row, index` stands at `row * rowStride + index * columnStride`.
        let (rowStride, columnStride) = header.isColumnMajor ? (size, rows * size) : (columnCount * size, size)
        let raw = bytes.span.bytes
        for row in 0..<rows {
            for index in 0..<columnCount {
                target[row * width + column + index] = number(raw, at: row * rowStride + index * columnStride)
            }
        }
    }

    private mutating func fill(from stream: any ByteStream, at start: Int, count: Int) throws(DatasetError) {
        guard try stream.read(into: &bytes, from: start, count: count) == count else {
            throw Self.tooShort(header, path: path)
        }
    }

    private static func tooShort(_ header: NumpyHeader, path: String) -> DatasetError {
        DatasetError(
            file: path, problem: .unsupportedArray(reason: "the array ends before its \(header.rowCount) rows do"))
    }

    @inline(__always)
    private func number<Scalar: ParsedScalar>(_ raw: borrowing RawSpan, at offset: Int) -> Scalar {
        func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value {
            let value = raw.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
            return header.isBigEndian ? Value(bigEndian: value) : Value(littleEndian: value)
        }
        return switch header.element {
        case .float: Scalar(Float(bitPattern: integer(UInt32.self)))
        case .double: Scalar(Double(bitPattern: integer(UInt64.self)))
        case .boolean: integer(UInt8.self) == 0 ? 0 : 1
        case .signed(1): Scalar(integer(Int8.self))
        case .signed(2): Scalar(integer(Int16.self))
        case .signed(4): Scalar(integer(Int32.self))
        case .signed: Scalar(integer(Int64.self))
        case .unsigned(1): Scalar(integer(UInt8.self))
        case .unsigned(2): Scalar(integer(UInt16.self))
        case .unsigned(4): Scalar(integer(UInt32.self))
        case .unsigned: Scalar(integer(UInt64.self))
        }
    }
}
