/// Plots one above the other, with one legend.
public struct PlotFigure: Sendable {
    /// The line of text above all plots.
    public let title: String
    /// The plots, from above.
    public let panels: [LinePlot]

    /// Several plots under a title. Each plot's own title stands above it.
    public init(title: String, panels: [LinePlot]) {
        self.title = title
        self.panels = panels
    }

    /// A plot alone.
    public init(_ plot: LinePlot) { self.init(title: "", panels: [plot]) }

    /// How a curve looks in every panel, and in the legend.
    struct Look: Hashable {
        let color: Int
        let isDashed: Bool
        let name: String
    }

    /// The curves of the legend, each once: panels may show several sides of one thing.
    var legend: [Look] {
        var seen: Set<Look> = []
        return panels.flatMap { panel in panel.curves.indices.map { look(panel, $0) } }.filter { seen.insert($0).inserted }
    }

    /// The look of a panel's curve.
    func look(_ panel: LinePlot, _ index: Int) -> Look {
        let curve = panel.curves[index]
        return Look(color: curve.colorGroup ?? index, isDashed: curve.isDashed, name: curve.name)
    }
}
