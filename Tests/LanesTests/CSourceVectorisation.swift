import Lanes

/// What gcc says of an export's loops.
enum CSourceVectorisation {
    /// The flag with which gcc says it.
    static let flag = "-fopt-info-vec-note"

    /// The array functions without a vectorised loop, by what gcc said.
    static func missed(_ export: CSource, messages: String) -> [String] {
        // "sample.c:1356:6: note: vectorized 1 loops in function." names the line on which the function begins.
        var lines: Set<Int> = []
        for message in messages.split(separator: "\n") where message.contains("loops in function") {
            let isVectorised = !message.contains("vectorized 0 loops")
            if isVectorised, let line = message.split(separator: ":").dropFirst().first.flatMap({ Int($0) }) {
                lines.insert(line)
            }
        }
        var missed: [String] = []
        for (index, line) in export.source.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.hasPrefix("void ") && line.contains("_array(") && !lines.contains(index + 1) {
            missed += line.dropFirst(5).split(separator: "(").prefix(1).map(String.init)
        }
        return missed
    }
}
