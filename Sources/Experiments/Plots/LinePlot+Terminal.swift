extension LinePlot {
    /// The plot in text characters: each curve by a letter of its own, with the ranges at the edges.
    public func text(columns: Int = 72, rows: Int = 20) -> String {
        let (xRange, yRange) = ranges
        var canvas = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
        func column(_ x: Double) -> Int {
            Int(((x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * Double(columns - 1)).rounded())
        }
        func row(_ y: Double) -> Int {
            rows - 1 - Int(((y - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound) * Double(rows - 1)).rounded())
        }
        if yRange.contains(0) { canvas[row(0)] = [Character](repeating: "·", count: columns) }
        if xRange.contains(0) { for index in canvas.indices { canvas[index][column(0)] = "·" } }
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        for (index, curve) in curves.enumerated() {
            for point in curve.points where xRange.contains(point.x) && yRange.contains(point.y) {
                canvas[row(point.y)][column(point.x)] = letters[index % letters.count]
            }
        }
        var lines = [title]
        lines += canvas.map { String($0) }
        lines.append(
            "\(horizontalLabel) from \(Self.label(xRange.lowerBound)) to \(Self.label(xRange.upperBound)), vertical from \(Self.label(yRange.lowerBound)) to \(Self.label(yRange.upperBound))"
        )
        for (index, curve) in curves.enumerated() { lines.append("\(letters[index % letters.count])  \(curve.name)") }
        return lines.joined(separator: "\n")
    }
}
