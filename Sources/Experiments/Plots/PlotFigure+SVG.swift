import Foundation

extension PlotFigure {
    /// The figure as a stand-alone SVG document, 760 points wide. It follows the reader's preference for light or dark.
    public var svg: String { svg(identifiers: "") }

    /// The same to stand among others in one page, where no two elements may have the same identifier.
    ///
    /// - Parameter identifiers: what this figure's identifiers begin with.
    func svg(identifiers: String) -> String {
        let entries = legendEntries
        let legendHeight = Double((entries.last?.row ?? -1) + 1) * Size.legendRow
        let titleHeight = title.isEmpty ? 0 : Size.title
        let height = titleHeight + Double(panels.count) * Size.panel + legendHeight + Size.margin
        var lines = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(Size.width)) \(Self.number(height))" \
            font-family="sans-serif" font-size="12">
            """,
            Self.style,
            #"<rect class="page" width="\#(Self.number(Size.width))" height="\#(Self.number(height))"/>"#,
        ]
        if !title.isEmpty { lines.append(Self.text(title, Size.width / 2, 26, "middle", size: 15)) }
        for (index, panel) in panels.enumerated() {
            append(panel, "\(identifiers)frame\(index)", top: titleHeight + Double(index) * Size.panel, to: &lines)
        }
        for entry in entries {
            let y = titleHeight + Double(panels.count) * Size.panel + (Double(entry.row) + 0.5) * Size.legendRow
            lines.append(Self.line(entry.look, "M\(Self.number(entry.x)) \(Self.number(y))h28"))
            lines.append(Self.text(Self.shortened(entry.look.name), entry.x + 34, y + 4, "start"))
        }
        lines.append("</svg>\n")
        return lines.joined(separator: "\n")
    }

    private enum Size {
        static let width = 760.0
        static let title = 36.0
        static let panel = 380.0
        static let legendRow = 20.0
        static let margin = 12.0
        /// The frame's distances from its panel's edges.
        static let (left, right, top, bottom) = (72.0, 20.0, 36.0, 48.0)
    }

    /// Colours that stay apart for colour-blind readers (M. Okabe and K. Ito, "Color Universal Design", 2008), without
    /// yellow, which is too faint on white. On dark, blue is lighter and black is white.
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]
    private static let darkColors = ["#3399E6", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#8ED1F5", "#F2F2F2"]
    /// Curves beyond the colours have them again, dotted.
    private static let dotted = #" stroke-dasharray="2 3""#

    private static let style: String = {
        func rules(_ page: String, _ text: String, _ grid: String, _ axis: String, _ colors: [String]) -> String {
            ".page{fill:\(page)}text{fill:\(text)}.grid{stroke:\(grid)}.axis{stroke:\(axis)}"
                + colors.enumerated().map { ".c\($0.offset){stroke:\($0.element)}" }.joined()
        }
        return "<style>path{fill:none}\(rules("#fff", "#222", "#e2e2e2", "#888", colors))"
            + "@media(prefers-color-scheme:dark){\(rules("#181818", "#ddd", "#383838", "#888", darkColors))}</style>"
    }()

    /// Where the legend's entries stand: side by side as long as there is room.
    private var legendEntries: [(look: Look, x: Double, row: Int)] {
        var entries: [(look: Look, x: Double, row: Int)] = []
        var (x, row) = (Size.left, 0)
        for look in legend {
            // The width of a character is a guess on the safe side: nothing here knows the reader's font.
            let width = 34 + 7.2 * Double(Self.shortened(look.name).count) + 18
            if x + width > Size.width, x > Size.left { (x, row) = (Size.left, row + 1) }
            entries.append((look, x, row))
            x += width
        }
        return entries
    }

    private func append(_ panel: LinePlot, _ frame: String, top: Double, to lines: inout [String]) {
        let (horizontal, vertical) = (panel.horizontalAxis, panel.verticalAxis)
        let (left, right) = (Size.left, Size.width - Size.right)
        let (upper, lower) = (top + Size.top, top + Size.panel - Size.bottom)
        func place(x: Double) -> Double { left + horizontal.position(x) * (right - left) }
        func place(y: Double) -> Double { lower - vertical.position(y) * (lower - upper) }
        lines.append(Self.text(Self.shortened(panel.title, 96), (left + right) / 2, top + 24, "middle", size: 14))
        lines.append(
            """
            <clipPath id="\(frame)"><rect x="\(Self.number(left))" y="\(Self.number(upper))" \
            width="\(Self.number(right - left))" height="\(Self.number(lower - upper))"/></clipPath>
            """)
        for tick in horizontal.ticks {
            let x = Self.number(place(x: tick))
            lines.append(Self.rule(tick == 0, "M\(x) \(Self.number(upper))V\(Self.number(lower))"))
            lines.append(Self.text(PlotAxis.label(tick), place(x: tick), lower + 17, "middle"))
        }
        for tick in vertical.ticks {
            let y = Self.number(place(y: tick))
            lines.append(Self.rule(tick == 0, "M\(Self.number(left)) \(y)H\(Self.number(right))"))
            lines.append(Self.text(PlotAxis.label(tick), left - 7, place(y: tick) + 4, "end"))
        }
        lines.append(Self.text(panel.horizontalLabel, (left + right) / 2, lower + 36, "middle"))
        if !panel.verticalLabel.isEmpty {
            let y = Self.number((upper + lower) / 2)
            lines.append(
                #"<text x="16" y="\#(y)" text-anchor="middle" transform="rotate(-90 16 \#(y))">\#(Self.escaped(panel.verticalLabel))</text>"#
            )
        }
        for (number, curve) in panel.curves.enumerated() {
            for piece in curve.pieces(within: vertical.range) {
                // Far outside of the frame a coordinate is only a direction; bounding it keeps the file small and valid.
                let points = piece.map {
                    "\(Self.number(place(x: $0.x))) \(Self.number(min(max(place(y: $0.y), -1e4), 1e4)))"
                }
                // A lone point is drawn as a dot: a thick line of no length with round ends.
                let path = "M" + points.joined(separator: "L") + (points.count == 1 ? "h0" : "")
                lines.append(
                    Self.line(look(panel, number), path, width: points.count == 1 ? 7 : 2, clip: frame))
            }
        }
    }

    private static func rule(_ isAxis: Bool, _ path: String) -> String {
        #"<path class="\#(isAxis ? "axis" : "grid")" d="\#(path)"/>"#
    }

    private static func line(_ look: Look, _ path: String, width: Int = 2, clip: String? = nil) -> String {
        let clipping = clip.map { #" clip-path="url(#\#($0))""# } ?? ""
        let dashes = look.isDashed ? #" stroke-dasharray="7 4""# : look.color >= colors.count ? dotted : ""
        let color = look.color % colors.count
        return
            #"<path class="c\#(color)" stroke-width="\#(width)" stroke-linejoin="round" stroke-linecap="round"\#(dashes)\#(clipping) d="\#(path)"/>"#
    }

    private static func text(_ text: String, _ x: Double, _ y: Double, _ anchor: String, size: Int? = nil) -> String {
        let size = size.map { #" font-size="\#($0)""# } ?? ""
        return #"<text x="\#(number(x))" y="\#(number(y))" text-anchor="\#(anchor)"\#(size)>\#(escaped(text))</text>"#
    }

    private static func number(_ value: Double) -> String {
        let text = String(format: "%.2f", value)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    private static func shortened(_ text: String, _ limit: Int = 90) -> String {
        text.count <= limit ? text : "\(text.prefix(limit - 1))…"
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").filter { $0 == "\t" || !$0.unicodeScalars.contains { $0.value < 0x20 } }
    }
}
