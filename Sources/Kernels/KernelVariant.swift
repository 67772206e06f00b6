/// Which of the functions that belong to one formula.
public enum KernelVariant: String, CaseIterable, Hashable, Sendable {
    /// Inputs: the variables. Output: the value.
    case forward
    /// Inputs: the variables. Outputs: one derivative for each variable (and each parameter, if asked for).
    case gradient
    /// Inputs: the variables, then the derivative dy of some loss by the value. Outputs: dy times each derivative.
    case backward
    /// Inputs: the variables. Outputs: the value, then the derivatives; what they share is computed once.
    case valueAndGradient

    /// What the variant is called in the names of exported C functions.
    public var symbolSuffix: String {
        switch self {
        case .forward, .gradient, .backward: rawValue
        case .valueAndGradient: "value_and_gradient"
        }
    }
}
