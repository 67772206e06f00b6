import Accuracy
import Formulas

/// A formula evaluated step by step with every operation correctly rounded to a machine type: what kernels would give if
/// each elementary function were perfect. It shows how well conditioned a formula's steps are, apart from any library.
///
/// An integer power is the multiplication chain that `Formula.expandingPowers` makes of it.
public struct RoundedReference<Value: MeasuredFloat> {
    private let formula: Formula

    /// Prepares a formula.
    public init(_ formula: Formula) { self.formula = formula }

    /// Each output. Inputs, parameters and literals are rounded to the type first.
    public func values(_ variables: [Double], parameters: [Double]? = nil) -> [Value] {
        var results: [Value] = []
        results.reserveCapacity(formula.nodes.count)
        for node in formula.nodes {
            switch node {
            case .constant(let constant): results.append(Value(constant.value))
            case .variable(let index): results.append(Value(variables[index]))
            case .parameter(let index): results.append(Value(parameters?[index] ?? formula.parameters[index].value))
            case .unary(let operation, let a): results.append(Self.apply(operation, [results[a.index]]))
            case .binary(let operation, let a, let b):
                results.append(Self.apply(operation, [results[a.index], results[b.index]]))
            case .ternary(_, let condition, let a, let b):
                results.append(results[condition.index] != 0 ? results[a.index] : results[b.index])
            }
        }
        return formula.outputs.map { results[$0.index] }
    }

    /// Output 0, as `values` has it.
    public func value(_ variables: [Double], parameters: [Double]? = nil) -> Value {
        values(variables, parameters: parameters)[0]
    }

    /// One operation, correctly rounded.
    static func apply(_ operation: Operator, _ operands: [Value]) -> Value {
        switch operation {
        case .add: return operands[0] + operands[1]
        case .subtract: return operands[0] - operands[1]
        case .multiply: return operands[0] * operands[1]
        case .divide: return operands[0] / operands[1]
        case .negate: return -operands[0]
        default:
            // 320 bits hold every product and quotient of two Doubles far past the place where it is rounded again.
            return Value.rounding(
                .apply(operation, operands.map { BigFloat($0.asDouble, bits: 53) }, bits: 320))
        }
    }
}
