/// All numbers that training changes, in one piece, with their gradients in another of the same order.
final class ParameterStore {
    /// The numbers.
    let values: FloatBuffer
    /// The loss's derivative by each number, from the last backward pass.
    let gradients: FloatBuffer
    private var reserved = 0

    /// Room for so many numbers.
    init(count: Int) {
        values = FloatBuffer(count: count)
        gradients = FloatBuffer(count: count)
    }

    /// Where a group of numbers stands, and its gradients.
    struct Group {
        /// The numbers.
        let values: UnsafeMutablePointer<Float>
        /// Their gradients.
        let gradients: UnsafeMutablePointer<Float>
        let count: Int

        /// The numbers as a collection, good as long as the store lives.
        var array: UnsafeMutableBufferPointer<Float> { UnsafeMutableBufferPointer(start: values, count: count) }
    }

    /// Hands out the next numbers. All groups together must not be larger than the store, which is made for them.
    func reserve(_ count: Int) -> Group {
        precondition(reserved + count <= values.count, "a network's layers need more parameters than its configuration states")
        defer { reserved += count }
        return Group(values: values.start + reserved, gradients: gradients.start + reserved, count: count)
    }
}
