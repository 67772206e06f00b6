/// Curves over one horizontal axis, drawn as SVG or with text characters.
///
/// ```swift
/// var plot = LinePlot(title: "x*cos(x)", horizontalLabel: "x")
/// plot.add(LinePlot.Curve(name: "value", points: [(0, 0), (1, 0.54)]))
/// let svg = PlotFigure(plot).svg
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
        /// What curves of one colour have in common; `nil` for a colour of its own.
        public let colorGroup: Int?

        /// A curve through points.
        ///
        /// - Parameter colorGroup: curves of one number have one colour, also across the panels of a figure.
        public init(name: String, points: [(x: Double, y: Double)], isDashed: Bool = false, colorGroup: Int? = nil) {
            self.name = name
            self.points = points
            self.isDashed = isDashed
            self.colorGroup = colorGroup
        }
    }

    /// The line of text above the plot.
    public let title: String
    /// What the horizontal axis shows.
    public let horizontalLabel: String
    /// What the vertical axis shows; may be empty.
    public let verticalLabel: String
    /// The curves, in the order of the legend.
    public private(set) var curves: [Curve] = []

    /// An empty plot.
    public init(title: String, horizontalLabel: String, verticalLabel: String = "") {
        self.title = title
        self.horizontalLabel = horizontalLabel
        self.verticalLabel = verticalLabel
    }

    /// Adds a curve.
    public mutating func add(_ curve: Curve) { curves.append(curve) }

    /// The horizontal axis: all of it.
    var horizontalAxis: PlotAxis { PlotAxis(spanning: curves.lazy.flatMap(\.points).map(\.x)) }

    /// The vertical axis.
    var verticalAxis: PlotAxis { PlotAxis(showing: curves.map { $0.points.map(\.y) }) }
}

extension LinePlot.Curve {
    /// The pieces of the curve that are drawn without a break: finite, and not across a pole, where one point lies above
    /// all that is shown and the next below.
    func pieces(within range: ClosedRange<Double>) -> [[(x: Double, y: Double)]] {
        var pieces: [[(x: Double, y: Double)]] = []
        var piece: [(x: Double, y: Double)] = []
        for point in points {
            guard point.x.isFinite, point.y.isFinite else {
                pieces.append(piece)
                piece = []
                continue
            }
            if let last = piece.last, max(last.y, point.y) > range.upperBound, min(last.y, point.y) < range.lowerBound {
                pieces.append(piece)
                piece = []
            }
            piece.append(point)
        }
        pieces.append(piece)
        return pieces.filter { !$0.isEmpty }
    }
}
