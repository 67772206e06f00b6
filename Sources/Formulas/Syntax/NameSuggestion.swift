/// The known name that somebody may have meant, or `nil` when none is close.
///
/// Close is a third of the length in insertions, deletions, replacements and exchanges of neighbours (the restricted
/// Damerau–Levenshtein distance), at least one; another spelling in upper and lower case is closest.
public func closestName(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    guard wanted.count <= 64 else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int, lengthChange: Int)?
    for candidate in candidates where candidate != name {
        let letters = Array(candidate.lowercased().unicodeScalars)
        guard abs(letters.count - wanted.count) <= limit else { continue }
        let distance = editDistance(wanted, letters)
        // One letter instead of one other letter is no resemblance.
        guard distance <= limit, distance < max(wanted.count, letters.count) else { continue }
        let found = (name: candidate, distance: distance, lengthChange: abs(letters.count - wanted.count))
        // Letters exchanged or replaced rather than left out; then the alphabet, so that the answer is always the same.
        if let known = best, (known.distance, known.lengthChange, known.name) <= (distance, found.lengthChange, candidate) {
            continue
        }
        best = found
    }
    return best?.name
}

private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
            row.append(least)
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
