/// Batch normalisation of a layer's units, as PyTorch has it: training normalises with the batch's biased variance and
/// tracks the unbiased one; evaluation normalises with what was tracked.
final class BatchNormalization {
    /// The weight of a new batch in the running figures.
    static let momentum = 0.1
    /// Added to variances.
    static let epsilon = 1e-5

    let scales: ParameterStore.Group
    let shifts: ParameterStore.Group
    /// The running means of the sums, biases included.
    let runningMeans: FloatBuffer
    /// The running unbiased variances.
    let runningVariances: FloatBuffer
    private let reductions: Reductions
    private let means: FloatBuffer
    private var inverseDeviations: [Double]

    /// Begins with scale 1, shift 0, running mean 0 and variance 1.
    init(unitCount: Int, store: ParameterStore, reductions: Reductions) {
        self.reductions = reductions
        scales = store.reserve(unitCount)
        shifts = store.reserve(unitCount)
        scales.values.update(repeating: 1, count: unitCount)
        runningMeans = FloatBuffer(count: unitCount)
        runningVariances = FloatBuffer(count: unitCount)
        runningVariances.start.update(repeating: 1, count: unitCount)
        means = FloatBuffer(count: unitCount)
        inverseDeviations = [Double](repeating: 1, count: unitCount)
    }

    /// Scale and shift that a unit's sums get.
    struct Affine {
        let scale: Float
        let shift: Float

        init(scale: Float, shift: Float) {
            self.scale = scale
            self.shift = shift
        }

        /// Those of evaluation: scale · (sum + bias − mean) / √(variance + ε) + shift, as one product and sum.
        init(scale: Float, shift: Float, mean: Float, variance: Float, bias: Float) {
            let product = Double(scale) / (Double(variance) + BatchNormalization.epsilon).squareRoot()
            self.scale = Float(product)
            self.shift = Float(Double(shift) + (Double(bias) - Double(mean)) * product)
        }
    }

    /// Measures a batch's sums for a unit and tracks the figures.
    ///
    /// - Parameters:
    ///   - sums: the sums without the bias, which cancels: the mean has it too.
    ///   - bias: the bias, for the running mean.
    func measure(_ sums: UnsafePointer<Float>, unit: Int, bias: Float, count: Int) -> Affine {
        let examples = Double(count)
        let mean = reductions.sum(sums, count: count) / examples
        let center = Float(mean)
        let variance = reductions.squares(sums, about: center, count: count) / examples
        let unbiased = variance * examples / max(1, examples - 1)
        track(runningMeans, unit, mean + Double(bias))
        track(runningVariances, unit, unbiased)
        means.start[unit] = center
        let inverse = 1 / (variance + Self.epsilon).squareRoot()
        inverseDeviations[unit] = inverse
        let scale = Double(scales.values[unit]) * inverse
        return Affine(scale: Float(scale), shift: Float(Double(shifts.values[unit]) - mean * scale))
    }

    /// Scale and shift by the tracked figures.
    func tracked(unit: Int, bias: Float) -> Affine {
        Affine(
            scale: scales.values[unit], shift: shifts.values[unit], mean: runningMeans.start[unit],
            variance: runningVariances.start[unit], bias: bias)
    }

    /// What `LayerFormulas.backward` takes besides arrays.
    struct Projection {
        let scale: Float
        let gradientMean: Float
        let mean: Float
        let projection: Float
    }

    /// Notes the gradients of scale and shift for a unit and says how the sums' gradient follows.
    func backward(
        gradient: UnsafePointer<Float>, slope: UnsafePointer<Float>, sums: UnsafePointer<Float>, unit: Int, count: Int
    ) -> Projection {
        let mean = means.start[unit]
        let (total, weighted) = reductions.projection(gradient, slope, sums, about: mean, count: count)
        let inverse = inverseDeviations[unit]
        shifts.gradients[unit] = Float(total)
        scales.gradients[unit] = Float(weighted * inverse)
        return Projection(
            scale: Float(Double(scales.values[unit]) * inverse), gradientMean: Float(total / Double(count)), mean: mean,
            projection: Float(weighted * inverse * inverse / Double(count)))
    }

    private func track(_ running: FloatBuffer, _ unit: Int, _ measured: Double) {
        let before = Double(running.start[unit])
        running.start[unit] = Float(before + Self.momentum * (measured - before))
    }
}
