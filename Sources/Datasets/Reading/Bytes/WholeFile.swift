/// Files that are read at once.
public enum WholeFile {
    private static let pieceSize = 256 << 10

    /// All bytes of a file or pipe, as they are.
    public static func bytes(_ path: String) throws(DatasetError) -> [UInt8] {
        let file = try FileBytes(path: path)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceSize)
        while true {
            let count = try file.read(into: &piece, from: 0, count: pieceSize)
            bytes += piece.prefix(count)
            if count < pieceSize { return bytes }
        }
    }
}
