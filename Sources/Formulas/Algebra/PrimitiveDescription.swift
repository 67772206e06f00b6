/// What `Grammar/Functions.formula` says of a primitive operation.
public struct PrimitiveDescription: Sendable {
    /// The operation.
    public let operation: Operator
    /// The operands' names.
    public let operands: [String]
    /// The derivative by each operand, as written.
    public let derivatives: [String]
    /// What the comment above the derivatives says.
    public let documentation: String

    /// How a call looks: `atan2(y, x)`.
    public var signature: String { "\(operation.rawValue)(\(operands.joined(separator: ", ")))" }

    /// The primitives, in the order of the file.
    public static var all: [PrimitiveDescription] { DerivativeTable.standard.descriptions }
}
