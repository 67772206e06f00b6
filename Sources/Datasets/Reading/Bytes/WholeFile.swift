import Foundation

/// Files that are read at once, none without a limit: a name may be that of a device or pipe without end.
public enum WholeFile {
    private static let pieceSize = 256 << 10

    /// All bytes of a file or pipe, as they are.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that such a file may have.
    ///   - isWanted: asked once, with the first bytes (all of a small file), whether to read on. What it says no to is
    ///     returned as it is, for whoever reads it to say what is wrong.
    /// - Throws: `DatasetError` where the file cannot be read, or has more bytes than the limit.
    public static func bytes(
        _ path: String, limit: Int, isWanted: ([UInt8]) -> Bool = { _ in true }
    ) throws(DatasetError) -> [UInt8] {
        let file = try FileBytes(path: path)
        let tooLarge = DatasetError(file: path, problem: .tooLarge(limit: limit))
        guard file.size ?? 0 <= limit else { throw tooLarge }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceSize)
        while true {
            let count = try file.read(into: &piece, from: 0, count: pieceSize)
            let isFirst = bytes.isEmpty
            bytes += piece.prefix(count)
            guard bytes.count <= limit else { throw tooLarge }
            if count < pieceSize || isFirst && !isWanted(bytes) { return bytes }
        }
    }

    /// The bytes of a text in JSON, whose first sign is a brace or bracket: nothing else is read to its end.
    public static func json(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
        try bytes(path, limit: limit) { beginning in
            let first = beginning.first { ![UInt8.space, .tab, .newline, .carriageReturn].contains($0) }
            return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        }
    }

    /// What standard input has, at most one byte more than the limit: that one tells that there is more.
    public static func standardInput(limit: Int) throws(DatasetError) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceSize)
        let most = limit < Int.max ? limit + 1 : limit
        while bytes.count < most {
            let wanted = min(pieceSize, most - bytes.count)
            // Within the array's bounds; the system writes at most `wanted` bytes.
            let received = piece.withUnsafeMutableBytes { Foundation.read(STDIN_FILENO, $0.baseAddress, wanted) }
            if received < 0, errno == EINTR { continue }
            guard received >= 0 else {
                let reason = String(cString: strerror(errno))
                throw DatasetError(file: "standard input", problem: .unreadable(reason: reason))
            }
            if received == 0 { break }
            bytes += piece.prefix(received)
        }
        return bytes
    }
}
