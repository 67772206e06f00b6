/// What the header of a NumPy array file says (NumPy enhancement proposal 1, format versions 1 to 3).
struct NumpyHeader: Equatable {
    /// The type of an array's numbers.
    enum Element: Equatable {
        case float, double, boolean
        case signed(bytes: Int)
        case unsigned(bytes: Int)

        /// How many bytes a number takes.
        var size: Int {
            switch self {
            case .float: 4
            case .double: 8
            case .boolean: 1
            case .signed(let bytes), .unsigned(let bytes): bytes
            }
        }

        /// Reads the letter and size of a type's description, such as `f4`.
        init?(_ code: Substring) {
            switch code {
            case "f4": self = .float
            case "f8": self = .double
            case "b1": self = .boolean
            case "i1", "i2", "i4", "i8": self = .signed(bytes: Int(code.dropFirst()) ?? 0)
            case "u1", "u2", "u4", "u8": self = .unsigned(bytes: Int(code.dropFirst()) ?? 0)
            default: return nil
            }
        }
    }

    var element = Element.float
    var isBigEndian = false
    /// Whether columns, not rows, follow each other.
    var isColumnMajor = false
    var rowCount: Int
    var columnCount: Int
    /// Whether the array has one dimension only.
    var isVector = false

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// A longer header is not one of a plain array.
    private static let longestHeader = 64 << 10
    /// Wider tables are none.
    static let mostColumns = 1 << 20
    /// So many numbers that their bytes can still be counted.
    private static let mostNumbers = 1 << 56

    /// The bytes of all numbers.
    var byteCount: Int { rowCount * columnCount * element.size }

    /// The header's text and all that precedes the numbers, padded to a multiple of 64 bytes, for float32 and float64
    /// in rows.
    var encoded: [UInt8] {
        let type = element == .double ? "<f8" : "<f4"
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rowCount), \(columnCount)), }"
        let length = 10 + text.utf8.count + 1
        let padding = (64 - length % 64) % 64
        let headerLength = UInt16(text.utf8.count + padding + 1)
        return Self.magic + [1, 0, UInt8(headerLength & 0xFF), UInt8(headerLength >> 8)] + Array(text.utf8)
            + [UInt8](repeating: .space, count: padding) + [.newline]
    }
}

extension NumpyHeader {
    /// Reads a header from an array's beginning; the stream stands before the first number afterwards.
    ///
    /// - Returns: the header and how many bytes it took.
    static func read(_ source: some ByteStream, path: String) throws(DatasetError) -> (header: NumpyHeader, length: Int) {
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
        let beginning = try bytes(8)
        guard beginning.starts(with: magic) else { throw unsupported("what should be an array is none") }
        let version = beginning[6]
        guard (1...3).contains(version) else { throw unsupported("array format version \(version) is not known") }
        let lengthBytes = try bytes(version == 1 ? 2 : 4)
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= longestHeader else { throw unsupported("the array's header is too long") }
        let text = String(decoding: try bytes(length), as: UTF8.self)
        return (try parse(text, unsupported: unsupported), 8 + lengthBytes.count + length)
    }

    private static func parse(
        _ text: String, unsupported: (String) -> DatasetError
    ) throws(DatasetError) -> NumpyHeader {
        guard let type = text.firstMatch(of: /'descr':\s*'([^']*)'/)?.1,
            let order = text.firstMatch(of: /'fortran_order':\s*(True|False)/)?.1,
            let shapeText = text.firstMatch(of: /'shape':\s*\(([0-9, ]*)\)/)?.1
        else { throw unsupported("the array's header is not that of a plain array") }
        guard let first = type.first, "<>|=".contains(first), let element = Element(type.dropFirst()) else {
            throw unsupported("the array's numbers are of type \(type)")
        }
        let numbers = shapeText.split(separator: ",").map { Int($0.filter { $0 != " " }) }
        guard numbers.count == 1 || numbers.count == 2 else {
            throw unsupported("the array has \(numbers.count) dimensions")
        }
        guard let rowCount = numbers[0], let columnCount = numbers.count == 2 ? numbers[1] : 1, rowCount > 0, columnCount > 0,
            columnCount <= mostColumns, rowCount <= mostNumbers / columnCount
        else { throw unsupported("the array has the shape (\(shapeText))") }
        return NumpyHeader(
            element: element, isBigEndian: first == ">",
            isColumnMajor: order == "True" && columnCount > 1 && rowCount > 1,
            rowCount: rowCount, columnCount: columnCount, isVector: numbers.count == 1)
    }
}
