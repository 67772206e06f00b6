import Kernels

/// The element-wise way forward through a layer: scale and shift, the activation, dropout. Not thread-safe.
protocol LayerActivation: AnyObject {
    /// Sets a parameter of the activation's formula; it stays.
    func setParameter(_ index: Int, _ value: Float)

    /// Sets where the derivatives by a trained parameter go; it stays.
    ///
    /// - Parameter index: its place among the trained parameters.
    func setSlopes(byTrained index: Int, _ array: UnsafeMutablePointer<Float>)

    /// From a unit's sums to its values and to their derivatives by what the activation takes, dropout in both.
    ///
    /// - Parameter random: numbers of `DropoutNumbers`, one for each element; not looked at where there is no dropout.
    func forwardInTraining(
        _ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>, random: UnsafePointer<Float>,
        values: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>)

    /// From a unit's sums to its values, nothing left out.
    func forwardInEvaluation(
        _ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>)
}

/// All of it in one kernel made of the activation's formula.
final class FusedActivation: LayerActivation {
    private let trainingCall: KernelCall
    private let evaluationCall: KernelCall
    private let hasDropout: Bool
    /// Where the activation's parameters begin among those of the kernels.
    private let firstInTraining: Int
    private static let firstInEvaluation = 2

    /// Takes the kernels of `LayerFormulas`.
    init(training: CompiledFunction<Float>, evaluation: CompiledFunction<Float>, dropout: DropoutNumbers?) {
        trainingCall = KernelCall(training)
        evaluationCall = KernelCall(evaluation)
        hasDropout = dropout != nil
        firstInTraining = dropout == nil ? 2 : 4
        if let dropout {
            trainingCall[2] = dropout.threshold
            trainingCall[3] = dropout.factor
        }
    }

    func setParameter(_ index: Int, _ value: Float) {
        trainingCall[firstInTraining + index] = value
        evaluationCall[Self.firstInEvaluation + index] = value
    }

    func setSlopes(byTrained index: Int, _ array: UnsafeMutablePointer<Float>) { trainingCall.setOutput(2 + index, array) }

    func forwardInTraining(
        _ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>, random: UnsafePointer<Float>,
        values: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>
    ) {
        trainingCall[0] = affine.scale
        trainingCall[1] = affine.shift
        trainingCall(count: count, sums, hasDropout ? random : nil, to: values, slopes)
    }

    func forwardInEvaluation(
        _ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>
    ) {
        evaluationCall[0] = affine.scale
        evaluationCall[1] = affine.shift
        evaluationCall(count: count, sums, to: values)
    }
}

/// The activation by a library's functions, between kernels for what surrounds it.
final class LibraryActivation: LayerActivation {
    private let library: ActivationLibrary
    private let affineCall: KernelCall
    private let maskCall: KernelCall
    private let hasDropout: Bool
    private let forwardCall: KernelCall
    private let gradientCall: KernelCall
    /// What the activation takes.
    private let inputs: FloatBuffer
    /// Where derivatives by parameters that are not trained go.
    private let unused: FloatBuffer
    /// For each trained parameter its place among the formula's.
    private let trained: [Int]
    private var slopeArrays: [UnsafeMutablePointer<Float>]

    /// Takes the kernels of `LayerFormulas.affine` and `LayerFormulas.mask`.
    ///
    /// - Parameter trained: for each trained parameter its place among the formula's; the library must differentiate by
    ///   parameters if there are any.
    init(
        _ library: ActivationLibrary, affine: CompiledFunction<Float>, mask: CompiledFunction<Float>, dropout: DropoutNumbers?,
        trained: [Int], capacity: Int
    ) {
        self.library = library
        self.trained = trained
        affineCall = KernelCall(affine)
        maskCall = KernelCall(mask)
        hasDropout = dropout != nil
        if let dropout {
            maskCall[0] = dropout.threshold
            maskCall[1] = dropout.factor
        }
        let parameterCount = library.formula.parameters.count
        forwardCall = KernelCall(library.forward, of: library, inputs: 1, parameters: parameterCount, outputs: 1)
        gradientCall = KernelCall(
            library.valueAndGradient, of: library, inputs: 1, parameters: parameterCount,
            outputs: 2 + (library.differentiatesParameters ? parameterCount : 0))
        inputs = FloatBuffer(count: capacity)
        unused = FloatBuffer(count: capacity)
        slopeArrays = trained.map { [unused] _ in unused.start }
        if library.differentiatesParameters {
            for index in 0..<parameterCount { gradientCall.setOutput(2 + index, unused.start) }
        }
    }

    func setParameter(_ index: Int, _ value: Float) {
        forwardCall[index] = value
        gradientCall[index] = value
    }

    func setSlopes(byTrained index: Int, _ array: UnsafeMutablePointer<Float>) {
        slopeArrays[index] = array
        gradientCall.setOutput(2 + trained[index], array)
    }

    func forwardInTraining(
        _ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>, random: UnsafePointer<Float>,
        values: UnsafeMutablePointer<Float>, slopes: UnsafeMutablePointer<Float>
    ) {
        setInputs(affine, count: count, sums: sums)
        gradientCall(count: count, inputs.start, to: values, slopes)
        guard hasDropout else { return }
        maskCall(count: count, values, random, to: values)
        maskCall(count: count, slopes, random, to: slopes)
        for array in slopeArrays { maskCall(count: count, array, random, to: array) }
    }

    func forwardInEvaluation(
        _ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>, values: UnsafeMutablePointer<Float>
    ) {
        setInputs(affine, count: count, sums: sums)
        forwardCall(count: count, inputs.start, to: values)
    }

    private func setInputs(_ affine: BatchNormalization.Affine, count: Int, sums: UnsafePointer<Float>) {
        affineCall[0] = affine.scale
        affineCall[1] = affine.shift
        affineCall(count: count, sums, to: inputs.start)
    }
}
