/// What programs are made of: functions, variables and constants, the function set and terminal set of genetic programming.
public struct PrimitiveSet: Hashable, Sendable {
    /// The functions; programs refer to them by index.
    public let functions: [PrimitiveFunction]
    /// The variables' names, as many as the data have features.
    public let variableNames: [String]
    /// Where new constants are drawn from, uniformly; `nil` for programs without constants.
    public let constantRange: ClosedRange<Double>?

    /// The indices of the functions of each arity.
    let functionsByArity: [[Int]]

    /// Puts primitives together.
    ///
    /// - Throws: `DiscoveryError` when there is no function or no variable, or too many of them.
    public init(
        functions: [PrimitiveFunction], variableNames: [String], constantRange: ClosedRange<Double>? = -1...1
    ) throws(DiscoveryError) {
        guard !functions.isEmpty, functions.count <= Self.mostFunctions else {
            throw .setting(name: "the number of functions", value: "\(functions.count)", allowed: "1 to \(Self.mostFunctions)")
        }
        guard !variableNames.isEmpty, variableNames.count <= Self.mostVariables else {
            throw .setting(
                name: "the number of variables", value: "\(variableNames.count)", allowed: "1 to \(Self.mostVariables)")
        }
        self.functions = functions
        self.variableNames = variableNames
        self.constantRange = constantRange
        functionsByArity = (0...3).map { arity in functions.indices.filter { functions[$0].arity == arity } }
    }

    /// The paper's primitives: gplearn's add, sub, mul, sin, cos and abs, constants in [−1, 1], variables `X0`, `X1`, ….
    public static func paper(variableCount: Int) throws(DiscoveryError) -> PrimitiveSet {
        var functions: [PrimitiveFunction] = []
        for name in ["add", "sub", "mul", "sin", "cos", "abs"] {
            functions.append(try PrimitiveFunction(name, dialect: .gplearn))
        }
        return try PrimitiveSet(functions: functions, variableNames: defaultVariableNames(variableCount))
    }

    /// `X0`, `X1`, …, as gplearn names features.
    public static func defaultVariableNames(_ count: Int) -> [String] { (0..<count).map { "X\($0)" } }

    private static let mostFunctions = 256
    private static let mostVariables = 65_535
}
