/// The element types of a graph's tensors, with their numbers in ONNX's `TensorProto.DataType`.
enum ONNXType: Int, Hashable {
    case float = 1
    case int64 = 7
    case bool = 9
    case double = 11
}

/// A tensor in a graph: an input, an initializer or a node's output.
struct ONNXValue: Hashable {
    /// Its name, unique in the graph.
    let name: String
    /// The type of its elements.
    let type: ONNXType
}

/// A dimension of an input or output.
enum ONNXDimension: Hashable {
    /// So many.
    case fixed(Int)
    /// As many as the caller gives, the same for all dimensions of one name.
    case named(String)
}

/// A setting of a node.
enum ONNXAttribute: Hashable {
    case integer(String, Int)
    case float(String, Float)
}

/// Operators of ONNX over tensors, node by node, and the file that holds them.
///
/// Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
struct ONNXGraph {
    /// The version of the standard operators that the nodes are of.
    static let operatorSet = 17
    /// The version of the file format that belongs to it.
    private static let fileFormat = 8

    private var nodes: [ProtocolBuffer] = []
    private var initializers: [ProtocolBuffer] = []
    private var inputs: [ProtocolBuffer] = []
    private var outputs: [ProtocolBuffer] = []
    private var usedNames: Set<String> = []
    /// Values of nodes by what computes them, so that nothing is computed twice.
    private var known: [Computation: ONNXValue] = [:]
    private var constants: [Constant: ONNXValue] = [:]
    /// The operators of all nodes.
    private(set) var operators: Set<String> = []

    private struct Computation: Hashable {
        let operation: String
        let inputs: [ONNXValue]
        let attributes: [ONNXAttribute]
        let type: ONNXType
    }

    private struct Constant: Hashable {
        let bits: UInt64
        let type: ONNXType
    }

    /// Declares an input of the graph.
    mutating func input(_ name: String, _ type: ONNXType, _ shape: [ONNXDimension]) -> ONNXValue {
        let value = ONNXValue(name: unused(name), type: type)
        inputs.append(Self.information(value, shape))
        return value
    }

    /// Declares that a value is an output of the graph.
    mutating func output(_ value: ONNXValue, _ shape: [ONNXDimension]) { outputs.append(Self.information(value, shape)) }

    /// Adds a node with one output, or finds the one that computes the same.
    ///
    /// - Parameters:
    ///   - type: the type of the output.
    ///   - name: what the output is to be called; otherwise it is named after the operator.
    mutating func node(
        _ operation: String, _ inputs: [ONNXValue], _ attributes: [ONNXAttribute] = [], type: ONNXType, name: String? = nil
    ) -> ONNXValue {
        let computation = Computation(operation: operation, inputs: inputs, attributes: attributes, type: type)
        if name == nil, let value = known[computation] { return value }
        let output = ONNXValue(name: unused(name ?? operation.lowercased()), type: type)
        var message = ProtocolBuffer()
        for input in inputs { message.append(1, input.name) }
        message.append(2, output.name)
        message.append(3, "node_\(output.name)")
        message.append(4, operation)
        for attribute in attributes { message.append(5) { Self.append(attribute, to: &$0) } }
        nodes.append(message)
        operators.insert(operation)
        known[computation] = output
        return output
    }

    /// A value in another type.
    mutating func cast(_ value: ONNXValue, to type: ONNXType) -> ONNXValue {
        value.type == type ? value : node("Cast", [value], [.integer("to", type.rawValue)], type: type)
    }

    /// Adds numbers that the graph holds.
    ///
    /// - Parameters:
    ///   - type: `float` or `double`; numbers are rounded to it.
    ///   - shape: the sizes of the dimensions, none for a single number.
    mutating func initializer(_ name: String, _ numbers: [Double], _ type: ONNXType, shape: [Int]) -> ONNXValue {
        let value = ONNXValue(name: unused(name), type: type)
        var bytes: [UInt8] = []
        for number in numbers {
            let (bits, size) = type == .double ? (number.bitPattern, 8) : (UInt64(Float(number).bitPattern), 4)
            for index in 0..<size { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index)))) }
        }
        var message = ProtocolBuffer()
        for dimension in shape { message.append(1, dimension) }
        message.append(2, type.rawValue)
        message.append(8, value.name)
        message.append(9, bytes)
        initializers.append(message)
        return value
    }

    /// A single number; equal ones are one initializer.
    mutating func constant(_ number: Double, _ type: ONNXType) -> ONNXValue {
        let key = Constant(bits: number.bitPattern, type: type)
        if let value = constants[key] { return value }
        let value = initializer("constant", [number], type, shape: [])
        constants[key] = value
        return value
    }

    /// The file.
    ///
    /// - Parameters:
    ///   - name: what the graph is called.
    ///   - version: the version of formulac.
    ///   - metadata: texts by name.
    func encoded(name: String, version: String, metadata: [(name: String, text: String)]) -> [UInt8] {
        var model = ProtocolBuffer()
        model.append(1, Self.fileFormat)
        model.append(2, "formulac")
        model.append(3, version)
        model.append(7) { graph in
            for node in nodes { graph.append(1, node.bytes) }
            graph.append(2, name)
            for initializer in initializers { graph.append(5, initializer.bytes) }
            for input in inputs { graph.append(11, input.bytes) }
            for output in outputs { graph.append(12, output.bytes) }
        }
        model.append(8) { set in
            set.append(1, "")
            set.append(2, Self.operatorSet)
        }
        for (name, text) in metadata {
            model.append(14) { entry in
                entry.append(1, name)
                entry.append(2, text)
            }
        }
        return model.bytes
    }

    /// The name, or with a number behind it where it is taken.
    private mutating func unused(_ name: String) -> String {
        var candidate = name
        var number = usedNames.count
        while !usedNames.insert(candidate).inserted {
            candidate = "\(name)_\(number)"
            number += 1
        }
        return candidate
    }

    private static func information(_ value: ONNXValue, _ shape: [ONNXDimension]) -> ProtocolBuffer {
        var message = ProtocolBuffer()
        message.append(1, value.name)
        message.append(2) { type in
            type.append(1) { tensor in
                tensor.append(1, value.type.rawValue)
                tensor.append(2) { dimensions in
                    for dimension in shape {
                        dimensions.append(1) { entry in
                            switch dimension {
                            case .fixed(let size): entry.append(1, size)
                            case .named(let name): entry.append(2, name)
                            }
                        }
                    }
                }
            }
        }
        return message
    }

    private static func append(_ attribute: ONNXAttribute, to message: inout ProtocolBuffer) {
        switch attribute {
        case .integer(let name, let value):
            message.append(1, name)
            message.append(3, value)
            message.append(20, 2)
        case .float(let name, let value):
            message.append(1, name)
            message.append(2, value)
            message.append(20, 1)
        }
    }
}
