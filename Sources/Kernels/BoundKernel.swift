import Lanes

/// A compiled function with arrays of its own, to be called over and over: what benchmarks time.
///
/// The inputs are spread evenly over [-8, 8] in a scrambled order, the same for every run; parameters have the values
/// given. Not safe to share between threads.
public final class BoundKernel<Value: LaneFloat> {
    private let function: CompiledFunction<Value>
    private let count: Int
    private let parameters: [Value]
    private let block: UnsafeMutableBufferPointer<Value>
    private var inputs: [UnsafeRawPointer?] = []
    private var outputs: [UnsafeMutableRawPointer?] = []

    /// Allocates and fills the arrays, each of `count` elements and aligned to a cache line.
    public init(_ function: CompiledFunction<Value>, parameters: [Value], count: Int) throws(KernelError) {
        guard parameters.count == function.parameterCount else {
            throw .wrongArgumentCount(what: "parameters", expected: function.parameterCount, given: parameters.count)
        }
        self.function = function
        self.count = max(0, count)
        self.parameters = parameters
        let arrays = function.inputCount + function.outputCount
        let stride = Self.stride(count: self.count, arrays: arrays)
        let raw = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(1, arrays) * stride * MemoryLayout<Value>.size, alignment: 64)
        block = raw.bindMemory(to: Value.self)
        block.initialize(repeating: 0)
        var state: UInt64 = 1
        for index in 0..<arrays {
            let start = index * stride
            if index < function.inputCount {
                for element in start..<(start + self.count) {
                    // Knuth's MMIX congruential generator; its upper bits are spread well enough for a benchmark.
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    block[element] = Value(Double(state >> 40) * 0x1p-20 - 8)
                }
                inputs.append(UnsafeRawPointer(raw.baseAddress?.advanced(by: start * MemoryLayout<Value>.size)))
            } else {
                outputs.append(raw.baseAddress?.advanced(by: start * MemoryLayout<Value>.size))
            }
        }
    }

    deinit { block.deallocate() }

    /// Elements from the beginning of one array to that of the next: whole cache lines, by which the arrays begin in parts of a
    /// page that are spread evenly. Processors compare addresses within pages first, and a load that seems to read what was
    /// just stored waits.
    private static func stride(count: Int, arrays: Int) -> Int {
        let (line, page) = (64 / MemoryLayout<Value>.size, 4096 / MemoryLayout<Value>.size)
        let lines = max(1, page / line / max(1, arrays))
        return (count + page - 1) / page * page + lines * line
    }

    /// Calls the function so many times, each time shared out among threads.
    public func run(times: Int, threads: Int) throws(KernelError) {
        guard threads > 1 else { return run(times: times) }
        let inputs = inputs.compactMap { $0?.assumingMemoryBound(to: Value.self) }
        let outputs = outputs.compactMap { $0?.assumingMemoryBound(to: Value.self) }
        for _ in 0..<times {
            try function.call(count: count, inputs: inputs, parameters: parameters, outputs: outputs, threads: threads)
        }
    }

    /// Calls the function so many times.
    public func run(times: Int) {
        let pointer = function.pointer
        // The arrays were allocated for `count` elements, as many of them as the function takes.
        parameters.withUnsafeBytes { parameters in
            for _ in 0..<times { pointer(count, inputs, parameters.baseAddress, outputs) }
        }
    }
}
