import Discovery

extension PrimitiveSet {
    /// What activations are made of: one variable, sums and products, and functions of the language that are cheap and
    /// have a slope almost everywhere.
    public static func activations() throws(DiscoveryError) -> PrimitiveSet {
        var functions: [PrimitiveFunction] = []
        for name in ["add", "sub", "mul"] { functions.append(try PrimitiveFunction(name, dialect: .gplearn)) }
        for name in activationFunctions { functions.append(try PrimitiveFunction(name)) }
        return try PrimitiveSet(functions: functions, variableNames: ["x"], constantRange: -4...4)
    }

    private static let activationFunctions = [
        "max", "min", "abs", "square", "sin", "cos", "tanh", "sigmoid", "softplus", "gaussian", "relu", "silu",
    ]
}
