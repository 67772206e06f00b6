/// Collects rows in pieces, so that growing never needs the matrix twice.
///
/// Pieces are large enough for the allocator to take each from the system and give it back at once; memory of a piece
/// that is not written to yet costs nothing.
struct RowStore<Scalar: ParsedScalar> {
    private let columnCount: Int
    private let rowsInPiece: Int
    private var pieces: [[Scalar]] = []
    private(set) var rowCount = 0

    /// The size of a piece: above the largest size that glibc ever keeps for reuse (32 MiB).
    private static var pieceBytes: Int { 36 << 20 }

    /// An empty store.
    init(columnCount: Int) {
        self.columnCount = columnCount
        self.rowsInPiece = max(1, Self.pieceBytes / MemoryLayout<Scalar>.stride / max(1, columnCount))
    }

    /// Adds rows at the end.
    mutating func append(_ values: ArraySlice<Scalar>, rowCount added: Int) {
        var values = values
        var missing = added
        while missing > 0 {
            let filled = rowCount - (pieces.count - 1) * rowsInPiece
            if pieces.isEmpty || filled == rowsInPiece {
                pieces.append([])
                pieces[pieces.count - 1].reserveCapacity(rowsInPiece * columnCount)
                continue
            }
            let fitting = min(missing, rowsInPiece - filled)
            pieces[pieces.count - 1].append(contentsOf: values.prefix(fitting * columnCount))
            values = values.dropFirst(fitting * columnCount)
            rowCount += fitting
            missing -= fitting
        }
    }

    /// Replaces one row.
    mutating func replaceRow(_ row: Int, with values: ArraySlice<Scalar>) {
        let start = row % rowsInPiece * columnCount
        pieces[row / rowsInPiece].replaceSubrange(start..<start + columnCount, with: values)
    }

    /// All rows as one array. The store is empty afterwards: each piece is released as soon as it is copied.
    mutating func takeValues() -> [Scalar] {
        defer { (pieces, rowCount) = ([], 0) }
        if pieces.count <= 1 { return pieces.first ?? [] }
        var values: [Scalar] = []
        values.reserveCapacity(rowCount * columnCount)
        for index in pieces.indices {
            values.append(contentsOf: pieces[index])
            pieces[index] = []
        }
        return values
    }
}
