import Formulas

/// Why a formula has no ONNX graph: always a fault of the table of forms, never of the formula.
public enum ONNXError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The table has no form for an operator.
    case noForm(Operator)
    /// The text of a form cannot be read.
    case malformedForm(Operator, FormulaError)

    public var description: String {
        switch self {
        case .noForm(let operation): "there is no ONNX form of \(operation.rawValue)"
        case .malformedForm(let operation, let error): "the ONNX form of \(operation.rawValue) is malformed: \(error)"
        }
    }
}
