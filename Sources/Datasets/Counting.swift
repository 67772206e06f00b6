extension Int {
    /// So many of a thing, in words: "1 row", "2 rows".
    ///
    /// - Parameter noun: the thing's name for one, whose plural takes an s.
    public func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
