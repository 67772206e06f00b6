import Accuracy
import Formulas

/// Random expressions for property tests, the same ones for the same seed.
public struct RandomFormula {
    /// The operations to choose from.
    public var operations: [Operator]
    /// The literals to choose from: exact in every type, so that arithmetic on them seldom rounds.
    public var literals: [Double] = [0, 1, -1, 2, 0.5, -2, 3, 0.25, -0.75, 6]
    /// The names of the variables.
    public var variables: [String]

    /// A source of expressions.
    public init(operations: [Operator] = Operator.allCases, variables: [String] = ["x", "y"]) {
        self.operations = operations
        self.variables = variables
    }

    /// Operations that are differentiable everywhere in their domain.
    public static let smoothOperations: [Operator] = [
        .add, .add, .subtract, .multiply, .multiply, .divide, .negate, .exp, .expm1, .log, .log1p, .sin, .cos, .tanh, .erf,
        .sigmoid, .softplus, .squareRoot, .power, .atan, .sinh, .cosh, .normalCDF, .hypot, .logisticDensity,
    ]

    /// An expression of so many operations.
    public func formula(operations count: Int, using generator: inout SplitMix64) -> Formula {
        var builder = FormulaBuilder(variables: variables)
        var pool = variables.indices.map { builder.variable($0) }
        for _ in 0..<count {
            let operation = operations.randomElement(using: &generator) ?? .add
            var operands: [NodeID] = []
            for _ in 0..<operation.arity {
                // A literal now and then, else something recent, so that the expression becomes deep as well as wide.
                if Int.random(in: 0..<6, using: &generator) == 0 {
                    operands.append(builder.constant(literals.randomElement(using: &generator) ?? 1))
                } else {
                    let first = max(0, pool.count - 6)
                    operands.append(
                        pool[
                            Int.random(
                                in: Bool.random(using: &generator) ? 0..<pool.count : first..<pool.count, using: &generator)])
                }
            }
            if operation == .power {
                operands[1] = builder.constant([2, 3, -1, 0.5, -2, 4, 1.5].randomElement(using: &generator) ?? 2)
            }
            if let node = Node(operation, operands) { pool.append(builder.insert(node)) }
        }
        let result = pool[pool.count - 1]
        return builder.formula(outputs: [result])
    }
}
