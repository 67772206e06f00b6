import Kernels

/// A compiled function with room for the arguments of its calls, so that calling costs no allocation.
///
/// Not thread-safe; the compiled function is, and may serve many of these.
final class KernelCall {
    /// Keeps the code in memory.
    private let owner: AnyObject
    private let code: KernelFunction
    private let inputs: UnsafeMutablePointer<UnsafeRawPointer?>
    private let outputs: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    private let parameters: FloatBuffer

    /// Prepares calls of a function.
    convenience init(_ function: CompiledFunction<Float>) {
        self.init(
            function.pointer, of: function, inputs: function.inputCount, parameters: function.parameterCount,
            outputs: function.outputCount)
    }

    /// Prepares calls of a function that lives as long as its owner.
    init(_ code: KernelFunction, of owner: AnyObject, inputs inputArrays: Int, parameters: Int, outputs outputArrays: Int) {
        self.owner = owner
        self.code = code
        let inputCount = max(inputArrays, Self.positionalInputs)
        inputs = .allocate(capacity: inputCount)
        inputs.initialize(repeating: nil, count: inputCount)
        let outputCount = max(outputArrays, Self.positionalOutputs)
        outputs = .allocate(capacity: outputCount)
        outputs.initialize(repeating: nil, count: outputCount)
        self.parameters = FloatBuffer(count: parameters)
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

    /// Sets where an output goes that `callAsFunction` has no argument for: the third, unless that is given, and those after it. It stays for later calls.
    /// The function must give it.
    func setOutput(_ index: Int, _ array: UnsafeMutablePointer<Float>) {
        outputs[index] = UnsafeMutableRawPointer(array)
    }

    /// Runs the function over arrays of `count` numbers each: as many as it takes, of the arguments given in order, and
    /// as many as it gives.
    @inline(__always)
    func callAsFunction(
        count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>? = nil, _ c: UnsafePointer<Float>? = nil,
        _ d: UnsafePointer<Float>? = nil, _ e: UnsafePointer<Float>? = nil, to x: UnsafeMutablePointer<Float>,
        _ y: UnsafeMutablePointer<Float>? = nil,
        _ z: UnsafeMutablePointer<Float>? = nil
    ) {
        inputs[0] = UnsafeRawPointer(a)
        inputs[1] = UnsafeRawPointer(b)
        inputs[2] = UnsafeRawPointer(c)
        inputs[3] = UnsafeRawPointer(d)
        inputs[4] = UnsafeRawPointer(e)
        outputs[0] = UnsafeMutableRawPointer(x)
        outputs[1] = UnsafeMutableRawPointer(y)
        if let z { outputs[2] = UnsafeMutableRawPointer(z) }
        code(count, inputs, parameters.start, outputs)
    }

    private static let positionalInputs = 5
    private static let positionalOutputs = 3
}
