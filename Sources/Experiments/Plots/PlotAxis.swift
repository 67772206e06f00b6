import Foundation

/// A range of numbers with round numbers to label it by.
struct PlotAxis {
    /// What the axis spans.
    let range: ClosedRange<Double>
    /// Round numbers within the range, ascending.
    let ticks: [Double]

    /// An axis of a range; one without extent is widened by a half on either side.
    ///
    /// - Parameter tickCount: about how many ticks there may be at most.
    init(_ low: Double, _ high: Double, tickCount: Int = 8) {
        range = low < high ? low...high : (low - 0.5)...(high + 0.5)
        ticks = Self.ticks(range, count: tickCount)
    }

    /// An axis of all numbers, or 0 to 1 when there are none. Those that are not finite do not count.
    init(spanning numbers: some Sequence<Double>) {
        let finite = numbers.filter(\.isFinite)
        self.init(finite.min() ?? 0, finite.max() ?? 1)
    }

    /// An axis that shows each of several curves, where a few extreme values (beside a pole) do not flatten the rest.
    ///
    /// A curve's end counts as extreme when it is further outside of the middle nine tenths of the values than three times
    /// their extent; of it half the extent is shown.
    init(showing curves: [[Double]]) {
        var low = Double.infinity
        var high = -Double.infinity
        for curve in curves {
            let sorted = curve.filter(\.isFinite).sorted()
            guard let first = sorted.first, let last = sorted.last else { continue }
            let inner = sorted[sorted.count / 20]...sorted[sorted.count - 1 - sorted.count / 20]
            let extent = inner.upperBound - inner.lowerBound
            low = min(low, inner.lowerBound - first > 3 * extent && extent > 0 ? inner.lowerBound - extent / 2 : first)
            high = max(high, last - inner.upperBound > 3 * extent && extent > 0 ? inner.upperBound + extent / 2 : last)
        }
        guard low <= high else {
            self.init(0, 1)
            return
        }
        // A little room, so that no curve runs along the frame.
        let room = (high - low) / 25
        self.init(low - room, high + room)
    }

    /// Where a number is, from 0 at the lower end to 1 at the upper one.
    func position(_ number: Double) -> Double { (number - range.lowerBound) / (range.upperBound - range.lowerBound) }

    private static func ticks(_ range: ClosedRange<Double>, count: Int) -> [Double] {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return [range.lowerBound] }
        let magnitude = pow(10, log10(span / Double(count)).rounded(.down))
        let step = [1, 2, 5].map { $0 * magnitude }.first { span / $0 <= Double(count) } ?? 10 * magnitude
        let first = (range.lowerBound / step).rounded(.up)
        let last = (range.upperBound / step).rounded(.down)
        guard last >= first else { return [range.lowerBound] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// A number as axes show it.
    static func label(_ value: Double) -> String { String(format: "%.6g", value == 0 ? 0 : value) }
}
