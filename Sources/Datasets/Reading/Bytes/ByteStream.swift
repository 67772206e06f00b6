/// Bytes that are read once, in order.
protocol ByteStream: AnyObject {
    /// Fills an array from an index on.
    ///
    /// - Parameters:
    ///   - bytes: has at least `start + count` elements.
    /// - Returns: how many bytes were read; fewer than asked for only at the end.
    func read(into bytes: inout [UInt8], from start: Int, count: Int) throws(DatasetError) -> Int
}
