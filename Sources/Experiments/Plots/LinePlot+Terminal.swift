extension LinePlot {
    /// The plot in text characters: each curve by a letter of its own (a derivative's is the capital), axes with ticks at
    /// the left and below.
    public func text(columns: Int = 72, rows: Int = 22) -> String {
        let (horizontal, vertical) = (horizontalAxis, verticalAxis)
        var canvas = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
        func column(_ x: Double) -> Int { Int((horizontal.position(x) * Double(columns - 1)).rounded()) }
        // Far outside the number would not fit into an integer.
        func row(_ y: Double) -> Int {
            rows - 1 - Int((min(max(vertical.position(y), -10), 10) * Double(rows - 1)).rounded())
        }
        if vertical.range.contains(0) { canvas[row(0)] = [Character](repeating: "·", count: columns) }
        if horizontal.range.contains(0) { for index in canvas.indices { canvas[index][column(0)] = "·" } }
        let marks = self.marks
        for (curve, mark) in zip(curves, marks) {
            for piece in curve.pieces(within: vertical.range) {
                var previous: Int?
                for point in piece {
                    let here = row(point.y)
                    // What lies between two points is drawn in the second one's column, so that steep lines hold together.
                    let from = previous.map { here > $0 ? $0 + 1 : here < $0 ? $0 - 1 : here } ?? here
                    for row in min(from, here)...max(from, here) where canvas.indices.contains(row) {
                        canvas[row][column(point.x)] = mark
                    }
                    previous = here
                }
            }
        }
        let labels = Self.labels(vertical, rows: rows, row: row)
        let gutter = labels.map(\.count).max() ?? 0
        var lines = title.isEmpty ? [] : [title]
        for (label, line) in zip(labels, canvas) {
            let text = String(repeating: " ", count: gutter - label.count) + label + (label.isEmpty ? " │" : " ┤") + String(line)
            lines.append(Self.trimmed(text))
        }
        let (ticks, numbers) = Self.foot(horizontal, columns: columns, column: column)
        lines.append(String(repeating: " ", count: gutter) + " └" + ticks)
        lines.append(Self.trimmed(String(repeating: " ", count: gutter + 2) + numbers))
        for (curve, mark) in zip(curves, marks) { lines.append("\(mark)  \(curve.name)") }
        return lines.joined(separator: "\n")
    }

    /// A letter for each curve; a dashed one of a group has the capital of the group's letter.
    private var marks: [Character] {
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        return curves.enumerated().map { index, curve in
            let letter = letters[(curve.colorGroup ?? index) % letters.count]
            return curve.isDashed ? Character(letter.uppercased()) : letter
        }
    }

    /// The vertical axis' labels, one for each row, most of them empty.
    private static func labels(_ axis: PlotAxis, rows: Int, row: (Double) -> Int) -> [String] {
        var labels = [String](repeating: "", count: rows)
        for tick in axis.ticks { labels[row(tick)] = PlotAxis.label(tick) }
        return labels
    }

    /// The horizontal axis and the numbers below it, each centred on its tick where there is room.
    private static func foot(_ axis: PlotAxis, columns: Int, column: (Double) -> Int) -> (ticks: String, numbers: String) {
        var ticks = [Character](repeating: "─", count: columns)
        var numbers: [Character] = []
        for tick in axis.ticks {
            let label = PlotAxis.label(tick)
            let start = max(column(tick) - label.count / 2, 0)
            ticks[column(tick)] = "┴"
            guard numbers.isEmpty || start > numbers.count else { continue }
            numbers += [Character](repeating: " ", count: start - numbers.count) + Array(label)
        }
        return (String(ticks), String(numbers))
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }
}
