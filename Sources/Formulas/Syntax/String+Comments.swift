extension String {
    /// The comment directly above each line that has one, by the line's number, the first being 1. Its lines begin with `#`.
    var commentsAboveLines: [Int: String] {
        var comments: [Int: String] = [:]
        var comment: [Substring] = []
        for (index, line) in split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.first == "#" {
                comment.append(line.drop { $0 == "#" || $0 == " " })
            } else {
                if !comment.isEmpty { comments[index + 1] = comment.joined(separator: " ") }
                comment = []
            }
        }
        return comments
    }
}
