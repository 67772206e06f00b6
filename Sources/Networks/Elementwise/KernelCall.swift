import Kernels

/// A compiled function with room for the arguments of its calls, so that calling costs no allocation.
///
/// Not thread-safe; the compiled function is, and may serve many of these.
final class KernelCall {
    private let function: CompiledFunction<Float>
    private let code: KernelFunction
    private let inputs: UnsafeMutablePointer<UnsafeRawPointer?>
    private let outputs: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let parameters: FloatBuffer

    /// Prepares calls of a function of up to four inputs and three outputs.
    init(_ function: CompiledFunction<Float>) {
        precondition(function.inputCount <= Self.mostInputs && function.outputCount <= Self.mostOutputs)
        self.function = function
        code = function.pointer
        inputs = .allocate(capacity: Self.mostInputs)
        inputs.initialize(repeating: nil, count: Self.mostInputs)
        outputs = .allocate(capacity: Self.mostOutputs)
        outputs.initialize(repeating: nil, count: Self.mostOutputs)
        parameters = FloatBuffer(count: function.parameterCount)
    }

    deinit {
        inputs.deallocate()
        outputs.deallocate()
    }

    /// A parameter; it stays for later calls. The function must take it.
    subscript(parameter: Int) -> Float {
        get { parameters.start[parameter] }
        set { parameters.start[parameter] = newValue }
    }

    /// Runs the function over arrays of `count` numbers each: as many as it takes, of the arguments given in order, and
    /// as many as it gives.
    @inline(__always)
    func callAsFunction(
        count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>? = nil, _ c: UnsafePointer<Float>? = nil,
        _ d: UnsafePointer<Float>? = nil, to x: UnsafeMutablePointer<Float>, _ y: UnsafeMutablePointer<Float>? = nil,
        _ z: UnsafeMutablePointer<Float>? = nil
    ) {
        inputs[0] = UnsafeRawPointer(a)
        inputs[1] = UnsafeRawPointer(b)
        inputs[2] = UnsafeRawPointer(c)
        inputs[3] = UnsafeRawPointer(d)
        outputs[0] = UnsafeMutableRawPointer(x)
        outputs[1] = UnsafeMutableRawPointer(y)
        outputs[2] = UnsafeMutableRawPointer(z)
        code(count, inputs, parameters.start, outputs)
    }

    private static let mostInputs = 4
    private static let mostOutputs = 3
}
