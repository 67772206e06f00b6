import Datasets

/// PyTorch's default for dense layers: weights and biases uniform in ±1/√(number of inputs).
enum Initialization {
    /// Draws a group of parameters.
    static func fill(_ group: ParameterStore.Group, fanIn: Int, _ random: inout RandomStream) {
        let bound = Float(1 / Double(fanIn).squareRoot())
        for index in 0..<group.count { group.values[index] = random.uniform(in: -bound...bound) }
    }
}
