/// A table of texts that reports lay out as Markdown, HTML or comma-separated values.
struct ReportTable: Hashable, Sendable {
    /// The columns' names.
    let header: [String]
    /// As many cells as there are columns, in each row.
    private(set) var rows: [[String]] = []

    init(_ header: String...) { self.header = header }

    mutating func append(_ cells: String...) { rows.append(cells) }

    /// A table of GitHub's Markdown.
    var markdown: String {
        func line(_ cells: [String]) -> String {
            "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
        return ([line(header), line(header.map { _ in "---" })] + rows.map(line)).joined(separator: "\n") + "\n"
    }

    /// A table of HTML; the first column names the rows.
    var html: String {
        func cells(_ texts: [String], _ tag: String) -> String {
            texts.map { "<\(tag)>\(PlotFigure.escaped($0))</\(tag)>" }.joined()
        }
        let body = rows.map { "<tr>\(cells($0, "td"))</tr>\n" }.joined()
        return "<table>\n<thead><tr>\(cells(header, "th"))</tr></thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
    }

    /// Comma-separated values with a header (RFC 4180).
    var commaSeparated: String {
        func line(_ cells: [String]) -> String {
            cells.map { cell in
                cell.contains { ",\"\n".contains($0) } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }.joined(separator: ",") + "\n"
        }
        return line(header) + rows.map(line).joined()
    }
}
