/// Reads a table's rows, whatever its format.
protocol RowReader<Scalar> {
    associatedtype Scalar: ParsedScalar
    /// What the table's columns are.
    var layout: TableLayout { get }
    /// Reads the rows, until the consumer is satisfied. May be called once.
    mutating func read(into consumer: inout some RowConsumer<Scalar>, observer: ReadingObserver) throws(DatasetError)
}

/// How far reading is.
public struct ReadingProgress: Sendable {
    /// How many of the file's bytes were read, as they stand there, compressed or not.
    public let bytesRead: Int
    /// How many there are, or `nil` where that cannot be known, as of a pipe.
    public let byteCount: Int?
}

/// Who is told how far reading is, and who may end it.
struct ReadingObserver: Sendable {
    let path: String
    let byteCount: Int?
    let progress: (@Sendable (ReadingProgress) -> Void)?
    let isCancelled: (@Sendable () -> Bool)?

    /// Tells how far reading is.
    ///
    /// - Throws: where reading is to end.
    func report(bytesRead: Int) throws(DatasetError) {
        progress?(ReadingProgress(bytesRead: bytesRead, byteCount: byteCount))
        if isCancelled?() == true { throw DatasetError(file: path, problem: .cancelled) }
    }
}
