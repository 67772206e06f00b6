import Accuracy
import Formulas
import Grammar
import TestSupport
import Testing

@testable import Kernels
@testable import Lanes

/// `forward` and `valueAndGradient` give the same value, to the bit, but for the exception that `Kernel` states.
@Suite("One value, whichever function computes it")
struct ValueAgreementTests {
    private static let texts = [
        "x*cos(x)", "cos(x) - cos(cos(x))", "x + sin(x)^2", "tan(x)", "sigmoid(x)", "silu(x)", "mish(x)", "gelu(x)", "tanh(x)",
        "softplus(x)", "log(1 + x^2)", "exp(-x^2)", "pow(abs(x), 1.7)", "atan(x)*asin(x/9)", "max(x, 0) + min(exp(x) - 1, 0)",
        "0.5*x*(1 + tanh(0.7978845608028654*(x + 0.044715*x^3)))", "sinh(x)/cosh(x)", "cbrt(x)*sqrt(abs(x))", "x^7 - 2*x^3",
        "sin(x)*cos(x)", "sin(3*x) + cos(2*x)", "sigmoid(2*x)*tanh(x)",
    ]

    @Test("Functions of the language", arguments: texts)
    func written(_ text: String) throws {
        let formula = try Formula(parsing: text)
        #expect(try Self.disagreement(formula, as: Float.self) == nil)
        #expect(try Self.disagreement(formula, as: Double.self) == nil)
    }

    @Test("Random formulas", arguments: [MathMode.accurate, .fast])
    func random(_ math: MathMode) throws {
        var generator = SplitMix64(seed: 31)
        let source = RandomFormula(operations: RandomFormula.smoothOperations)
        var alike = 0
        for number in 0..<60 {
            let formula = source.formula(operations: 3 + number % 12, using: &generator)
            if Self.pairsAreAlike(formula, Float.self) { alike += 1 }
            #expect(try Self.disagreement(formula, as: Float.self, math: math) == nil, "\(formula.text)")
        }
        // Not all of them may be exceptions.
        #expect(alike >= 30)
    }

    @Test("The exception exists, and is one of the last place")
    func exception() throws {
        let formula = try Formula(parsing: "sin(x)")
        #expect(!Self.pairsAreAlike(formula, Float.self))
        let (values, joint) = try Self.values(formula, as: Float.self, math: .accurate)
        var differing = 0
        for (value, other) in zip(values, joint) where !value.isNaN {
            if value != other { differing += 1 }
            #expect(abs(value - other) <= 2 * value.ulp)
        }
        #expect(differing > 0)
    }

    /// Whether the two functions compute together with others the same of the functions that the value needs.
    private static func pairsAreAlike<Value: LaneFloat>(_ formula: Formula, _ type: Value.Type) -> Bool {
        let simplification = SimplificationOptions(precision: Value.precision)
        let value = formula.simplified(simplification)
        let inputs = formula.variables.indices.map(FormulaInput.variable)
        let joint = value.valueAndGradient(withRespectTo: inputs).simplified(simplification)
        // Nodes differ in number between the two graphs, so they are compared by their texts.
        func paired(_ formula: Formula) -> Set<String> {
            let pairs = FunctionPairs(formula)
            return Set(
                formula.nodes.compactMap { node -> String? in
                    switch node {
                    case .unary(.sin, let x) where pairs.angles.contains(x): "angle " + formula.text(of: x)
                    case .unary(.tanh, let x) where pairs.tangents.contains(x): "tanh " + formula.text(of: x)
                    case .unary(.sigmoid, let x) where pairs.softplusArguments.contains(x): "sigmoid " + formula.text(of: x)
                    default: nil
                    }
                })
        }
        let needed = Set(
            value.nodes.compactMap { node -> String? in
                switch node {
                case .unary(.sin, let x), .unary(.cos, let x): "angle " + value.text(of: x)
                case .unary(.tanh, let x): "tanh " + value.text(of: x)
                case .unary(.sigmoid, let x): "sigmoid " + value.text(of: x)
                default: nil
                }
            })
        return paired(joint).intersection(needed).isSubset(of: paired(value))
    }

    /// Where the two functions' values differ although they should not.
    private static func disagreement<Value: LaneFloat>(
        _ formula: Formula, as type: Value.Type, math: MathMode = .accurate
    ) throws -> Int? {
        guard pairsAreAlike(formula, type) else { return nil }
        let (values, joint) = try values(formula, as: type, math: math)
        return values.indices.first { !values[$0].isSame(as: joint[$0]) }
    }

    /// The values that the functions compute at points near and far; the interpreter gives the bits of the compiled code.
    private static func values<Value: LaneFloat>(
        _ formula: Formula, as type: Value.Type, math: MathMode
    ) throws -> ([Value], [Value]) {
        var generator = SplitMix64(seed: 5)
        let columns = formula.variables.indices.map { _ in
            (0..<200).map { _ in Value(Double.random(in: -9...9, using: &generator)) }
                + [0, -0.0, 1, -1, 0.5, 88, -104, 1e5, 1e9, .infinity, -.infinity, .nan]
        }
        let programs = Kernel<Value>.programs(
            formula, variants: [.forward, .valueAndGradient], options: KernelOptions(math: math))
        let results = try programs.map { try LaneInterpreter<Value>($0.program).run(columns: columns, uniforms: []) }
        return (results[0][0], results[1][0])
    }
}

extension Formula {
    /// A part of the formula as text.
    fileprivate func text(of node: NodeID) -> String {
        var builder = FormulaBuilder(variables: variables, parameters: parameters)
        // Inserted in order, nodes keep their identifiers.
        for node in nodes { _ = builder.insert(node) }
        return builder.formula(outputs: [node]).text
    }
}
