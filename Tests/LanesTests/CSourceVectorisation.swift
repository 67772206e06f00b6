import Foundation
import Lanes

/// What gcc says of an export's loops.
enum CSourceVectorisation {
    /// The array functions whose loop gcc does not vectorise.
    static func missed(_ export: CSource, _ gcc: CSourceCompiler) throws -> [String] {
        let folder = try CSourceFolder(export)
        let flags = ["-std=c99", "-O3", "-march=native", "-fopt-info-vec-optimized", "-c", "\(export.name).c"]
        let vectorised = Set(
            try gcc.run(flags, in: folder.url).messages.split(separator: "\n").filter { $0.contains("loop vectorized") }
                .compactMap { $0.split(separator: ":").dropFirst().first.flatMap { Int($0) } })
        var missed: [String] = []
        // The first loop over elements of each array function counts; the second, if any, is the one with cold calls.
        var function: String?
        for (index, line) in export.source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("void "), line.contains("_array(") {
                function = line.dropFirst(5).split(separator: "(").first.map(String.init)
            }
            if line.contains("for (size_t i = 0"), let name = function {
                if !vectorised.contains(index + 1) { missed.append(name) }
                function = nil
            }
        }
        return missed
    }
}
