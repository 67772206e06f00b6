import Datasets
import Formulas

/// A trained network as a safetensors file, with all that using it takes.
///
/// Tensors have the names of `NetworkWeights`, and `input.mean` and `input.deviation` (Double) hold what standardises the
/// features. Metadata, in JSON but for the first two: `format` ("pt": the tensors are PyTorch's), `formulac` (the version),
/// `network`, `features`, `target` and `provenance`.
public struct ModelFile: Hashable, Sendable {
    /// The network.
    public var network: TrainedNetwork
    /// Where it comes from; `nil` where the file does not say.
    public var provenance: ModelProvenance?

    /// Puts a file together.
    public init(_ network: TrainedNetwork, provenance: ModelProvenance? = nil) {
        self.network = network
        self.provenance = provenance
    }

    /// Reads a file that `write(to:)` wrote. Everything is checked: what the file says of shapes, types and names must
    /// fit, numbers must be finite, and formulas must parse.
    public init(path: String) throws(ModelFileError) {
        let file = try Safetensors(path: path)
        guard file.metadata["formulac"] != nil, file.metadata["network"] != nil else {
            throw ModelFileError(file: path, problem: .foreign)
        }
        network = try file.trainedNetwork(prefix: "", description: try file.described("network", in: path), in: path)
        provenance = file.metadata["provenance"] == nil ? nil : try file.described("provenance", in: path)
    }

    /// Writes the file, whole or not at all. The same model gives the same bytes.
    public func write(to path: String) throws(DatasetError) {
        var file = Safetensors(metadata: ["format": "pt", "formulac": Release.version])
        file.describe(file.append(network, prefix: ""), as: "network")
        if let provenance { file.describe(provenance, as: "provenance") }
        try file.write(to: path)
    }
}

/// What a file says of a network besides its tensors.
struct TrainedNetworkDescription: Codable {
    let layers: NetworkConfiguration
    let features: [String]
    let target: TargetEncoding
}

extension Safetensors {
    /// Adds a network's tensors, their names behind a prefix.
    ///
    /// - Returns: the rest, for the metadata.
    mutating func append(_ network: TrainedNetwork, prefix: String) -> TrainedNetworkDescription {
        append(network.weights, prefix: prefix)
        self[prefix + "input.mean"] = Tensor(network.standardization.means)
        self[prefix + "input.deviation"] = Tensor(network.standardization.deviations)
        return TrainedNetworkDescription(
            layers: network.configuration, features: network.featureNames, target: network.target)
    }

    /// Adds arrays.
    mutating func append(_ weights: NetworkWeights, prefix: String) {
        for tensor in weights.tensors { self[prefix + tensor.name] = Tensor(tensor.values, shape: tensor.shape) }
    }

    /// A network that `append` added.
    func trainedNetwork(
        prefix: String, description: TrainedNetworkDescription, in file: String
    ) throws(ModelFileError) -> TrainedNetwork {
        let count = [description.features.count]
        let means: [Double] = try numbers(prefix + "input.mean", shape: count, in: file)
        let deviations: [Double] = try numbers(prefix + "input.deviation", shape: count, in: file)
        guard means.allSatisfy(\.isFinite), deviations.allSatisfy(\.isFinite),
            let standardization = Standardization(means: means, deviations: deviations)
        else {
            throw ModelFileError(
                file: file, problem: .inconsistent("the means and deviations of the features are not finite, or no deviations"))
        }
        let weights = try weights(of: description.layers, inputCount: description.features.count, prefix: prefix, in: file)
        do {
            return try TrainedNetwork(
                configuration: description.layers, featureNames: description.features, standardization: standardization,
                target: description.target, weights: weights)
        } catch {
            throw ModelFileError(file: file, problem: .inconsistent(error.summary))
        }
    }

    /// The arrays of a network.
    func weights(
        of network: NetworkConfiguration, inputCount: Int, prefix: String, in file: String
    ) throws(ModelFileError) -> NetworkWeights {
        var tensors: [NamedTensor] = []
        for (name, shape) in NetworkWeights.shapes(of: network, inputCount: inputCount) {
            tensors.append(
                NamedTensor(name: name, shape: shape, values: try numbers(prefix + name, shape: shape, in: file)))
        }
        return NetworkWeights(tensors: tensors)
    }

    /// The numbers of a tensor that must be there.
    func numbers<Element: SafetensorsElement>(
        _ name: String, shape: [Int], in file: String
    ) throws(ModelFileError) -> [Element] {
        do { return try values(name, shape: shape) } catch { throw ModelFileError(file: file, problem: .format(error)) }
    }
}

extension TrainingError {
    /// The description without its last stop.
    var summary: String { description.withoutStop }
}
