import Formulas

/// An ONNX file: standard operators of operator set 17, over Float.
public struct ONNXModel: Sendable {
    /// The file's bytes.
    public let bytes: [UInt8]
    /// The names of the inputs.
    public let inputs: [String]
    /// The names of the outputs.
    public let outputs: [String]
    /// The operators that a runtime must have, in alphabetical order.
    public let operators: [String]

    /// A formula as a model: each variable an input of the shape [rows], the value an output of that shape, or a single
    /// number for a formula without variables. Parameters are initializers of their names.
    ///
    /// - Parameter text: the formula as its author wrote it.
    public init(_ formula: Formula, text: String) throws(ONNXError) {
        var graph = ONNXGraph()
        let rows = [ONNXDimension.named("rows")]
        let variables = formula.variables.map { graph.input($0, .float, rows) }
        let parameters = formula.parameters.map { graph.initializer($0.name, [$0.value], .float, shape: []) }
        let result = try graph.insert(formula) { input in
            switch input {
            case .variable(let index): variables[index]
            case .parameter(let index): parameters[index]
            }
        }
        let varies = formula.nodes.contains { if case .variable = $0 { true } else { false } }
        let outputs = zip(result, formula.outputs.count == 1 ? ["value"] : result.indices.map { "value_\($0)" }).map {
            // An output has a node of its own, so that its name does not depend on the formula.
            graph.node("Identity", [$0], type: .float, name: $1)
        }
        for output in outputs { graph.output(output, varies ? rows : []) }
        self.init(
            graph, name: "formula", inputs: variables, outputs: outputs,
            metadata: [("formulac.written", text), ("formulac.formula", formula.text)])
    }

    init(
        _ graph: ONNXGraph, name: String, inputs: [ONNXValue], outputs: [ONNXValue], metadata: [(name: String, text: String)]
    ) {
        bytes = graph.encoded(name: name, version: Release.version, metadata: metadata)
        self.inputs = inputs.map(\.name)
        self.outputs = outputs.map(\.name)
        operators = graph.operators.sorted()
    }
}
