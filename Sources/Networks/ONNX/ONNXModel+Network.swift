import Formulas

extension ONNXModel {
    /// A trained network as a model, whole: from features as they are in the data to predictions.
    ///
    /// The input `features` has the shape [rows, features]. Outputs, each of the shape [rows, 1] or [rows, classes]:
    /// - binary: `probability` of the positive class and its `logit`;
    /// - multi-class: `probabilities` and `logits`, classes in the order of the metadata's `formulac.target`;
    /// - regression: `prediction`, in the label's unit.
    public init(_ network: TrainedNetwork) throws(ONNXError) {
        var graph = ONNXGraph()
        let features = graph.input("features", .float, [.named("rows"), .fixed(network.featureNames.count)])
        var current = graph.standardized(features, network)
        for (index, layer) in network.configuration.hidden.enumerated() {
            current = graph.dense(current, network.weights, prefix: "layers.\(index).")
            if layer.hasBatchNormalization {
                current = graph.batchNormalization(current, network.weights, prefix: "layers.\(index).norm.")
            }
            current = try graph.activation(current, layer.activation, network.weights, prefix: "layers.\(index).activation.")
        }
        let sums = graph.dense(current, network.weights, prefix: "output.")
        let outputs = try graph.predictions(sums, network)
        for output in outputs { graph.output(output, [.named("rows"), .fixed(network.configuration.task.outputCount)]) }
        let description = TrainedNetworkDescription(
            layers: network.configuration, features: network.featureNames, target: network.target)
        var texts = Safetensors()
        texts.describe(description, as: "formulac.network")
        self.init(
            graph, name: "network", inputs: [features], outputs: outputs,
            metadata: texts.metadata.map { ($0.key, $0.value) })
    }
}

extension ONNXGraph {
    /// An array of the network as an initializer.
    private mutating func initializer(_ weights: NetworkWeights, _ name: String) -> ONNXValue? {
        weights[name].map { initializer(name, $0.values.map(Double.init), .float, shape: $0.shape) }
    }

    /// Features at the scale of training. Computed in double and rounded once, as `Standardization` does.
    fileprivate mutating func standardized(_ features: ONNXValue, _ network: TrainedNetwork) -> ONNXValue {
        let shape = [network.featureNames.count]
        let mean = initializer("input.mean", network.standardization.means, .double, shape: shape)
        let deviation = initializer("input.deviation", network.standardization.deviations, .double, shape: shape)
        let distance = node("Sub", [cast(features, to: .double), mean], type: .double)
        return cast(node("Div", [distance, deviation], type: .double), to: .float)
    }

    /// A dense layer: input · weightᵀ + bias.
    fileprivate mutating func dense(_ input: ONNXValue, _ weights: NetworkWeights, prefix: String) -> ONNXValue {
        let parameters = ["weight", "bias"].compactMap { initializer(weights, prefix + $0) }
        return node("Gemm", [input] + parameters, [.integer("transB", 1)], type: .float)
    }

    fileprivate mutating func batchNormalization(
        _ input: ONNXValue, _ weights: NetworkWeights, prefix: String
    ) -> ONNXValue {
        let parameters = ["weight", "bias", "running_mean", "running_var"].compactMap { initializer(weights, prefix + $0) }
        let epsilon = ONNXAttribute.float("epsilon", Float(BatchNormalization.epsilon))
        return node("BatchNormalization", [input] + parameters, [epsilon], type: .float)
    }

    /// A layer's formula. Trained parameters are one number, or one for each unit, which lie along the last dimension.
    fileprivate mutating func activation(
        _ input: ONNXValue, _ activation: Activation, _ weights: NetworkWeights, prefix: String
    ) throws(ONNXError) -> ONNXValue {
        let formula = activation.formula.simplified()
        let parameters = formula.parameters.map { parameter in
            initializer(weights, prefix + parameter.name) ?? constant(parameter.value, .float)
        }
        let results = try insert(formula) { source in
            if case .parameter(let index) = source { parameters[index] } else { input }
        }
        // A formula that its simplification finds constant has the value of one unit; it is spread over the rows.
        let isConstant = !formula.nodes.contains { if case .variable = $0 { true } else { false } }
        return isConstant ? node("Where", [isNever(input), input, results[0]], type: .float) : results[0]
    }

    /// False everywhere, in the shape of a value.
    private mutating func isNever(_ value: ONNXValue) -> ONNXValue {
        let isNumber = node("Equal", [value, value], type: .bool)
        return node("And", [isNumber, node("Not", [isNumber], type: .bool)], type: .bool)
    }

    /// What the output layer's sums say, first what is asked for most.
    fileprivate mutating func predictions(_ sums: ONNXValue, _ network: TrainedNetwork) throws(ONNXError) -> [ONNXValue] {
        switch network.target.kind {
        case .binary:
            let sigmoid: Formula
            do { sigmoid = try Formula(parsing: "sigmoid(x)") } catch { throw .malformedForm(.sigmoid, error) }
            let probability = try insert(sigmoid) { _ in sums }[0]
            return [named("probability", probability), named("logit", sums)]
        case .classes:
            let probabilities = node("Softmax", [sums], [.integer("axis", -1)], type: .float)
            return [named("probabilities", probabilities), named("logits", sums)]
        case .number(let mean, let deviation):
            let scaled = node("Mul", [cast(sums, to: .double), constant(deviation, .double)], type: .double)
            let shifted = node("Add", [scaled, constant(mean, .double)], type: .double)
            return [named("prediction", cast(shifted, to: .float))]
        }
    }

    private mutating func named(_ name: String, _ value: ONNXValue) -> ONNXValue {
        node("Identity", [value], type: .float, name: name)
    }
}
