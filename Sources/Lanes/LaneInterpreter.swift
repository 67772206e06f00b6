import Formulas

/// Runs a lane program one lane at a time: slow, plain, and the oracle that every other backend is held against.
public struct LaneInterpreter<Value: LaneFloat>: Sendable {
    /// The type and inputs of the program.
    public let program: LaneProgram
    private let steps: [Step]
    private let coldPrograms: [ColdFunction: LaneInterpreter<Value>]

    /// An instruction with its operands in fixed places, so that running it allocates nothing.
    private struct Step: Sendable {
        let operation: LaneOperation
        let a: Int
        let b: Int
        let c: Int
        let payload: UInt64

        init(_ instruction: LaneInstruction) {
            let operands = instruction.operands
            operation = instruction.operation
            payload = instruction.payload
            // Operands that the operation does not have point at value 0 and are not looked at.
            a = operands.isEmpty ? 0 : operands[0].index
            b = operands.count < 2 ? 0 : operands[1].index
            c = operands.count < 3 ? 0 : operands[2].index
        }
    }

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
        steps = program.instructions.map(Step.init)
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
    @_specialize(where Value == Float)
    @_specialize(where Value == Double)
    public func run(streams: [Value], uniforms: [Value] = []) -> [Value] {
        var values = [Value.Bits](repeating: 0, count: steps.count)
        compute(&values, uniforms: uniforms) { streams[$0] }
        return program.outputs.map { Value(laneBits: values[$0.index]) }
    }

    /// The outputs for many lanes: one column for each output, as long as the shortest stream (one lane without any).
    ///
    /// - Parameters:
    ///   - columns: one column for each stream.
    ///   - uniforms: the inputs shared by all lanes, `uniformCount` of them.
    @_specialize(where Value == Float)
    @_specialize(where Value == Double)
    public func run(columns: [[Value]], uniforms: [Value] = []) -> [[Value]] {
        let count = columns.map(\.count).min() ?? 1
        var values = [Value.Bits](repeating: 0, count: steps.count)
        var results = [[Value]](repeating: [], count: program.outputs.count)
        for index in results.indices { results[index].reserveCapacity(count) }
        for lane in 0..<count {
            compute(&values, uniforms: uniforms) { columns[$0][lane] }
            for (index, output) in program.outputs.enumerated() {
                results[index].append(Value(laneBits: values[output.index]))
            }
        }
        return results
    }

    // Callers in other modules would run this through witness tables, many times slower.
    @_specialize(where Value == Float)
    @_specialize(where Value == Double)
    private func compute(_ values: inout [Value.Bits], uniforms: [Value], stream: (Int) -> Value) {
        for (index, step) in steps.enumerated() {
            let (a, b, c) = (values[step.a], values[step.b], values[step.c])
            if let result = LaneArithmetic<Value>.apply(step.operation, a, b, c, payload: step.payload) {
                values[index] = result
                continue
            }
            switch step.operation {
            case .stream: values[index] = stream(Int(step.payload)).laneBits
            case .uniform: values[index] = uniforms[Int(step.payload)].laneBits
            case .tableWord:
                // An index past the end reads 0, as the other backends' tables are padded to.
                let words = ColdTable(rawValue: step.payload)?.words(Value.precision) ?? []
                let word = Int(truncatingIfNeeded: a)
                values[index] = words.indices.contains(word) ? Value.Bits(truncatingIfNeeded: words[word]) : 0
            default: values[index] = cold(step, isNeeded: a != 0, Value(laneBits: b), otherwise: c)
            }
        }
    }

    private func cold(_ step: Step, isNeeded: Bool, _ x: Value, otherwise: Value.Bits) -> Value.Bits {
        guard isNeeded, let call = ColdCall(payload: step.payload), let interpreter = coldPrograms[call.function] else {
            return otherwise
        }
        var values = [Value.Bits](repeating: 0, count: interpreter.steps.count)
        interpreter.compute(&values, uniforms: []) { _ in x }
        return values[interpreter.program.outputs[call.result].index]
    }
}
