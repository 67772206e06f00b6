import Formulas

/// Why a lane program is malformed: a fault of the compiler, never of its input.
public struct LaneVerificationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which instruction, or `nil` for the program as a whole.
    public let instruction: Int?
    /// What is wrong with it.
    public let reason: String

    /// The instruction and the reason in one line.
    public var description: String { instruction.map { "%\($0): \(reason)" } ?? reason }
}

extension LaneProgram {
    /// Checks that operands stand before their users and have the right types, that inputs exist, shifts and cold calls
    /// are in range, and that scalar-only operations stand only where `allowsScalarOnly` permits them.
    public func verify(allowsScalarOnly: Bool = false) throws(LaneVerificationError) {
        let width: UInt64 = precision == .float ? 32 : 64
        for (index, instruction) in instructions.enumerated() {
            func fail(_ reason: String) -> LaneVerificationError {
                LaneVerificationError(instruction: index, reason: reason)
            }
            let types = instruction.operation.operandTypes
            guard instruction.operands.count == types.count else { throw fail("has the wrong number of operands") }
            for (operand, type) in zip(instruction.operands, types) {
                guard operand.index >= 0, operand.index < index else { throw fail("uses a value before it is computed") }
                guard self[operand].operation.resultType == type else { throw fail("wants a \(type) operand") }
            }
            let payload = instruction.payload
            switch instruction.operation {
            case .number, .integer:
                guard width == 64 || payload >> 32 == 0 else { throw fail("has more bits than its type") }
            case .stream:
                guard payload < UInt64(streamCount) else { throw fail("reads a stream that does not exist") }
            case .uniform:
                guard payload < UInt64(uniformCount) else { throw fail("reads a uniform that does not exist") }
            case .shiftLeft, .shiftRightLogical, .shiftRightArithmetic:
                guard payload < width else { throw fail("shifts by the width or more") }
            case .coldNumber, .coldInteger:
                guard let call = ColdCall(payload: payload) else { throw fail("calls no known function") }
                guard call.function.resultTypes[call.result] == instruction.operation.resultType else {
                    throw fail("asks for a result of another type")
                }
                guard !allowsScalarOnly else { throw fail("stands inside a cold function") }
            case .tableWord:
                guard ColdTable(rawValue: payload) != nil else { throw fail("reads no known table") }
            default:
                guard payload == 0 else { throw fail("carries a payload it has no use for") }
            }
            guard allowsScalarOnly || !instruction.operation.isScalarOnly else {
                throw fail("is not available on vectors")
            }
        }
        for output in outputs {
            guard instructions.indices.contains(output.index) else {
                throw LaneVerificationError(instruction: nil, reason: "returns a value that does not exist")
            }
            guard allowsScalarOnly || self[output].operation.resultType == .number else {
                throw LaneVerificationError(instruction: output.index, reason: "is returned but is not a number")
            }
        }
    }
}
