import Foundation

/// Curves over one horizontal axis, drawn as SVG or with text characters.
///
/// ```swift
/// var plot = LinePlot(title: "x*cos(x)", horizontalLabel: "x")
/// plot.add(LinePlot.Curve(name: "value", points: [(0, 0), (1, 0.54)]))
/// let svg = plot.svg
/// ```
public struct LinePlot: Sendable {
    /// One named curve. Points that are not finite interrupt the line.
    public struct Curve: Sendable {
        /// What the legend calls it.
        public let name: String
        /// The points, from left to right.
        public let points: [(x: Double, y: Double)]
        /// Whether the line is dashed.
        public let isDashed: Bool

        /// A curve through points.
        public init(name: String, points: [(x: Double, y: Double)], isDashed: Bool = false) {
            self.name = name
            self.points = points
            self.isDashed = isDashed
        }
    }

    /// The line of text above the plot.
    public let title: String
    /// What the horizontal axis shows.
    public let horizontalLabel: String
    /// The curves, in the order of the legend.
    public private(set) var curves: [Curve] = []

    /// An empty plot.
    public init(title: String, horizontalLabel: String) {
        self.title = title
        self.horizontalLabel = horizontalLabel
    }

    /// Adds a curve.
    public mutating func add(_ curve: Curve) { curves.append(curve) }

    /// The ranges that hold the curves: all of x, and y without the outermost hundredth at either end where a few
    /// extreme points (a pole) would otherwise flatten everything else.
    var ranges: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
        let finite = curves.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
        let xs = finite.map(\.x).sorted()
        let ys = finite.map(\.y).sorted()
        guard let left = xs.first, let right = xs.last, var low = ys.first, var high = ys.last else { return (0...1, 0...1) }
        let inner = ys[ys.count / 100]...ys[ys.count - 1 - ys.count / 100]
        if high - low > 20 * (inner.upperBound - inner.lowerBound), inner.upperBound > inner.lowerBound {
            (low, high) = (inner.lowerBound, inner.upperBound)
        }
        return (Self.widened(left, right), Self.widened(low, high))
    }

    private static func widened(_ low: Double, _ high: Double) -> ClosedRange<Double> {
        low < high ? low...high : (low - 0.5)...(high + 0.5)
    }

    /// Round numbers about a fifth of the range apart, within the range.
    static func ticks(_ range: ClosedRange<Double>) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return [range.lowerBound] }
        let magnitude = pow(10, (log10(span / 5)).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * magnitude }.first { span / $0 <= 6 } ?? 10 * magnitude
        let first = (range.lowerBound / step).rounded(.up)
        let last = (range.upperBound / step).rounded(.down)
        guard last >= first else { return [range.lowerBound] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }
}
