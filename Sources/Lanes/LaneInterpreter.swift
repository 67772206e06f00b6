import Formulas

/// Runs a lane program one lane at a time: slow, plain, and the oracle that every other backend is held against.
public struct LaneInterpreter<Value: LaneFloat>: Sendable {
    private let program: LaneProgram
    private let coldPrograms: [ColdFunction: LaneInterpreter<Value>]

    /// Prepares a program whose precision is `Value`'s.
    ///
    /// - Throws: `LaneVerificationError` when the program is malformed or of the other precision.
    public init(_ program: LaneProgram) throws(LaneVerificationError) {
        try self.init(program, isCold: false)
    }

    private init(_ program: LaneProgram, isCold: Bool) throws(LaneVerificationError) {
        guard program.precision == Value.precision else {
            throw LaneVerificationError(instruction: nil, reason: "is a program for \(program.precision)")
        }
        try program.verify(allowsScalarOnly: isCold)
        self.program = program
        var coldPrograms: [ColdFunction: LaneInterpreter<Value>] = [:]
        for instruction in program.instructions
        where instruction.operation == .coldNumber || instruction.operation == .coldInteger {
            guard let call = ColdCall(payload: instruction.payload), coldPrograms[call.function] == nil else { continue }
            coldPrograms[call.function] = try LaneInterpreter(call.function.program(Value.precision), isCold: true)
        }
        self.coldPrograms = coldPrograms
    }

    /// The outputs for one lane.
    ///
    /// - Parameters:
    ///   - streams: the inputs that vary by lane, `streamCount` of them.
    ///   - uniforms: the inputs shared by all lanes, `uniformCount` of them.
    public func run(streams: [Value], uniforms: [Value] = []) -> [Value] {
        bits(streams: streams, uniforms: uniforms).map { Value(laneBits: $0) }
    }

    private func bits(streams: [Value], uniforms: [Value]) -> [Value.Bits] {
        var values = [Value.Bits]()
        values.reserveCapacity(program.instructions.count)
        for instruction in program.instructions {
            let operands = instruction.operands
            let a = operands.isEmpty ? 0 : values[operands[0].index]
            let b = operands.count < 2 ? 0 : values[operands[1].index]
            let c = operands.count < 3 ? 0 : values[operands[2].index]
            let payload = instruction.payload
            if let result = LaneArithmetic<Value>.apply(instruction.operation, a, b, c, payload: payload) {
                values.append(result)
                continue
            }
            switch instruction.operation {
            case .stream: values.append(streams[Int(payload)].laneBits)
            case .uniform: values.append(uniforms[Int(payload)].laneBits)
            case .tableWord:
                // An index past the end reads 0, as the other backends' tables are padded to.
                let words = ColdTable(rawValue: payload)?.words(Value.precision) ?? []
                let index = Int(truncatingIfNeeded: a)
                values.append(words.indices.contains(index) ? Value.Bits(truncatingIfNeeded: words[index]) : 0)
            default:
                let call = ColdCall(payload: payload)
                if a != 0, let call, let cold = coldPrograms[call.function] {
                    values.append(cold.bits(streams: [Value(laneBits: b)], uniforms: [])[call.result])
                } else {
                    values.append(c)
                }
            }
        }
        return program.outputs.map { values[$0.index] }
    }
}
