import Dispatch
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
    /// Where the time of compilation went, that of functions compiled together with this one included.
    public let timings: CompilationTimings

    /// Keeps the machine code in memory.
    private let code: LoadedCode
    private let address: UInt

    /// Compiles a program of `Value`'s precision for this machine.
    public convenience init(_ program: LaneProgram, options: KernelOptions = KernelOptions()) throws(KernelError) {
        try self.init(program, options: options, timings: CompilationTimings())
    }

    /// Compiles a formula as it is: variables become inputs, parameters parameters, and each output an array.
    public convenience init(_ formula: Formula, options: KernelOptions = KernelOptions()) throws(KernelError) {
        var timings = CompilationTimings()
        let program = try timings.measure(\.expansion) { () throws(KernelError) in
            LaneProgram(expanding: formula, precision: Value.precision, math: options.math)
        }
        try self.init(program, options: options, timings: timings)
    }

    private convenience init(
        _ program: LaneProgram, options: KernelOptions, timings: CompilationTimings
    ) throws(KernelError) {
        guard program.precision == Value.precision else { throw .wrongPrecision(program.precision.rawValue) }
        var timings = timings
        let function = ModuleCompiler.Function(name: "function", program: program)
        let image = try KernelImage([function], options: options, timings: &timings)
        guard let part = image.parts.first, let shape = part.shapes[function.name] else {
            throw .linkingFailed("the function \(function.name) is missing from its image")
        }
        let code = try timings.measure(\.linking) { () throws(KernelError) in
            try LoadedCode(ObjectFile(part.object), target: options.target)
        }
        guard let address = code.address(of: function.name) else {
            throw .linkingFailed("the function \(function.name) is missing from its object")
        }
        self.init(shape: shape, code: code, address: address, timings: timings)
    }

    /// A function of code that has been placed in memory.
    init(shape: FunctionShape, code: LoadedCode, address: UInt, timings: CompilationTimings) {
        inputCount = shape.inputCount
        parameterCount = shape.parameterCount
        outputCount = shape.outputCount
        width = shape.width
        self.timings = timings
        self.code = code
        self.address = address
    }

    /// The function itself, to be called only while this object lives.
    public var pointer: KernelFunction { unsafeBitCast(address, to: KernelFunction.self) }

    /// Calls the function on memory that the caller vouches for.
    ///
    /// - Parameters:
    ///   - count: elements in each array; nothing happens unless it is positive.
    ///   - inputs: `inputCount` arrays.
    ///   - parameters: `parameterCount` numbers.
    ///   - outputs: `outputCount` arrays.
    ///   - threads: how many threads may share the work. The results do not depend on it.
    public func call(
        count: Int, inputs: [UnsafePointer<Value>], parameters: [Value] = [], outputs: [UnsafeMutablePointer<Value>],
        threads: Int = 1
    ) throws(KernelError) {
        try check("input arrays", inputs.count, inputCount)
        try check("parameters", parameters.count, parameterCount)
        try check("output arrays", outputs.count, outputCount)
        guard count > 0 else { return }
        let slices = Slices(count: count, threads: threads)
        // The threads read and write disjoint parts of the arrays, and this call outlasts them.
        nonisolated(unsafe) let (inputs, outputs) = (inputs, outputs)
        parameters.withUnsafeBytes { bytes in
            nonisolated(unsafe) let parameters = bytes.baseAddress
            if slices.number == 1 {
                run(0..<count, inputs, parameters, outputs)
            } else {
                DispatchQueue.concurrentPerform(iterations: slices.number) { slice in
                    self.run(slices[slice], inputs, parameters, outputs)
                }
            }
        }
    }

    private func run(
        _ range: Range<Int>, _ inputs: [UnsafePointer<Value>], _ parameters: UnsafeRawPointer?,
        _ outputs: [UnsafeMutablePointer<Value>]
    ) {
        let inputs = inputs.map { UnsafeRawPointer?($0 + range.lowerBound) }
        let outputs = outputs.map { UnsafeMutableRawPointer?($0 + range.lowerBound) }
        // The code that runs lives as long as `self`.
        withExtendedLifetime(self) { pointer(range.count, inputs, parameters, outputs) }
    }

    /// Calls the function on arrays of equal length.
    ///
    /// - Parameters:
    ///   - inputs: `inputCount` arrays.
    ///   - parameters: `parameterCount` numbers.
    ///   - count: the length, needed only for a function that has no inputs.
    ///   - threads: how many threads may share the work. The results do not depend on it.
    /// - Returns: `outputCount` arrays of that length.
    // Copies of arrays are slow where the type is not known.
    @_specialize(where Value == Float)
    @_specialize(where Value == Double)
    public func callAsFunction(
        _ inputs: [[Value]], parameters: [Value] = [], count: Int? = nil, threads: Int = 1
    ) throws(KernelError) -> [[Value]] {
        let count = max(0, count ?? inputs.first?.count ?? 0)
        for input in inputs where input.count != count { throw .lengthsDiffer(expected: count, given: input.count) }
        // All arrays in one block, so that each has an address that is good for the whole call.
        let block = UnsafeMutableBufferPointer<Value>.allocate(capacity: max(1, count * (inputs.count + outputCount)))
        defer { block.deallocate() }
        guard let base = block.baseAddress else { return [] }
        for (index, input) in inputs.enumerated() {
            _ = UnsafeMutableBufferPointer(start: base + index * count, count: count).initialize(from: input)
        }
        let results = (0..<outputCount).map { base + (inputs.count + $0) * count }
        for result in results { result.initialize(repeating: 0, count: count) }
        try call(
            count: count, inputs: inputs.indices.map { UnsafePointer(base + $0 * count) }, parameters: parameters,
            outputs: results, threads: threads)
        return results.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
    }

    private func check(_ what: String, _ given: Int, _ expected: Int) throws(KernelError) {
        guard given == expected else { throw .wrongArgumentCount(what: what, expected: expected, given: given) }
    }
}

/// A division of elements among threads. Every slice but the last is a multiple of 64 elements, so that no two threads
/// write to one cache line of a line-aligned array and only the last slice has a remainder.
private struct Slices {
    let count: Int
    let size: Int

    init(count: Int, threads: Int) {
        self.count = count
        let even = (count + max(1, threads) - 1) / max(1, threads)
        size = max(Self.smallest, (even + 63) & -64)
    }

    var number: Int { (count + size - 1) / size }

    subscript(index: Int) -> Range<Int> { index * size..<min(count, (index + 1) * size) }

    /// Below this, waking a thread costs more than it saves.
    private static let smallest = 4096
}
