import Formulas
import Lanes

/// A compiled function as C sees it: `void f(size_t count, const T *const *inputs, const T *parameters, T *const *outputs)`.
///
/// - `count`: elements in every input and output array; 0 is allowed.
/// - `inputs`: one array for each varying input, in order.
/// - `parameters`: one number for each uniform input; may be null when there are none.
/// - `outputs`: one array for each output.
///
/// T is `float` or `double`. Arrays need only T's own alignment. An output may be the very array of an input; any other
/// overlap gives undefined results. Nothing is written outside the `count` elements. Element i of an output depends on
/// element i of the inputs alone, with the same bits whatever `count`, alignment and thread. Any number of threads may
/// call at once.
public typealias KernelFunction =
    @convention(c) (
        Int, UnsafePointer<UnsafeRawPointer?>, UnsafeRawPointer?, UnsafePointer<UnsafeMutableRawPointer?>
    ) -> Void

/// Machine code for one lane program, good for as long as this object lives.
public final class CompiledFunction<Value: LaneFloat>: Sendable {
    /// How many input arrays a call takes.
    public let inputCount: Int
    /// How many parameters a call takes.
    public let parameterCount: Int
    /// How many output arrays a call takes.
    public let outputCount: Int
    /// Elements that one pass of the loop handles.
    public let width: Int
    /// Where the time of compilation went.
    public let timings: CompilationTimings

    private let code: LoadedCode
    private let address: UInt

    /// Compiles a program of `Value`'s precision for this machine.
    public init(_ program: LaneProgram, options: KernelOptions = KernelOptions()) throws(KernelError) {
        guard program.precision == Value.precision else { throw .wrongPrecision(program.precision.rawValue) }
        var timings = CompilationTimings()
        let compiler = ModuleCompiler(options: options)
        let name = "kernel"
        let object = try compiler.compile([.init(name: name, program: program)], as: .object, timings: &timings)
        let clock = ContinuousClock()
        let start = clock.now
        code = try LoadedCode(ObjectFile(object), target: options.target)
        guard let address = code.address(of: name) else { throw .linkingFailed("the function is missing from its object") }
        timings.linking = clock.now - start
        self.address = address
        self.timings = timings
        inputCount = program.streamCount
        parameterCount = program.uniformCount
        outputCount = program.outputs.count
        width = try options.resolvedWidth(program)
    }

    /// The function itself, to be called only while this object lives.
    public var pointer: KernelFunction { unsafeBitCast(address, to: KernelFunction.self) }

    /// Calls the function on memory that the caller vouches for.
    ///
    /// - Parameters:
    ///   - count: elements in each array, at least 0.
    ///   - inputs: `inputCount` arrays.
    ///   - parameters: `parameterCount` numbers.
    ///   - outputs: `outputCount` arrays.
    public func call(
        count: Int, inputs: [UnsafePointer<Value>], parameters: [Value] = [], outputs: [UnsafeMutablePointer<Value>]
    ) throws(KernelError) {
        try check("input arrays", inputs.count, inputCount)
        try check("parameters", parameters.count, parameterCount)
        try check("output arrays", outputs.count, outputCount)
        guard count > 0 else { return }
        let inputs = inputs.map { UnsafeRawPointer?($0) }
        let outputs = outputs.map { UnsafeMutableRawPointer?($0) }
        // `self` stays alive through the call: its code is what runs.
        withExtendedLifetime(self) { parameters.withUnsafeBytes { pointer(count, inputs, $0.baseAddress, outputs) } }
    }

    /// Calls the function on arrays of equal length.
    ///
    /// - Parameter count: the length, needed only for a function that has no inputs.
    /// - Returns: `outputCount` arrays of that length.
    public func callAsFunction(
        _ inputs: [[Value]], parameters: [Value] = [], count: Int? = nil
    ) throws(KernelError) -> [[Value]] {
        try check("input arrays", inputs.count, inputCount)
        try check("parameters", parameters.count, parameterCount)
        let count = max(0, count ?? inputs.first?.count ?? 0)
        for input in inputs where input.count != count { throw .lengthsDiffer(expected: count, given: input.count) }
        // One block for all inputs and outputs gives every array an address that is good for the whole call.
        var outputs: [[Value]] = []
        let (inputCount, outputCount) = (self.inputCount, self.outputCount)
        let block = UnsafeMutableBufferPointer<Value>.allocate(capacity: max(1, count * (inputCount + outputCount)))
        defer { block.deallocate() }
        var inputAddresses: [UnsafeRawPointer?] = []
        var outputAddresses: [UnsafeMutableRawPointer?] = []
        for (index, input) in inputs.enumerated() {
            _ = block[(index * count)...].initialize(from: input)
            inputAddresses.append(block.baseAddress.map { UnsafeRawPointer($0 + index * count) })
        }
        for index in 0..<outputCount {
            outputAddresses.append(block.baseAddress.map { UnsafeMutableRawPointer($0 + (inputCount + index) * count) })
        }
        withExtendedLifetime(self) {
            parameters.withUnsafeBytes { pointer(count, inputAddresses, $0.baseAddress, outputAddresses) }
        }
        for index in 0..<outputCount {
            let start = (inputCount + index) * count
            outputs.append(Array(block[start..<(start + count)]))
        }
        return outputs
    }

    private func check(_ what: String, _ given: Int, _ expected: Int) throws(KernelError) {
        guard given == expected else { throw .wrongArgumentCount(what: what, expected: expected, given: given) }
    }
}
