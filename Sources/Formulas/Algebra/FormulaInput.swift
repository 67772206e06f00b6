/// Something that a formula can be differentiated by.
public enum FormulaInput: Hashable, Sendable {
    /// A variable: an index into `Formula.variables`.
    case variable(Int)
    /// A parameter: an index into `Formula.parameters`.
    case parameter(Int)

    var node: Node {
        switch self {
        case .variable(let index): .variable(index)
        case .parameter(let index): .parameter(index)
        }
    }
}
