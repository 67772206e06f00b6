extension Sequence where Element: Hashable {
    /// The first element that stands there before, such as an option's value that is given twice.
    var firstRepeated: Element? {
        var seen: Set<Element> = []
        return first { !seen.insert($0).inserted }
    }
}
