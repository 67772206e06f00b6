import Datasets
import Formulas
import Foundation
import TestSupport
import Testing

@testable import Networks

@Suite("Model files")
struct ModelFileTests {
    /// A network of some task with random numbers, as training would leave it.
    static func network(
        _ task: LearningTask = .binary, activations: [Activation]? = nil, units: [Int] = [5, 3], features: Int = 4,
        hasBatchNormalization: Bool = true, seed: UInt64 = 3
    ) throws -> TrainedNetwork {
        let activations = try activations ?? [Activation("x*cos(x)"), Activation("gelu(x)")]
        let configuration = NetworkConfiguration(
            hidden: zip(units, activations).map {
                LayerConfiguration(
                    units: $0, activation: $1, hasBatchNormalization: hasBatchNormalization, dropout: 0.25)
            }, task: task)
        var random = RandomStream(seed: seed)
        let tensors = NetworkWeights.shapes(of: configuration, inputCount: features).map { name, shape in
            // Variances must be above 0.
            let range: ClosedRange<Float> = name.hasSuffix("running_var") ? 0.5...2 : -1...1
            return NamedTensor(
                name: name, shape: shape, values: (0..<shape.reduce(1, *)).map { _ in random.uniform(in: range) })
        }
        let kind: TargetEncoding.Kind =
            switch task {
            case .binary: .binary(positive: 1)
            case .multiclass(let count): .classes((0..<count).map { Float($0) * 1.5 - 1 })
            case .regression: .number(mean: 1.0 / 3, deviation: 12.5)
            }
        return try TrainedNetwork(
            configuration: configuration, featureNames: (0..<features).map { "f \"\($0)\"" },
            standardization: try #require(
                Standardization(
                    means: (0..<features).map { Double($0) / 3 }, deviations: (0..<features).map { 1 + Double($0) / 7 })),
            target: TargetEncoding(labelName: "label", kind: kind), weights: NetworkWeights(tensors: tensors))
    }

    /// An activation with a trained parameter for each unit and one that stays.
    static func parametrised() throws -> Activation {
        let options = ParsingOptions(parameters: [Parameter(name: "b", value: 1), Parameter(name: "c", value: 0.1)])
        return try Activation(
            "x*sigmoid(b*x) + c*sin(x)", options: options, trainedParameters: ["b"], parameterSharing: .unit)
    }

    @Test(
        "What is written is read back, and written again byte for byte",
        arguments: [LearningTask.binary, .multiclass(classCount: 3), .regression])
    func roundTrip(_ task: LearningTask) throws {
        let folder = try TemporaryFolder()
        for hasBatchNormalization in [true, false] {
            let network = try Self.network(
                task, activations: [Self.parametrised(), Activation("where(x > 0, x, -0.1*x^2)")],
                hasBatchNormalization: hasBatchNormalization)
            try ModelFile(network).write(to: folder.path("m"))
            let read = try ModelFile(path: folder.path("m"))
            #expect(read.network == network)
            #expect(read.provenance == nil)
            try read.write(to: folder.path("n"))
            #expect(try Data(contentsOf: folder.file("m")) == Data(contentsOf: folder.file("n")))
        }
    }

    @Test(
        "Formulas that lost their variable or a parameter in simplification are kept",
        arguments: ["x^0", "where(x > 0, b, b)", "x*b^0"])
    func simplified(_ text: String) throws {
        let folder = try TemporaryFolder()
        let options = ParsingOptions(parameters: [Parameter(name: "b", value: 2), Parameter(name: "c", value: 3)])
        let formula = try Formula(parsing: text, options: options).simplified()
        let network = try Self.network(activations: [Activation(text: text, formula: formula), Activation("x")])
        try ModelFile(network).write(to: folder.path("m"))
        #expect(try ModelFile(path: folder.path("m")).network == network)
    }

    @Test("A trained network predicts the same from its file, and the file tells where it comes from")
    func provenance() throws {
        let folder = try TemporaryFolder()
        let data = SyntheticData.physics.dataset(rowCount: 600, seed: 1)
        var training = TrainingConfiguration()
        training.epochs = 2
        training.schedule = .step(epochs: 1, factor: 0.5)
        training.classWeights = .given([1, 2])
        training.earlyStopping = EarlyStopping()
        let result = try Trainer(NetworkConfiguration(units: [4], activation: try Activation("silu(x)"))).train(data, training)
        let file = ModelFile(result.network, provenance: ModelProvenance(result, data: data, training: training))
        try file.write(to: folder.path("m"))
        let read = try ModelFile(path: folder.path("m"))
        #expect(read == file)
        #expect(read.provenance?.training == training)
        #expect(try Predictor(read.network).predict(data.features) == Predictor(result.network).predict(data.features))
    }

    /// The sample's file with a change.
    private static func changed(_ change: (inout Safetensors) -> Void) throws -> Safetensors {
        let folder = try TemporaryFolder()
        try ModelFile(try network()).write(to: folder.path("m"))
        var file = try Safetensors(path: folder.path("m"))
        change(&file)
        return file
    }

    private static func problem(_ change: (inout Safetensors) -> Void) throws -> ModelFileError.Problem? {
        let folder = try TemporaryFolder()
        try changed(change).write(to: folder.path("m"))
        do {
            _ = try ModelFile(path: folder.path("m"))
            return nil
        } catch {
            #expect(error.file == folder.path("m"))
            return error.problem
        }
    }

    @Test("Files that lack something, or whose parts do not fit, are refused")
    func hostile() throws {
        #expect(try Self.problem { _ in } == nil)
        #expect(try Self.problem { $0.metadata = [:] } == .foreign)
        #expect(try Self.problem { $0["layers.1.bias"] = nil } == .format(.missing(tensor: "layers.1.bias")))
        #expect(
            try Self.problem { $0["layers.1.bias"] = Safetensors.Tensor([1, 2] as [Float]) }
                == .format(.wrongShape(tensor: "layers.1.bias", shape: [2], expected: [3])))
        #expect(
            try Self.problem { $0["input.mean"] = Safetensors.Tensor([1, 2, 3, 4] as [Float]) }
                == .format(.wrongType(tensor: "input.mean", type: .float32, expected: .float64)))
        for bad in [Double.nan, 0, -1] {
            guard case .inconsistent = try Self.problem({ $0["input.deviation"] = Safetensors.Tensor([1, 2, bad, 4]) }) else {
                Issue.record("a deviation of \(bad) is taken")
                continue
            }
        }
        guard case .inconsistent = try Self.problem({ $0["output.bias"] = Safetensors.Tensor([Float.nan]) }) else {
            Issue.record("NaN is taken for a bias")
            return
        }
        let replacements = [
            ("x*cos(x)", "x*cos(x"), ("x*cos(x)", "x*y"), ("x*cos(x)", ""), ("\"units\":5", "\"units\":-5"),
            ("\"units\":5", "\"units\":5000000000000000000"), ("\"dropout\":0.25", "\"dropout\":2"), ("\"binary\"", "\"other\""),
            ("\"positive\":1", "\"negative\":1"), ("\"math\":\"accurate\"", "\"math\":\"exact\""), ("{", "["), ("}", ""),
        ]
        for (old, new) in replacements {
            let problem = try Self.problem { file in
                file.metadata["network"] = file.metadata["network"]?.replacing(old, with: new)
            }
            #expect(problem != nil, "\(new) is taken for \(old)")
        }
        #expect(throws: ModelFileError.self) { try ModelFile(path: "/nonexistent/m") }
        #expect(throws: ModelFileError.self) { try ModelFile(path: "/") }
        let folder = try TemporaryFolder()
        let bytes = try Self.changed { _ in }.encoded()
        try folder.write(Array(bytes.dropLast()), to: "short")
        #expect(throws: ModelFileError.self) { try ModelFile(path: folder.path("short")) }
    }

    /// A text with a few characters changed, removed or repeated.
    static func damaged(_ text: String, _ random: inout RandomStream) -> String {
        var characters = Array(text)
        let signs = Array("{}[]:,\"\\0123456789-+eE.x()*/^ ntfa")
        for _ in 0...random.integer(below: 3) where !characters.isEmpty {
            let place = random.integer(below: characters.count)
            switch random.integer(below: 4) {
            case 0: characters[place] = signs[random.integer(below: signs.count)]
            case 1: characters.remove(at: place)
            case 2: characters.insert(signs[random.integer(below: signs.count)], at: place)
            default:
                let end = min(place + random.integer(below: 12), characters.count)
                characters.insert(contentsOf: characters[place..<end], at: random.integer(below: characters.count))
            }
        }
        return String(characters)
    }

    @Test("No damage of the description crashes its reader, and what is still read is whole")
    func damage() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomStream(seed: seed)
        let network = try Self.network(activations: [Self.parametrised(), Activation("x*cos(x)")])
        var file = Safetensors()
        file.describe(file.append(network, prefix: ""), as: "network")
        let text = try #require(file.metadata["network"])
        for _ in 0..<1_500 {
            let damaged = Self.damaged(text, &random)
            file.metadata["network"] = damaged
            guard let description = try? file.described("network", as: TrainedNetworkDescription.self, in: "m"),
                let read = try? file.trainedNetwork(prefix: "", description: description, in: "m")
            else { continue }
            #expect(read.weights == network.weights, "seed \(seed): \(damaged)")
        }
    }

    @Test("Columns are found by name in any order, or by place where there are no names")
    func matching() throws {
        let network = try Self.network(features: 2)
        func table(_ names: [String]) throws -> Table<Float> {
            try #require(Table(columnNames: names, values: names.indices.map(Float.init)))
        }
        let named = try FeatureMatching(table(["z", "f \"1\"", "f \"0\""]), for: network, file: "t")
        #expect(named.features.values == [2, 1] && named.unused == ["z"] && !named.isByPosition)
        let placed = try FeatureMatching(table(["x0", "x1"]), for: network, file: "t")
        #expect(placed.features.values == [0, 1] && placed.isByPosition)
        #expect(throws: MissingFeatures.self) { try FeatureMatching(table(["x0", "x1", "x2"]), for: network, file: "t") }
        #expect {
            try FeatureMatching(table(["f \"0\"", "b"]), for: network, file: "t")
        } throws: { error in
            (error as? MissingFeatures)?.missing == ["f \"1\""]
        }
    }
}
