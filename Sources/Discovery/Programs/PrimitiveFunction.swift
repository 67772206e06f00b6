import Formulas

/// A function that programs are made of.
public struct PrimitiveFunction: Hashable, Sendable {
    /// How programs print it.
    public let name: String
    /// How many operands it takes, from 1 to 3.
    public let arity: Int
    /// What it computes; its variables are the operands in their order.
    public let formula: Formula

    /// The one operation that the function is, `nil` where it takes several.
    public var operation: Operator? {
        let operands = (0..<arity).map(Node.variable)
        guard Array(formula.nodes.dropLast()) == operands, let last = formula.nodes.last,
            last.operands == operands.indices.map({ NodeID($0) })
        else { return nil }
        return last.operation
    }

    /// Whether exchanging its two operands gives the same bits.
    public var isCommutative: Bool { operation?.isCommutative ?? false }

    /// A function of the language by name, such as `cos`, `gelu` or, in gplearn's dialect, its protected `div`.
    ///
    /// - Throws: `DiscoveryError.unknownFunction` for a name that is no function of one to three operands.
    public init(_ name: String, dialect: Dialect = .formulac) throws(DiscoveryError) {
        let operands = ["x0", "x1", "x2"]
        for arity in 1...3 {
            let text = "\(name)(\(operands.prefix(arity).joined(separator: ", ")))"
            guard let formula = try? Formula(parsing: text, options: ParsingOptions(dialect: dialect)),
                formula.variables.count == arity
            else { continue }
            self.name = name
            self.arity = arity
            self.formula = formula
            return
        }
        throw .unknownFunction(name)
    }
}
