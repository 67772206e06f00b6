import Kernels

/// A compiled reduction with room for the arguments of its calls, so that calling costs no allocation. Not thread-safe.
///
/// Input arrays must be readable up to `CompiledReduction.padding`, as those of `FloatBuffer` and `FeatureMatrix` are.
final class ReductionCall {
    private let function: CompiledReduction
    private let code: KernelFunction
    private let inputs: UnsafeMutablePointer<UnsafeRawPointer?>
    private let outputs: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let parameters: FloatBuffer
    private let sums: UnsafeMutablePointer<Double>

    /// Prepares calls of a reduction of up to three inputs.
    init(_ function: CompiledReduction) {
        precondition(function.inputCount <= Self.mostInputs)
        self.function = function
        code = function.pointer
        inputs = .allocate(capacity: Self.mostInputs)
        inputs.initialize(repeating: nil, count: Self.mostInputs)
        sums = .allocate(capacity: function.outputCount)
        sums.initialize(repeating: 0, count: function.outputCount)
        outputs = .allocate(capacity: function.outputCount)
        for index in 0..<function.outputCount { (outputs + index).initialize(to: UnsafeMutableRawPointer(sums + index)) }
        parameters = FloatBuffer(count: function.parameterCount)
    }

    deinit {
        inputs.deallocate()
        outputs.deallocate()
        sums.deallocate()
    }

    /// The sums over `count` elements of as many arrays as the reduction takes. The result is good until the next call; it has
    /// as many sums as the reduction gives.
    @inline(__always)
    func callAsFunction(
        count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>? = nil, _ c: UnsafePointer<Float>? = nil,
        parameter: Float = 0
    ) -> UnsafePointer<Double> {
        inputs[0] = UnsafeRawPointer(a)
        inputs[1] = UnsafeRawPointer(b)
        inputs[2] = UnsafeRawPointer(c)
        parameters.start[0] = parameter
        code(count, inputs, parameters.start, outputs)
        return UnsafePointer(sums)
    }

    private static let mostInputs = 3
}
