import Datasets
import Kernels

/// How long the matrix products of dense layers take by themselves, on the calling thread: a bound that no training of these
/// layers can go below, to compare an epoch's time with.
public struct ProductTiming: Sendable {
    /// Nanoseconds for each row of a batch: the least and the median of the samples.
    public let least, median: Double
    /// How many batches were timed.
    public let samples: Int

    /// Rows of large batches repeat after so many; drawing all would take longer than the products.
    private static let differentRows = 1_024

    /// Times the products of a step: forward, gradient of weights, and, but for the first layer, gradient of the input.
    ///
    /// - Parameters:
    ///   - units: how many features a row has, then the units of each layer with the output's; all at least 1.
    ///   - batchSize: how many rows a batch has, at least 1.
    ///   - budget: how long to measure, in seconds; at least five samples are taken.
    ///   - isCancelled: asked after each batch; once it says yes, what was measured until then is what comes out.
    /// - Throws: `KernelError` when the kernels of the products cannot be compiled.
    public init(units: [Int], batchSize: Int, budget: Double, isCancelled: () -> Bool = { false }) throws(KernelError) {
        let host = try MatrixProducts.host()
        var random = RandomStream(seed: 0)
        func matrix(_ rows: Int) -> FeatureMatrix {
            let matrix = FeatureMatrix(unitCount: rows, capacity: batchSize)
            for unit in 0..<rows {
                let numbers = matrix.unit(unit)
                for column in 0..<batchSize {
                    numbers[column] =
                        column < Self.differentRows ? random.uniform(in: -1...1) : numbers[column - Self.differentRows]
                }
            }
            return matrix
        }
        let values = units.map(matrix)
        let gradients = units.map(matrix)
        let layers = zip(units, units.dropFirst()).map { MatrixProduct(units: $1, inputs: $0, host) }
        let weights = layers.map { layer in
            let buffer = FloatBuffer(count: layer.units * layer.inputs)
            for index in 0..<buffer.count { buffer.start[index] = random.uniform(in: -1...1) }
            return buffer
        }
        let weightGradients = layers.map { FloatBuffer(count: $0.units * $0.inputs) }
        func step() {
            for (index, layer) in layers.enumerated() {
                layer.forward(weights: weights[index].start, input: values[index], sums: values[index + 1], count: batchSize)
            }
            for (index, layer) in layers.enumerated().reversed() {
                layer.weightGradient(
                    weightGradients[index].start, sumGradient: gradients[index + 1], input: values[index], count: batchSize)
                if index > 0 {
                    layer.inputGradient(
                        weights: weights[index].start, sumGradient: gradients[index + 1], into: gradients[index],
                        count: batchSize)
                }
            }
        }
        let clock = ContinuousClock()
        step()
        var nanoseconds: [Double] = []
        let start = clock.now
        repeat {
            let elapsed = clock.measure(step)
            nanoseconds.append(elapsed / .nanoseconds(1) / Double(batchSize))
        } while !isCancelled() && ((clock.now - start) / .seconds(1) < budget || nanoseconds.count < 5)
        nanoseconds.sort()
        least = nanoseconds[0]
        median = nanoseconds[nanoseconds.count / 2]
        samples = nanoseconds.count
    }
}
