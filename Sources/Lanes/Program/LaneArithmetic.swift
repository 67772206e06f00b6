/// The defined result of every primitive operation, on bits. The interpreter, the constant folder of `LaneBuilder` and
/// the tests of the other backends all rest on this one table.
enum LaneArithmetic<Value: LaneFloat> {
    typealias Bits = Value.Bits

    /// Masks are all ones or zero, as vector hardware has them.
    static func mask(_ truth: Bool) -> Bits { truth ? ~0 : 0 }

    /// Applies an operation to operand bits. Inputs and cold calls are not its business: for them it returns `nil`.
    static func apply(_ operation: LaneOperation, _ a: Bits, _ b: Bits, _ c: Bits, payload: UInt64) -> Bits? {
        func number(_ bits: Bits) -> Value { Value(laneBits: bits) }
        func signed(_ bits: Bits) -> Value.SignedBits { Value.SignedBits(truncatingIfNeeded: bits) }
        let distance = Bits(truncatingIfNeeded: payload)
        let signBit: Bits = 1 << Bits(Bits.bitWidth - 1)
        return switch operation {
        case .number, .integer: Bits(truncatingIfNeeded: payload)
        case .stream, .uniform, .coldNumber, .coldInteger, .tableWord: nil
        case .add: (number(a) + number(b)).laneBits
        case .subtract: (number(a) - number(b)).laneBits
        case .multiply: (number(a) * number(b)).laneBits
        case .divide: (number(a) / number(b)).laneBits
        case .fusedMultiplyAdd: number(c).addingProduct(number(a), number(b)).laneBits
        case .squareRoot: number(a).squareRoot().laneBits
        case .negate: a ^ signBit
        case .absolute: a & ~signBit
        case .copySign: (a & ~signBit) | (b & signBit)
        case .roundToEven: number(a).rounded(.toNearestOrEven).laneBits
        case .minimum: number(a) < number(b) ? a : b
        case .maximum: number(a) > number(b) ? a : b
        case .select, .integerSelect: a != 0 ? b : c
        case .less: mask(number(a) < number(b))
        case .lessOrEqual: mask(number(a) <= number(b))
        case .equal: mask(number(a) == number(b))
        case .unordered: mask(number(a).isNaN || number(b).isNaN)
        case .maskAnd, .integerAnd: a & b
        case .maskOr, .integerOr: a | b
        case .maskNot: ~a
        case .bits, .fromBits: a
        case .integerAdd: a &+ b
        case .integerSubtract: a &- b
        case .integerXor: a ^ b
        case .shiftLeft: a &<< distance
        case .shiftRightLogical: a &>> distance
        case .shiftRightArithmetic: Bits(truncatingIfNeeded: signed(a) &>> signed(distance))
        case .integerEqual: mask(a == b)
        case .integerLess: mask(signed(a) < signed(b))
        case .integerLessUnsigned: mask(a < b)
        case .integerMultiply: a &* b
        case .integerMultiplyHigh: a.multipliedFullWidth(by: b).high
        case .shiftLeftBy: a &<< b
        case .shiftRightBy: a &>> b
        case .convertToNumber: Value(signed(a)).laneBits
        }
    }
}
