import Accuracy
import Formulas

@testable import Lanes

/// Vector widths that every machine can be asked for; LLVM splits what its registers cannot hold.
let allWidths = [1, 2, 4, 8, 16, 32, 64]

extension LaneFloat {
    /// Numbers on which implementations differ when they differ at all.
    static var specials: [Self] {
        let magnitudes: [Self] = [
            0, .leastNonzeroMagnitude, .leastNormalMagnitude, .leastNormalMagnitude.nextDown, 0.25, 0.5, Self(0.5).nextDown,
            0.75, 1, Self(1).nextUp, 1.5, 2, 2.5, 3.5, 1000.5, Self(1 << 22) + 0.5, Self(1 << 23), Self(1 << 24) + 1,
            Self(1 << 52), Self(Self.significandBitCount == 23 ? 0x1p22 : 0x1p51) + 0.5,
            .greatestFiniteMagnitude, .infinity,
        ]
        return magnitudes + magnitudes.map { -$0 } + [.nan]
    }

    /// Any bits but those of NaN, half of the time of moderate size.
    static func random(_ generator: inout SplitMix64) -> Self {
        let bits = Bits(truncatingIfNeeded: generator.next())
        if Bool.random(using: &generator) {
            return Self(Double.random(in: -100...100, using: &generator))
        }
        let value = Self(laneBits: bits)
        return value.isNaN ? 1 : value
    }

    /// Equal bits, or both NaN: payloads and signs of NaN are the hardware's business.
    func isSame(as other: Self) -> Bool { laneBits == other.laneBits || (isNaN && other.isNaN) }
}

/// The program that applies one operation to streams, its masks and integers made from streams and taken back to a
/// number, so that every operation's result can be seen.
func program(applying operation: LaneOperation, _ precision: Precision) -> LaneProgram? {
    let builder = LaneBuilder(precision: precision, streamCount: 3, uniformCount: 1)
    func operand(_ type: LaneType, _ index: Int) -> LaneID {
        let stream = builder.stream(index)
        switch type {
        case .number: return stream.id
        case .integer: return stream.bits.id
        // Every other operand compares the other way round, so that both truths meet.
        case .mask: return (stream < builder.stream((index + 1) % 3)).id
        }
    }
    let width = precision == .float ? 32 : 64
    let payload: UInt64
    switch operation {
    case .stream, .uniform: payload = 0
    case .number: payload = precision == .float ? UInt64(Float(0.1).bitPattern) : 0.1.bitPattern
    case .integer: payload = 0x3f80_0001
    case .shiftLeft, .shiftRightLogical, .shiftRightArithmetic: payload = UInt64(width / 4 + 1)
    case .coldNumber, .coldInteger:
        guard let result = ColdFunction.trigonometricReduction.resultTypes.firstIndex(of: operation.resultType) else {
            return nil
        }
        payload = ColdCall(.trigonometricReduction, result: result).payload
    default: payload = 0
    }
    if operation.isScalarOnly { return nil }
    let operands = operation.operandTypes.enumerated().map { operand($1, $0) }
    let result = builder.insert(operation, operands, payload: payload)
    switch operation.resultType {
    case .number: return builder.program(outputs: [result])
    case .integer:
        // Bits taken for a number keep their identity as long as nothing computes with them.
        return builder.program(outputs: [LaneInteger(id: result, builder: builder).asNumber.id])
    case .mask:
        let mask = LaneMask(id: result, builder: builder)
        return builder.program(outputs: [mask.select(builder.number(1), builder.number(-2)).id])
    }
}

/// A well-formed program of random operations.
///
/// Integers are made from numbers that are no NaN, and signs are copied from such numbers only: the sign and payload of
/// a computed NaN are the hardware's business, everything else is promised.
func randomProgram(_ precision: Precision, length: Int, using generator: inout SplitMix64) -> LaneProgram {
    let builder = LaneBuilder(precision: precision, streamCount: 3, uniformCount: 2)
    var numbers = (0..<3).map { builder.stream($0) } + (0..<2).map { builder.uniform($0) } + [builder.number(1.5)]
    var integers = [builder.integer(1), builder.integer(-7)]
    var masks = [numbers[0] < numbers[1]]
    let operations = LaneOperation.allCases.filter { !$0.isScalarOnly && !$0.operandTypes.isEmpty }
    let calls = ColdFunction.allCases.flatMap { function in
        function.resultTypes.indices.map { ColdCall(function, result: $0) }
    }
    for _ in 0..<length {
        guard let operation = operations.randomElement(using: &generator) else { break }
        var payload: UInt64 = 0
        switch operation {
        case .shiftLeft, .shiftRightLogical, .shiftRightArithmetic:
            payload = UInt64.random(in: 0..<(precision == .float ? 32 : 64), using: &generator)
        case .coldNumber, .coldInteger:
            let fitting = calls.filter { $0.function.resultTypes[$0.result] == operation.resultType }
            guard let call = fitting.randomElement(using: &generator) else { continue }
            payload = call.payload
        default: break
        }
        var operands: [LaneID] = []
        for type in operation.operandTypes {
            switch type {
            case .number:
                let number = numbers.suffix(12).randomElement(using: &generator) ?? numbers[0]
                let isExposed = operation == .bits || operation == .copySign
                operands.append(isExposed ? number.isNaN.select(builder.number(1), number).id : number.id)
            case .integer: operands.append((integers.suffix(12).randomElement(using: &generator) ?? integers[0]).id)
            case .mask: operands.append((masks.suffix(12).randomElement(using: &generator) ?? masks[0]).id)
            }
        }
        let id = builder.insert(operation, operands, payload: payload)
        switch operation.resultType {
        case .number: numbers.append(LaneNumber(id: id, builder: builder))
        case .integer: integers.append(LaneInteger(id: id, builder: builder))
        case .mask: masks.append(LaneMask(id: id, builder: builder))
        }
    }
    let last = masks.suffix(3).map { $0.select(builder.number(1), builder.number(0)) }
    return builder.program(outputs: (numbers.suffix(3) + last).map(\.id) + [integers[integers.count - 1].asNumber.id])
}

/// Columns of random numbers, some of them special.
func randomColumns<Value: LaneFloat>(_: Value.Type, columns: Int, rows: Int, using generator: inout SplitMix64) -> [[Value]] {
    (0..<columns).map { _ in
        (0..<rows).map { _ in
            Int.random(in: 0..<4, using: &generator) == 0
                ? Value.specials.randomElement(using: &generator) ?? 0 : Value.random(&generator)
        }
    }
}
