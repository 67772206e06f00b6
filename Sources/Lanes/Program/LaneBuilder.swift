import Formulas

/// A floating-point value under construction. Arithmetic on it appends to its builder's program.
public struct LaneNumber {
    let id: LaneID
    let builder: LaneBuilder
}

/// An integer value under construction.
public struct LaneInteger {
    let id: LaneID
    let builder: LaneBuilder
}

/// A truth value under construction.
public struct LaneMask {
    let id: LaneID
    let builder: LaneBuilder
}

/// Builds a lane program. Equal instructions become one, and operations on literals are done at once, by the same
/// arithmetic that the interpreter uses, so that folding never changes a bit.
///
/// Not safe to share between threads; make one for each program.
public final class LaneBuilder {
    /// The type of every number built here.
    public let precision: Precision
    /// How accurately elementary functions are expanded.
    public let math: MathMode
    private let streamCount: Int
    private let uniformCount: Int
    private var instructions: [LaneInstruction] = []
    private var identifiers: [LaneInstruction: LaneID] = [:]

    /// An empty program with the given inputs.
    public init(precision: Precision, streamCount: Int, uniformCount: Int, math: MathMode = .accurate) {
        self.precision = precision
        self.math = math
        self.streamCount = streamCount
        self.uniformCount = uniformCount
    }

    /// The finished program: what the outputs need, in the order in which it was built.
    public func program(outputs: [LaneID]) -> LaneProgram {
        var needed = [Bool](repeating: false, count: instructions.count)
        for output in outputs { needed[output.index] = true }
        for index in instructions.indices.reversed() where needed[index] {
            for operand in instructions[index].operands { needed[operand.index] = true }
        }
        var position = [Int](repeating: 0, count: instructions.count)
        var kept: [LaneInstruction] = []
        for (index, instruction) in instructions.enumerated() where needed[index] {
            position[index] = kept.count
            kept.append(
                LaneInstruction(
                    instruction.operation, instruction.operands.map { LaneID(position[$0.index]) },
                    payload: instruction.payload))
        }
        return LaneProgram(
            precision: precision, instructions: kept, streamCount: streamCount, uniformCount: uniformCount,
            outputs: outputs.map { LaneID(position[$0.index]) })
    }

    // MARK: Leaves

    /// A literal, rounded to the precision.
    public func number(_ value: Double) -> LaneNumber {
        let bits = precision == .float ? UInt64(Float(value).bitPattern) : value.bitPattern
        return LaneNumber(id: insert(.number, [], payload: bits), builder: self)
    }

    /// A literal that differs by precision, such as a polynomial coefficient.
    public func number(float: Float, double: Double) -> LaneNumber {
        let bits = precision == .float ? UInt64(float.bitPattern) : double.bitPattern
        return LaneNumber(id: insert(.number, [], payload: bits), builder: self)
    }

    /// A literal integer, truncated to the width.
    public func integer(_ value: Int64) -> LaneInteger {
        let bits = precision == .float ? UInt64(UInt32(truncatingIfNeeded: value)) : UInt64(bitPattern: value)
        return LaneInteger(id: insert(.integer, [], payload: bits), builder: self)
    }

    /// The input that varies by lane with an index.
    public func stream(_ index: Int) -> LaneNumber {
        LaneNumber(id: insert(.stream, [], payload: UInt64(index)), builder: self)
    }

    /// The input shared by all lanes with an index.
    public func uniform(_ index: Int) -> LaneNumber {
        LaneNumber(id: insert(.uniform, [], payload: UInt64(index)), builder: self)
    }

    // MARK: Instructions

    func insert(_ operation: LaneOperation, _ operands: [LaneID], payload: UInt64 = 0) -> LaneID {
        // Adders are more often idle than multipliers, and the result is the same.
        if operation == .multiply, let doubled = doubled(operands) { return insert(.add, [doubled, doubled]) }
        let instruction = folded(LaneInstruction(operation, operands, payload: payload))
        if let known = identifiers[instruction] { return known }
        let id = LaneID(instructions.count)
        instructions.append(instruction)
        identifiers[instruction] = id
        return id
    }

    /// The factor beside a literal 2.
    private func doubled(_ factors: [LaneID]) -> LaneID? {
        let two = precision == .float ? UInt64(Float(2).bitPattern) : 2.0.bitPattern
        if literal(factors[1]) == two { return factors[0] }
        return literal(factors[0]) == two ? factors[1] : nil
    }

    func literal(_ id: LaneID) -> UInt64? {
        let instruction = instructions[id.index]
        return instruction.operation == .number || instruction.operation == .integer ? instruction.payload : nil
    }

    /// The number that x was made from by changing the sign, or `nil` when it was made otherwise.
    func negated(_ x: LaneNumber) -> LaneNumber? {
        let instruction = instructions[x.id.index]
        return instruction.operation == .negate ? LaneNumber(id: instruction.operands[0], builder: self) : nil
    }

    /// The number that x was made from by a factor that is a literal or a change of sign; x itself and 1 when it was made
    /// otherwise.
    func literalMultiple(_ x: LaneNumber) -> (base: LaneNumber, coefficient: Double) {
        let instruction = instructions[x.id.index]
        let operands = instruction.operands.map { LaneNumber(id: $0, builder: self) }
        switch instruction.operation {
        case .negate: return (operands[0], -1)
        case .multiply:
            if let factor = literalValue(operands[1]) { return (operands[0], factor) }
            if let factor = literalValue(operands[0]) { return (operands[1], factor) }
            return (x, 1)
        case .add: return operands[0].id == operands[1].id ? (operands[0], 2) : (x, 1)
        default: return (x, 1)
        }
    }

    /// The literal that a number is, or `nil` when it depends on an input.
    func literalValue(_ x: LaneNumber) -> Double? {
        literal(x.id).map {
            precision == .float ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) : Double(bitPattern: $0)
        }
    }

    /// The literal that an instruction on literals amounts to, or the instruction itself.
    private func folded(_ instruction: LaneInstruction) -> LaneInstruction {
        let result = instruction.operation.resultType
        guard !instruction.operands.isEmpty, result != .mask else { return instruction }
        var bits: [UInt64] = []
        for operand in instruction.operands {
            guard let literal = maskLiteral(operand) ?? literal(operand) else { return instruction }
            bits.append(literal)
        }
        guard let value = evaluate(instruction, bits) else { return instruction }
        return LaneInstruction(result == .number ? .number : .integer, payload: value)
    }

    /// The value of a mask computed from literals. There are no literal masks, so it is found by looking through.
    private func maskLiteral(_ id: LaneID) -> UInt64? {
        let instruction = instructions[id.index]
        guard instruction.operation.resultType == .mask else { return nil }
        var bits: [UInt64] = []
        for operand in instruction.operands {
            guard let literal = maskLiteral(operand) ?? literal(operand) else { return nil }
            bits.append(literal)
        }
        return evaluate(instruction, bits)
    }

    private func evaluate(_ instruction: LaneInstruction, _ bits: [UInt64]) -> UInt64? {
        let (a, b, c) = (bits[0], bits.count > 1 ? bits[1] : 0, bits.count > 2 ? bits[2] : 0)
        switch precision {
        case .float:
            return LaneArithmetic<Float>.apply(
                instruction.operation, UInt32(truncatingIfNeeded: a), UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: c), payload: instruction.payload
            ).map(UInt64.init)
        case .double:
            return LaneArithmetic<Double>.apply(instruction.operation, a, b, c, payload: instruction.payload)
        }
    }
}
