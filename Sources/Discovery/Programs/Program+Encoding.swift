extension Program {
    /// The program as words that give it back to the last bit: `f1.2 v25 c3fe0000000000000`.
    var encoded: String {
        nodes.map { node in
            switch node {
            case .function(let index, let arity): "f\(index).\(arity)"
            case .variable(let index): "v\(index)"
            case .constant(let value): "c" + String(value.bitPattern, radix: 16)
            }
        }.joined(separator: " ")
    }

    /// Reads what `encoded` wrote.
    ///
    /// - Returns: `nil` for anything but a whole program of these primitives.
    init?(encoded: String, _ primitives: PrimitiveSet) {
        var nodes: [ProgramNode] = []
        for word in encoded.split(separator: " ") {
            let rest = word.dropFirst()
            switch word.first {
            case "f":
                let parts = rest.split(separator: ".")
                guard parts.count == 2, let index = Int16(parts[0]), let arity = UInt8(parts[1]),
                    primitives.functions.indices.contains(Int(index)),
                    primitives.functions[Int(index)].arity == Int(arity)
                else { return nil }
                nodes.append(.function(index, arity: arity))
            case "v":
                guard let index = Int32(rest), primitives.variableNames.indices.contains(Int(index)) else { return nil }
                nodes.append(.variable(index))
            case "c":
                guard let bits = UInt64(rest, radix: 16) else { return nil }
                nodes.append(.constant(Double(bitPattern: bits)))
            default: return nil
            }
        }
        self.init(nodes: nodes)
    }
}
