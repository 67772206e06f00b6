import CBLAS

/// The three matrix products of a dense layer, by OpenBLAS on the calling thread alone.
///
/// Dimensions: u units, k inputs, n examples. OpenBLAS's own threads are switched off, so that a product's bits do not
/// depend on their number; runs are spread over the cores instead.
struct MatrixProduct {
    let units: Int
    let inputs: Int

    private static let useOneThread: Void = openblas_set_num_threads(1)

    /// The products of a layer.
    init(units: Int, inputs: Int) {
        _ = Self.useOneThread
        self.units = units
        self.inputs = inputs
    }

    /// sums (u × n) = weights (u × k) · input (k × n).
    func forward(weights: UnsafePointer<Float>, input: LayerInput, sums: FeatureMatrix, count: Int) {
        switch input {
        case .rows(let rows, let featureCount):
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(units), Int32(count), Int32(inputs), 1, weights, Int32(inputs),
                rows, Int32(featureCount), 0, sums.start, Int32(sums.stride))
        case .units(let matrix) where units == 1:
            cblas_sgemv(
                CblasRowMajor, CblasTrans, Int32(inputs), Int32(count), 1, matrix.start, Int32(matrix.stride), weights, 1, 0,
                sums.start, 1)
        case .units(let matrix):
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(units), Int32(count), Int32(inputs), 1, weights, Int32(inputs),
                matrix.start, Int32(matrix.stride), 0, sums.start, Int32(sums.stride))
        }
    }

    /// gradient of weights (u × k) = gradient of sums (u × n) · inputᵀ (n × k).
    func weightGradient(
        _ gradient: UnsafeMutablePointer<Float>, sumGradient: FeatureMatrix, input: LayerInput, count: Int
    ) {
        switch input {
        case .rows(let rows, let featureCount):
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(units), Int32(inputs), Int32(count), 1, sumGradient.start,
                Int32(sumGradient.stride), rows, Int32(featureCount), 0, gradient, Int32(inputs))
        case .units(let matrix) where units == 1:
            cblas_sgemv(
                CblasRowMajor, CblasNoTrans, Int32(inputs), Int32(count), 1, matrix.start, Int32(matrix.stride),
                sumGradient.start, 1, 0, gradient, 1)
        case .units(let matrix):
            cblas_sgemm(
                CblasRowMajor, CblasNoTrans, CblasTrans, Int32(units), Int32(inputs), Int32(count), 1, sumGradient.start,
                Int32(sumGradient.stride), matrix.start, Int32(matrix.stride), 0, gradient, Int32(inputs))
        }
    }

    /// gradient of input (k × n) = weightsᵀ (k × u) · gradient of sums (u × n).
    func inputGradient(weights: UnsafePointer<Float>, sumGradient: FeatureMatrix, into gradient: FeatureMatrix, count: Int) {
        cblas_sgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, Int32(inputs), Int32(count), Int32(units), 1, weights, Int32(inputs),
            sumGradient.start, Int32(sumGradient.stride), 0, gradient.start, Int32(gradient.stride))
    }
}
