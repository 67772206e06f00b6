/// Names a guard in its tree.
struct GuardID: Hashable, Sendable {
    let index: Int
}

/// The conditions under which parts of a derivative count: those of the `where`s on the way down from the result.
///
/// A part that lies in a branch not taken must have no influence, not even as 0·∞. Multiplying it by a factor that is then
/// 0 would not do; instead it is kept apart with its guard until the end and then selected.
struct GuardTree: Sendable {
    private struct Entry: Hashable {
        let parent: GuardID?
        let condition: NodeID
        /// Whether the condition must be true rather than false.
        let isTrue: Bool
    }

    private var entries: [Entry] = []
    private var identifiers: [Entry: GuardID] = [:]
    private var conditions: [GuardID: NodeID] = [:]

    /// The guard that holds where `parent` does and a condition is true, or false.
    mutating func guardID(_ parent: GuardID?, _ condition: NodeID, isTrue: Bool) -> GuardID {
        let entry = Entry(parent: parent, condition: condition, isTrue: isTrue)
        if let known = identifiers[entry] { return known }
        let id = GuardID(index: entries.count)
        entries.append(entry)
        identifiers[entry] = id
        return id
    }

    /// If two guards have the same parent and opposite demands on the same condition: the parent, the condition, and whether
    /// the first is the one that wants it true.
    func complement(_ a: GuardID?, _ b: GuardID?) -> (parent: GuardID?, condition: NodeID, firstIsTrue: Bool)? {
        guard let a, let b else { return nil }
        let (first, second) = (entries[a.index], entries[b.index])
        guard first.parent == second.parent, first.condition == second.condition, first.isTrue != second.isTrue else {
            return nil
        }
        return (first.parent, first.condition, first.isTrue)
    }

    /// `value` where the guard holds, else 0.
    mutating func select(_ guardID: GuardID?, _ value: NodeID, _ rewriter: inout Rewriter) -> NodeID {
        guard let guardID else { return value }
        let entry = entries[guardID.index]
        let zero = rewriter.constant(0)
        guard entry.parent != nil else {
            return entry.isTrue
                ? rewriter.select(entry.condition, value, zero) : rewriter.select(entry.condition, zero, value)
        }
        return rewriter.select(condition(guardID, &rewriter), value, zero)
    }

    /// One condition for a guard and all above it, built once for each.
    private mutating func condition(_ guardID: GuardID, _ rewriter: inout Rewriter) -> NodeID {
        var path: [GuardID] = []
        var next: GuardID? = guardID
        while let id = next, conditions[id] == nil {
            path.append(id)
            next = entries[id.index].parent
        }
        for id in path.reversed() {
            let entry = entries[id.index]
            let own = entry.isTrue ? entry.condition : rewriter.unary(.not, entry.condition)
            let above = entry.parent.flatMap { conditions[$0] }
            conditions[id] = above.map { rewriter.binary(.and, $0, own) } ?? own
        }
        return conditions[guardID] ?? rewriter.constant(1)
    }
}
