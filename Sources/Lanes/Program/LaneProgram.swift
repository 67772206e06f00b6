import Formulas

/// The place of a value in a lane program: the index of the instruction that computes it.
public struct LaneID: Hashable, Comparable, Sendable {
    /// The position in `LaneProgram.instructions`.
    public let index: Int

    /// Names the value computed at a position.
    public init(_ index: Int) { self.index = index }

    public static func < (left: LaneID, right: LaneID) -> Bool { left.index < right.index }
}

/// One instruction: an operation on earlier values.
public struct LaneInstruction: Hashable, Sendable {
    /// What is computed.
    public let operation: LaneOperation
    /// The values it is computed from, as many as `operation.operandTypes`.
    public let operands: [LaneID]
    /// Bits of a literal, index of an input, distance of a shift, or `ColdCall.payload`; 0 where none of these applies.
    public let payload: UInt64

    /// Makes an instruction; `LaneVerifier` checks that it fits.
    public init(_ operation: LaneOperation, _ operands: [LaneID] = [], payload: UInt64 = 0) {
        self.operation = operation
        self.operands = operands
        self.payload = payload
    }
}

/// Straight-line code over one lane, in primitive operations only.
///
/// Every backend runs the same instructions in the same order, so all give the same bits.
public struct LaneProgram: Hashable, Sendable {
    /// The type of every number in the program.
    public let precision: Precision
    /// The code; an instruction's operands stand before it.
    public let instructions: [LaneInstruction]
    /// How many inputs vary by lane.
    public let streamCount: Int
    /// How many inputs are the same for every lane.
    public let uniformCount: Int
    /// The values that are the program's results.
    public let outputs: [LaneID]

    /// Assembles a program; `LaneVerifier` checks that it is well formed.
    public init(
        precision: Precision, instructions: [LaneInstruction], streamCount: Int, uniformCount: Int, outputs: [LaneID]
    ) {
        self.precision = precision
        self.instructions = instructions
        self.streamCount = streamCount
        self.uniformCount = uniformCount
        self.outputs = outputs
    }

    /// The instruction that computes a value.
    public subscript(id: LaneID) -> LaneInstruction { instructions[id.index] }
}

extension LaneProgram: CustomStringConvertible {
    /// One line an instruction, for golden files and for reading.
    public var description: String {
        var lines = ["program \(precision) streams \(streamCount) uniforms \(uniformCount)"]
        for (index, instruction) in instructions.enumerated() {
            var words = ["%\(index) =", instruction.operation.rawValue]
            words += instruction.operands.map { "%\($0.index)" }
            switch instruction.operation {
            case .number:
                let bits = instruction.payload
                words.append(
                    precision == .float
                        ? "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))" : "\(Double(bitPattern: bits))")
            case .integer: words.append("0x" + String(instruction.payload, radix: 16))
            case .stream, .uniform, .shiftLeft, .shiftRightLogical, .shiftRightArithmetic, .tableWord, .coldNumber,
                .coldInteger:
                words.append("#\(instruction.payload)")
            default: break
            }
            lines.append(words.joined(separator: " "))
        }
        lines.append("return " + outputs.map { "%\($0.index)" }.joined(separator: " "))
        return lines.joined(separator: "\n")
    }
}
