import Kernels

/// Memory for numbers at a fixed address, zero at first.
///
/// Not thread-safe: one network's buffers belong to the thread that trains it.
final class FloatBuffer {
    /// How many numbers there is room for.
    let count: Int
    /// The first number. Good for `count` numbers, as long as the buffer lives.
    let start: UnsafeMutablePointer<Float>

    /// Takes memory that begins at a cache line. Behind the numbers there is as much as reductions may read.
    init(count: Int) {
        self.count = count
        let capacity = (count / CompiledReduction.padding + 1) * CompiledReduction.padding
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: capacity * MemoryLayout<Float>.stride, alignment: 64)
        start = bytes.bindMemory(to: Float.self, capacity: capacity)
        start.initialize(repeating: 0, count: capacity)
    }

    deinit { start.deallocate() }

    /// The numbers as a collection, good as long as the buffer lives.
    var array: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: start, count: count) }

    /// A copy of the numbers, for tests and for keeping.
    var values: [Float] { Array(array) }

    /// Writes numbers from the first place on; as many as fit.
    func write(_ numbers: some Collection<Float>) {
        for (index, number) in zip(0..<count, numbers) { start[index] = number }
    }
}
