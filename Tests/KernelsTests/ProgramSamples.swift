import Formulas

@testable import Lanes

/// A small seeded generator, so that a failing test can be run again.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

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
    static func random(_ generator: inout SeededGenerator) -> Self {
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
        if ColdFunction.trigonometricReduction.program(precision).outputs.isEmpty { return nil }
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
