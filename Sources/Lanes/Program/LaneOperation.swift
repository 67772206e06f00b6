/// What one value of a lane program holds. A lane is one element; backends run many side by side.
public enum LaneType: String, Hashable, Sendable {
    /// A floating-point number of the program's precision.
    case number
    /// An integer as wide as the number (32 bits beside Float, 64 beside Double), two's complement, wrapping.
    case integer
    /// A truth value, the result of a comparison.
    case mask
}

/// A primitive operation: one that every backend has, with one defined result bit for bit (NaN payloads excepted).
///
/// The raw value is the name in the printed form of a program.
public enum LaneOperation: String, CaseIterable, Hashable, Sendable {
    // Leaves; the payload says which
    /// A number: the payload holds its bits.
    case number
    /// An integer: the payload holds its bits.
    case integer
    /// The input that varies by lane with the payload's index.
    case stream
    /// The input that is the same for every lane with the payload's index.
    case uniform

    // Numbers to a number; each rounds once, to nearest even
    case add, subtract, multiply, divide
    /// a·b + c, rounded once.
    case fusedMultiplyAdd = "fma"
    case squareRoot = "sqrt"
    /// Flips the sign bit, of NaN too.
    case negate
    /// Clears the sign bit.
    case absolute = "abs"
    /// The first operand with the sign bit of the second.
    case copySign = "copysign"
    /// To the nearest integer, halves to even; keeps the sign of zero.
    case roundToEven = "rint"
    /// `a < b ? a : b`: the second operand when either is NaN or both are zeros.
    case minimum = "min"
    /// `a > b ? a : b`: the second operand when either is NaN or both are zeros.
    case maximum = "max"
    /// `mask ? a : b` on numbers.
    case select

    // Numbers to a mask; all but `unordered` are false on NaN
    case less, lessOrEqual = "less_or_equal", equal
    /// Whether either operand is NaN.
    case unordered
    // Masks to a mask
    case maskAnd = "mask_and", maskOr = "mask_or", maskNot = "mask_not"

    // Integers
    /// The bits of a number.
    case bits
    /// The number with given bits.
    case fromBits = "from_bits"
    case integerAdd = "iadd", integerSubtract = "isub"
    case integerAnd = "iand", integerOr = "ior", integerXor = "ixor"
    /// Shifts by the payload, which is less than the width.
    case shiftLeft = "shl", shiftRightLogical = "lshr", shiftRightArithmetic = "ashr"
    case integerEqual = "ieq"
    /// Signed comparison.
    case integerLess = "ilt"
    /// `mask ? a : b` on integers.
    case integerSelect = "iselect"

    /// `mask ? f(x) : otherwise`, where f is a `ColdFunction` that is rarely needed. Operands: mask, x, otherwise.
    /// The payload names the function and which of its results (`ColdCall`). Backends branch around it.
    case coldNumber = "cold"
    case coldInteger = "icold"

    // Only inside cold functions, which run one lane at a time
    case integerMultiply = "imul"
    /// The upper half of the unsigned product.
    case integerMultiplyHigh = "umulh"
    /// Unsigned shifts by the second operand, which is less than the width.
    case shiftLeftBy = "shl_by", shiftRightBy = "lshr_by"
    /// Unsigned comparison.
    case integerLessUnsigned = "ult"
    /// The word of a `ColdFunction.table` at an index. The payload names the table.
    case tableWord = "table"
    /// A signed integer as a number, rounded to nearest even.
    case convertToNumber = "convert"

    /// The types of the operands, in order.
    public var operandTypes: [LaneType] {
        switch self {
        case .number, .integer, .stream, .uniform: []
        case .squareRoot, .negate, .absolute, .roundToEven, .bits: [.number]
        case .add, .subtract, .multiply, .divide, .copySign, .minimum, .maximum, .less, .lessOrEqual, .equal,
            .unordered:
            [.number, .number]
        case .fusedMultiplyAdd: [.number, .number, .number]
        case .select: [.mask, .number, .number]
        case .maskNot: [.mask]
        case .maskAnd, .maskOr: [.mask, .mask]
        case .fromBits, .shiftLeft, .shiftRightLogical, .shiftRightArithmetic, .tableWord, .convertToNumber:
            [.integer]
        case .integerAdd, .integerSubtract, .integerAnd, .integerOr, .integerXor, .integerEqual, .integerLess,
            .integerMultiply, .integerMultiplyHigh, .shiftLeftBy, .shiftRightBy, .integerLessUnsigned:
            [.integer, .integer]
        case .integerSelect: [.mask, .integer, .integer]
        case .coldNumber: [.mask, .number, .number]
        case .coldInteger: [.mask, .number, .integer]
        }
    }

    /// The type of the result.
    public var resultType: LaneType {
        switch self {
        case .number, .stream, .uniform, .add, .subtract, .multiply, .divide, .fusedMultiplyAdd, .squareRoot, .negate,
            .absolute, .copySign, .roundToEven, .minimum, .maximum, .select, .fromBits, .coldNumber, .convertToNumber:
            .number
        case .less, .lessOrEqual, .equal, .unordered, .maskAnd, .maskOr, .maskNot, .integerEqual, .integerLess,
            .integerLessUnsigned:
            .mask
        case .integer, .bits, .integerAdd, .integerSubtract, .integerAnd, .integerOr, .integerXor, .shiftLeft,
            .shiftRightLogical, .shiftRightArithmetic, .integerSelect, .coldInteger, .integerMultiply,
            .integerMultiplyHigh, .shiftLeftBy, .shiftRightBy, .tableWord:
            .integer
        }
    }

    /// Whether vector hardware lacks the operation, so that it may stand only inside a cold function.
    public var isScalarOnly: Bool {
        switch self {
        case .integerMultiply, .integerMultiplyHigh, .shiftLeftBy, .shiftRightBy, .integerLessUnsigned, .tableWord,
            .convertToNumber:
            true
        default: false
        }
    }
}
