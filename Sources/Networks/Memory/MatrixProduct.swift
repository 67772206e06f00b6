import Kernels

/// The three matrix products of a dense layer, on the calling thread.
///
/// Dimensions: u units, k inputs, n examples.
struct MatrixProduct {
    let units: Int
    let inputs: Int
    private let products: MatrixProducts

    /// The products of a layer.
    init(units: Int, inputs: Int, _ products: MatrixProducts) {
        self.units = units
        self.inputs = inputs
        self.products = products
    }

    /// sums (u × n) = weights (u × k) · input (k × n).
    func forward(weights: UnsafePointer<Float>, input: FeatureMatrix, sums: FeatureMatrix, count: Int) {
        products.product(
            rows: units, inner: inputs, count: count, weights, rowStep: inputs, columnStep: 1, input.start,
            stride: input.stride, to: sums.start, stride: sums.stride)
    }

    /// gradient of weights (u × k) = gradient of sums (u × n) · inputᵀ (n × k).
    ///
    /// The sums over examples are taken in whole registers, so both matrices are made 0 beyond `count`: an earlier, larger
    /// batch may have left an infinity there, which times 0 is NaN.
    func weightGradient(
        _ gradient: UnsafeMutablePointer<Float>, sumGradient: FeatureMatrix, input: FeatureMatrix, count: Int
    ) {
        for unit in 0..<units { sumGradient.clearPadding(unit: unit, count: count) }
        for feature in 0..<inputs { input.clearPadding(unit: feature, count: count) }
        products.sumProduct(
            rows: units, columns: inputs, count: count, sumGradient.start, stride: sumGradient.stride, input.start,
            stride: input.stride, to: gradient, stride: inputs)
    }

    /// gradient of input (k × n) = weightsᵀ (k × u) · gradient of sums (u × n).
    func inputGradient(weights: UnsafePointer<Float>, sumGradient: FeatureMatrix, into gradient: FeatureMatrix, count: Int) {
        products.product(
            rows: inputs, inner: units, count: count, weights, rowStep: 1, columnStep: inputs, sumGradient.start,
            stride: sumGradient.stride, to: gradient.start, stride: gradient.stride)
    }
}
