import Foundation
import Formulas
import Lanes

/// Whether a formula, with all its variables made one, can serve as an activation function, and why not.
public struct ActivationAssessment: Hashable, Sendable {
    /// Something that keeps a formula from serving.
    public enum Defect: Hashable, Sendable, CustomStringConvertible {
        /// The same number everywhere, once the variables are one.
        case constant(String)
        /// Hardly any change over N(0, 1).
        case flat(deviation: Double)
        /// No finite value or slope at a point of the range.
        case notFinite(at: Double)
        /// Values beyond the limit.
        case large(value: Double, at: Double)
        /// Faster growth than the limit.
        case growth(exponent: Double)
        /// A slope that all but stops gradients.
        case vanishing(slope: Double)
        /// A slope that blows gradients up.
        case exploding(slope: Double)
        /// No slope on most of N(0, 1).
        case inactive(share: Double)
        /// Hardly any bend over N(0, 1): layers with it are one linear layer.
        case straight

        public var description: String {
            func short(_ value: Double) -> String { String(format: "%.3g", value) }
            switch self {
            case .constant(let text): return "constant after collapse: \(text)"
            case .flat(let deviation): return "almost constant over N(0, 1): standard deviation \(short(deviation))"
            case .notFinite(let point): return "no finite value or slope at x = \(short(point))"
            case .large(let value, let point): return "value \(short(value)) at x = \(short(point))"
            case .growth(let exponent): return "grows like x^\(short(exponent))"
            case .vanishing(let slope): return "vanishing gradient: slope \(short(slope)) over N(0, 1)"
            case .exploding(let slope): return "exploding gradient: slope \(short(slope)) over N(0, 1)"
            case .inactive(let share): return "no gradient on \(short(100 * (1 - share)))% of N(0, 1)"
            case .straight: return "a straight line over N(0, 1), with which layers are one linear layer"
            }
        }
    }

    /// The formula of the one variable `x`, simplified; `nil` where nothing depends on `x`.
    public let activation: Formula?
    /// What keeps it from serving; nothing where it can serve.
    public let defects: [Defect]
    /// The standard deviation of its value over N(0, 1).
    public let deviation: Double
    /// The root mean square of its slope over N(0, 1).
    public let slope: Double
    /// The exponent of its growth between 8 and 16 deviations.
    public let growthExponent: Double

    /// Whether the formula can serve as an activation.
    public var isUsable: Bool { defects.isEmpty }
    /// The defects in words.
    public var reasons: [String] { defects.map(\.description) }

    /// Assesses a formula. It is collapsed first; parameters have their declared values. Nothing is compiled: the
    /// interpreter computes it at some 600 points, in Float, as kernels do.
    public init(_ formula: Formula, criteria: ActivationCriteria = ActivationCriteria()) {
        let collapsed: Formula
        do { collapsed = try formula.collapsed().simplified() } catch {
            self.init(activation: nil, defects: [.constant(String(error.remaining.simplified().text.prefix(60)))])
            return
        }
        // What the collapse did not see through, simplification may.
        guard !collapsed.variables.isEmpty, collapsed.nodes.contains(.variable(0)) else {
            self.init(activation: nil, defects: [.constant(String(collapsed.text.prefix(60)))])
            return
        }
        guard let curve = Curve(collapsed, criteria.range) else {
            self.init(activation: collapsed, defects: [.notFinite(at: .nan)])
            return
        }
        self.init(collapsed, curve, criteria)
    }

    private init(activation: Formula?, defects: [Defect]) {
        self.activation = activation
        self.defects = defects
        deviation = 0
        slope = 0
        growthExponent = 0
    }

    private init(_ formula: Formula, _ curve: Curve, _ criteria: ActivationCriteria) {
        var defects: [Defect] = []
        activation = formula
        if let point = curve.firstNonFinite {
            defects.append(.notFinite(at: point))
            (deviation, slope, growthExponent) = (.nan, .nan, .nan)
            self.defects = defects
            return
        }
        let mean = curve.normalMean { value, _ in value }
        deviation = curve.normalMean { value, _ in (value - mean) * (value - mean) }.squareRoot()
        slope = curve.normalMean { _, slope in slope * slope }.squareRoot()
        growthExponent = curve.growthExponent
        let largest = curve.largest
        if abs(largest.value) > criteria.largestValue { defects.append(.large(value: largest.value, at: largest.point)) }
        if !(growthExponent <= criteria.growthExponent) { defects.append(.growth(exponent: growthExponent)) }
        if deviation < criteria.leastDeviation {
            defects.append(.flat(deviation: deviation))
        } else if slope < criteria.slope.lowerBound {
            defects.append(.vanishing(slope: slope))
        } else if slope > criteria.slope.upperBound {
            defects.append(.exploding(slope: slope))
        } else {
            let share = curve.normalMean { _, slope in abs(slope) > 1e-3 ? 1 : 0 }
            if share < criteria.leastActiveShare { defects.append(.inactive(share: share)) }
            if curve.bend < criteria.leastBend * deviation { defects.append(.straight) }
        }
        self.defects = defects
    }
}

/// Values and slopes of a formula of one variable.
private struct Curve {
    private let points: [Double]
    private let values: [Double]
    private let slopes: [Double]
    /// The largest magnitude between once and twice the range's end.
    private let outerMagnitude: Double

    /// - Returns: `nil` where the formula cannot be interpreted.
    init?(_ formula: Formula, _ range: ClosedRange<Double>) {
        let withSlope = formula.valueAndGradient(withRespectTo: [.variable(0)]).simplified()
        guard let interpreter = try? LaneInterpreter<Float>(LaneProgram(expanding: withSlope, precision: .float)) else {
            return nil
        }
        let uniforms = formula.parameters.map { Float($0.value) }
        let count = 512
        let step = (range.upperBound - range.lowerBound) / Double(count)
        points = (0...count).map { range.lowerBound + step * Double($0) }
        let samples = points.map { interpreter.run(streams: [Float($0)], uniforms: uniforms) }
        values = samples.map { Double($0[0]) }
        slopes = samples.map { Double($0[1]) }
        // Beyond the range infinities are growth, and NaN is no growth that could be measured.
        outerMagnitude =
            (1...64).flatMap { index -> [Double] in
                let factor = 1 + Double(index) / 64
                return [range.lowerBound * factor, range.upperBound * factor].map {
                    let magnitude = abs(Double(interpreter.run(streams: [Float($0)], uniforms: uniforms)[0]))
                    return magnitude.isNaN ? .infinity : magnitude
                }
            }.max() ?? 0
    }

    var firstNonFinite: Double? {
        points.indices.first { !values[$0].isFinite || !slopes[$0].isFinite }.map { points[$0] }
    }

    var largest: (value: Double, point: Double) {
        let index = values.indices.max { abs(values[$0]) < abs(values[$1]) } ?? 0
        return (values[index], points[index])
    }

    /// log2 of how much larger the magnitude gets as that of x doubles. At least 1 is taken for the inner magnitude, so
    /// that bounded functions do not seem to grow.
    var growthExponent: Double { max(0, log2(outerMagnitude / max(1, abs(largest.value)))) }

    /// The mean over N(0, 1) of a function of value and slope: the trapezoidal rule with the normal density as weight.
    func normalMean(_ function: (_ value: Double, _ slope: Double) -> Double) -> Double {
        normalMean { index in function(values[index], slopes[index]) }
    }

    /// What is left of the value's standard deviation over N(0, 1) once the straight line closest to it is taken away.
    var bend: Double {
        let (center, level) = (normalMean { points[$0] }, normalMean { values[$0] })
        let spread = normalMean { (points[$0] - center) * (points[$0] - center) }
        let rise = normalMean { (points[$0] - center) * (values[$0] - level) } / spread
        return normalMean { index in
            let distance = values[index] - level - rise * (points[index] - center)
            return distance * distance
        }.squareRoot()
    }

    private func normalMean(_ function: (_ index: Int) -> Double) -> Double {
        var sum = 0.0
        var weights = 0.0
        for index in points.indices {
            let weight = exp(-0.5 * points[index] * points[index])
            sum += weight * function(index)
            weights += weight
        }
        return sum / weights
    }
}
