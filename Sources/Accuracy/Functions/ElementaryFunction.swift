import Formulas

/// A primitive operation of one or two numbers whose kernels are verified on their own.
public struct ElementaryFunction: Hashable, Sendable {
    /// The operation.
    public let operation: Operator
    /// A call of the function with its variables: what is compiled, and what MPFR evaluates.
    public let formula: Formula

    /// How many numbers the function takes: 1 or 2.
    public var operandCount: Int { operation.arity }
    /// The name by which formulas call it.
    public var name: String { operation == .power ? "pow" : operation.rawValue }

    /// The operation as a function.
    ///
    /// - Returns: `nil` for arithmetic, comparisons and choices, which the hardware computes.
    public init?(_ operation: Operator) {
        guard Self.operations.contains(operation) else { return nil }
        let names = Array(["x", "y"].prefix(operation.arity))
        var builder = FormulaBuilder(variables: names)
        let operands = names.indices.map { builder.variable($0) }
        guard let node = Node(operation, operands) else { return nil }
        let result = builder.insert(node)
        self.operation = operation
        formula = builder.formula(outputs: [result])
    }

    /// The function that a name of the language stands for, `nil` when it stands for anything else.
    public init?(named name: String) {
        for arguments in ["x", "x, y"] {
            let options = ParsingOptions(names: .declared(["x", "y"]))
            guard let call = try? Formula(parsing: "\(name)(\(arguments))", options: options),
                call.nodes.count == call.variables.count + 1,
                let operation = call.nodes.last?.operation, let function = ElementaryFunction(operation),
                function.formula.nodes == call.nodes
            else { continue }
            self = function
            return
        }
        return nil
    }

    /// All of them, in the order of their documentation.
    public static let all = operations.compactMap(ElementaryFunction.init)

    private static let operations: [Operator] = [
        .exp, .expm1, .exp2, .expProduct, .log, .log1p, .log2, .log10, .power, .squareRoot, .cubeRoot, .hypot,
        .sin, .cos, .tan, .asin, .acos, .atan, .atan2, .sinh, .cosh, .tanh, .sigmoid, .softplus, .logisticDensity,
        .tanhSoftplus, .erf, .erfc, .normalCDF, .absolute, .sign, .floor, .ceil, .round, .rint,
    ]
}
