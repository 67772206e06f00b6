import CMPFR
import Formulas

/// The values of a formula's nodes at one precision, and what that precision leaves open.
///
/// More bits make a smooth step's value better and no more. A step that jumps is another matter: whether e^x - 1 is above 0
/// for the smallest x is seen with a thousand bits, and with fewer the two are equal. So each value carries whether it was
/// rounded, and a jump between rounded values that are too near to tell apart is marked, with all that depends on it.
struct ReferenceWalk {
    /// The precision of the steps, in bits.
    let bits: Int
    /// The value of every node.
    private(set) var values: [BigFloat] = []
    /// Whether it depends on a jump to one side that may be to the other.
    private(set) var isUndecided: [Bool] = []
    /// Whether somewhere rounded values cancelled to 0, which more bits may show to be another number.
    private(set) var hasRoundedZeros = false
    private var isRounded: [Bool] = []

    init(bits: Int, capacity: Int) {
        self.bits = bits
        values.reserveCapacity(capacity)
        isUndecided.reserveCapacity(capacity)
        isRounded.reserveCapacity(capacity)
    }

    /// Appends a leaf.
    mutating func append(_ value: BigFloat, isRounded: Bool) {
        values.append(value)
        self.isRounded.append(isRounded)
        isUndecided.append(false)
    }

    /// Appends a step.
    mutating func append(_ operation: Operator, _ operands: [Int]) {
        if operation == .select { return select(operands) }
        mpfr_clear_inexflag()
        let value = BigFloat.apply(operation, operands.map { values[$0] }, bits: bits)
        let rounds = mpfr_inexflag_p() != 0
        let fromRounded = operands.contains { isRounded[$0] }
        if operation == .add || operation == .subtract, value.isZero, fromRounded, operands[0] != operands[1] {
            hasRoundedZeros = true
        }
        isUndecided.append(operands.contains { isUndecided[$0] } || fromRounded && mayJump(operation, operands, to: value))
        // A step to an integer is exact where it is decided, whatever MPFR says of the fraction left behind.
        isRounded.append((rounds || fromRounded) && !operation.isStepToInteger)
        values.append(value)
    }

    private mutating func select(_ operands: [Int]) {
        let chosen = operands[values[operands[0]].isTrue ? 1 : 2]
        let other = operands[values[operands[0]].isTrue ? 2 : 1]
        let isOpen = isUndecided[operands[0]] || isRounded[operands[0]] && values[operands[0]].isZero
        let isEither = isOpen && !values[chosen].agrees(with: values[other], bits: bits / 2)
        values.append(values[chosen])
        isRounded.append(isRounded[chosen])
        isUndecided.append(isUndecided[chosen] || isEither)
    }

    /// Whether rounded operands are so near to where an operation jumps that they may lie on its other side.
    private func mayJump(_ operation: Operator, _ operands: [Int], to value: BigFloat) -> Bool {
        let first = values[operands[0]]
        switch operation {
        case .less, .lessOrEqual, .equal, .notEqual: return first.agrees(with: values[operands[1]], bits: bits / 2)
        case .sign, .not: return first.isZero
        case .and, .or: return operands.contains { values[$0].isZero && isRounded[$0] }
        case .floor, .ceil, .round, .rint:
            guard !first.isNaN, !first.isInfinite else { return false }
            let step = first.times(powerOfTwo: -bits / 2)
            return [first.plus(step), first.minus(step)].contains {
                !BigFloat.apply(operation, [$0], bits: bits).agrees(with: value, bits: bits / 2)
            }
        case .power:
            // Below 0 there is a value at whole exponents alone, and its sign is another at each.
            return isRounded[operands[1]] && (first.isNegative || first.isZero) && values[operands[1]].isWhole
        default: return false
        }
    }
}

extension Operator {
    /// Whether the result is one of the integers and nothing between them.
    var isStepToInteger: Bool {
        switch self {
        case .floor, .ceil, .round, .rint, .sign: true
        default: isCondition
        }
    }

    /// Whether the result jumps.
    var jumps: Bool {
        switch self {
        case .less, .lessOrEqual, .equal, .notEqual, .sign, .floor, .ceil, .round, .rint: true
        default: false
        }
    }
}
