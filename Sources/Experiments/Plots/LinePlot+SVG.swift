import Foundation

extension LinePlot {
    /// The plot as a stand-alone SVG document, 720 by 440 points, readable on light and dark backgrounds.
    public var svg: String {
        let (width, height) = (720.0, 440.0)
        let (left, right, top, bottom) = (64.0, 16.0, 40.0, 48.0)
        let (xRange, yRange) = ranges
        func place(x: Double) -> Double {
            left + (x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * (width - left - right)
        }
        func place(y: Double) -> Double {
            height - bottom - (y - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound) * (height - top - bottom)
        }
        var lines = [
            #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 440" font-family="sans-serif" font-size="12">"#,
            #"<rect width="720" height="440" fill="white"/>"#,
            #"<text x="360" y="22" text-anchor="middle" font-size="14">\#(Self.escaped(title))</text>"#,
            #"<text x="360" y="432" text-anchor="middle">\#(Self.escaped(horizontalLabel))</text>"#,
            #"<clipPath id="frame"><rect x="\#(left)" y="\#(top)" width="\#(width - left - right)" height="\#(height - top - bottom)"/></clipPath>"#,
        ]
        for tick in Self.ticks(xRange) {
            let x = Self.coordinate(place(x: tick))
            lines.append(
                #"<line x1="\#(x)" y1="\#(top)" x2="\#(x)" y2="\#(height - bottom)" stroke="\#(tick == 0 ? "#888" : "#ddd")"/>"#)
            lines.append(#"<text x="\#(x)" y="\#(height - bottom + 16)" text-anchor="middle">\#(Self.label(tick))</text>"#)
        }
        for tick in Self.ticks(yRange) {
            let y = Self.coordinate(place(y: tick))
            lines.append(
                #"<line x1="\#(left)" y1="\#(y)" x2="\#(width - right)" y2="\#(y)" stroke="\#(tick == 0 ? "#888" : "#ddd")"/>"#)
            lines.append(#"<text x="\#(left - 6)" y="\#(y)" dy="4" text-anchor="end">\#(Self.label(tick))</text>"#)
        }
        for (index, curve) in curves.enumerated() {
            let color = Self.colors[index % Self.colors.count]
            let dash = curve.isDashed ? #" stroke-dasharray="6 4""# : ""
            for piece in curve.points.split(whereSeparator: { !$0.x.isFinite || !$0.y.isFinite }) {
                // Far outside the frame a coordinate is only a direction; bounding it keeps the file small and valid.
                let points = piece.map {
                    "\(Self.coordinate(place(x: $0.x))),\(Self.coordinate(min(max(place(y: $0.y), -1e4), 1e4)))"
                }.joined(separator: " ")
                lines.append(
                    #"<polyline clip-path="url(#frame)" fill="none" stroke="\#(color)" stroke-width="2"\#(dash) points="\#(points)"/>"#
                )
            }
            let y = top + 14 + 18 * Double(index)
            lines.append(
                #"<line x1="\#(left + 8)" y1="\#(y)" x2="\#(left + 32)" y2="\#(y)" stroke="\#(color)" stroke-width="2"\#(dash)/>"#
            )
            lines.append(#"<text x="\#(left + 38)" y="\#(y)" dy="4">\#(Self.escaped(curve.name))</text>"#)
        }
        lines.append("</svg>\n")
        return lines.joined(separator: "\n")
    }

    /// Eight colours that stay apart for colour-blind readers (M. Okabe and K. Ito, "Color Universal Design", 2008).
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442"]

    private static func coordinate(_ value: Double) -> String { String(format: "%.2f", value) }

    static func label(_ value: Double) -> String { String(format: "%.6g", value == 0 ? 0 : value) }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
            .replacingOccurrences(of: ">", with: "&gt;").replacingOccurrences(of: "\"", with: "&quot;")
    }
}
