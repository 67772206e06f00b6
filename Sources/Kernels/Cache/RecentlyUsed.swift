/// A dictionary of limited size that lets go of what was not used for the longest time.
struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// The most entries that are kept.
    let capacity: Int
    private var entries: [Key: (value: Value, lastUse: UInt64)] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var count: Int { entries.count }

    /// The value under a key, which counts as a use.
    mutating func value(_ key: Key) -> Value? {
        guard let index = entries.index(forKey: key) else { return nil }
        clock += 1
        entries.values[index].lastUse = clock
        return entries.values[index].value
    }

    /// Keeps a value, unless there is one under the key already.
    ///
    /// - Returns: the value that is kept.
    mutating func keep(_ value: Value, under key: Key) -> Value {
        if let known = self.value(key) { return known }
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
        }
        clock += 1
        entries[key] = (value, clock)
        return value
    }

    mutating func removeAll() { entries = [:] }
}
