import Networks

extension PlotFigure {
    /// One training run to be drawn.
    public struct Run: Sendable {
        /// What the legend calls it; runs of one name have one colour.
        public let name: String
        /// Its epochs.
        public let history: [EpochReport]

        /// Names a run.
        public init(name: String, history: [EpochReport]) {
            self.name = name
            self.history = history
        }
    }

    /// Loss by epoch, and below it how the test rows fare: the area under the curve, or the error of a regression.
    ///
    /// Training losses are drawn through, losses of the validation rows dashed. What no epoch has is left out.
    public static func training(_ runs: [Run], title: String) -> PlotFigure {
        var names: [String] = []
        for run in runs where !names.contains(run.name) { names.append(run.name) }
        func color(_ run: Run) -> Int { names.firstIndex(of: run.name) ?? 0 }

        var losses = LinePlot(title: "Loss", horizontalLabel: "epoch", verticalLabel: "mean loss")
        var areas = LinePlot(title: "Test rows", horizontalLabel: "epoch", verticalLabel: "area under the ROC curve")
        var errors = LinePlot(title: "Test rows", horizontalLabel: "epoch", verticalLabel: "root mean squared error")
        for run in runs {
            func add(_ value: (EpochReport) -> Double?, to plot: inout LinePlot, suffix: String = "") {
                let points = run.history.compactMap { report in value(report).map { (x: Double(report.epoch), y: $0) } }
                guard points.contains(where: { $0.y.isFinite }) else { return }
                plot.add(
                    LinePlot.Curve(name: run.name + suffix, points: points, isDashed: !suffix.isEmpty, colorGroup: color(run)))
            }
            add({ $0.trainingLoss }, to: &losses)
            add({ $0.validation?.loss }, to: &losses, suffix: ", validation")
            add({ $0.test?.areaUnderROC }, to: &areas)
            add({ $0.test?.rootMeanSquaredError }, to: &errors)
        }
        return PlotFigure(title: title, panels: [losses, areas, errors].filter { !$0.curves.isEmpty })
    }
}
