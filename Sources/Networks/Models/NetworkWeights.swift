/// All numbers of a network, as named arrays.
///
/// Names and shapes are PyTorch's, for hidden layers numbered from 0 (u units, k inputs):
///
/// | name | shape | what |
/// |---|---|---|
/// | `layers.0.weight`, `layers.0.bias` | [u, k], [u] | the dense layer; row after row |
/// | `layers.0.norm.weight`, `layers.0.norm.bias` | [u] | BatchNorm's scale and shift |
/// | `layers.0.norm.running_mean`, `layers.0.norm.running_var` | [u] | what evaluation normalises with |
/// | `layers.0.activation.b` | [1] or [u] | a trained parameter `b` of the layer's formula |
/// | `output.weight`, `output.bias` | [outputs, k], [outputs] | the output layer |
public struct NetworkWeights: Hashable, Sendable {
    /// The arrays, layer by layer, in the order of the table above.
    public var tensors: [NamedTensor]

    /// Takes arrays as they are; a network checks them when it takes them over.
    public init(tensors: [NamedTensor]) { self.tensors = tensors }

    /// The array of a name.
    public subscript(name: String) -> NamedTensor? { tensors.first { $0.name == name } }

    /// The names and shapes that a network has, in order.
    public static func shapes(of network: NetworkConfiguration, inputCount: Int) -> [(name: String, shape: [Int])] {
        var shapes: [(String, [Int])] = []
        var width = inputCount
        for (index, layer) in network.hidden.enumerated() {
            let prefix = "layers.\(index)."
            shapes.append((prefix + "weight", [layer.units, width]))
            shapes.append((prefix + "bias", [layer.units]))
            if layer.hasBatchNormalization {
                for name in ["norm.weight", "norm.bias", "norm.running_mean", "norm.running_var"] {
                    shapes.append((prefix + name, [layer.units]))
                }
            }
            for name in layer.activation.trainedParameters {
                shapes.append((prefix + "activation." + name, [layer.activation.parameterCount(units: layer.units)]))
            }
            width = layer.units
        }
        shapes.append(("output.weight", [network.task.outputCount, width]))
        shapes.append(("output.bias", [network.task.outputCount]))
        return shapes
    }

    /// Sees that there is every array of a network, in its shape, with finite numbers.
    func validate(for network: NetworkConfiguration, inputCount: Int) throws(TrainingError) {
        let known = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
        let wanted = Self.shapes(of: network, inputCount: inputCount)
        for (name, shape) in wanted {
            guard let tensor = known[name] else { throw .weights("there is no array \(name)") }
            guard tensor.shape == shape, tensor.values.count == shape.reduce(1, *) else {
                throw .weights("the array \(name) has the shape \(tensor.shape), not \(shape)")
            }
            guard tensor.values.allSatisfy(\.isFinite) else {
                throw .weights("the array \(name) has numbers that are not finite")
            }
        }
        let names = Set(wanted.map(\.name))
        if let other = tensors.first(where: { !names.contains($0.name) }) {
            throw .weights("the network has no array \(other.name)")
        }
    }
}

/// An array with a name and a shape.
public struct NamedTensor: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// Its extent in each dimension.
    public let shape: [Int]
    /// Its numbers, the last dimension running fastest.
    public let values: [Float]

    /// Puts an array together; there must be as many numbers as the shape says when a network takes it over.
    public init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}
