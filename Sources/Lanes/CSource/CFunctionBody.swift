import Formulas

/// The statements of one lane program: one C statement for each instruction, so that no compiler sees two roundings in
/// one expression. Literals stand where they are used.
///
/// What depends on no stream stands apart, to be done once a call: gcc does not take such work out of a loop when there
/// are conditions in it, and does not vectorise the loop for their sake.
struct CFunctionBody {
    private let program: LaneProgram
    private let type: CType
    private let names: CNames
    private let isNeeded: [Bool]
    /// Whether a value is computed by the preparation.
    private var isPrepared: [Bool]
    private var statements = ""
    /// Groups of cold calls that statements have been written for: the first instruction of each.
    private var coldGroups: [ColdGroup: Int] = [:]

    /// The statements that depend on no stream, indented.
    private(set) var preparation = ""
    /// The other statements and the assignments of results, indented.
    private(set) var text = ""
    /// The values of the preparation that the other statements use. Masks come as integers of all ones or zero.
    private(set) var prepared: [LaneID] = []
    /// The streams and uniforms that each part reads.
    private(set) var inputs: Set<LaneInstruction> = []
    private(set) var preparationInputs: Set<LaneInstruction> = []
    /// The helpers that the statements call.
    private(set) var helpers: Set<CHelper> = []
    /// The cold functions that the statements call, and whether others than the preparation do.
    private(set) var coldFunctions: Set<ColdFunction> = []
    private(set) var hasColdCalls = false
    /// The operations that the statements do.
    private(set) var operations: Set<LaneOperation> = []

    /// Cold calls that one call of the C function answers.
    private struct ColdGroup: Hashable {
        let function: ColdFunction
        let mask: LaneID
        let argument: LaneID
    }

    /// Writes the statements of a verified program.
    ///
    /// - Parameters:
    ///   - names: gives the C names of helpers, cold functions and tables.
    ///   - prepares: whether to set apart what depends on no stream.
    init(_ program: LaneProgram, names: CNames, prepares: Bool) {
        self.program = program
        self.names = names
        type = CType(program.precision)
        var isNeeded = Array(repeating: false, count: program.instructions.count)
        for output in program.outputs { isNeeded[output.index] = true }
        for index in program.instructions.indices.reversed() where isNeeded[index] {
            for operand in program.instructions[index].operands { isNeeded[operand.index] = true }
        }
        self.isNeeded = isNeeded
        isPrepared = Array(repeating: false, count: program.instructions.count)
        if prepares {
            for (index, instruction) in program.instructions.enumerated() {
                isPrepared[index] =
                    !instruction.operands.isEmpty && instruction.operands.allSatisfy { isPrepared[$0.index] || isGiven($0) }
            }
        }
        for index in program.instructions.indices where isNeeded[index] { append(index) }
        for (result, output) in program.outputs.enumerated() {
            text += "    *r\(result) = \(operand(output, of: nil));\n"
        }
        prepared = Set(prepared).sorted()
    }

    /// Whether a value needs no computing and no stream: a literal or a uniform.
    private func isGiven(_ id: LaneID) -> Bool {
        switch program[id].operation {
        case .number, .integer, .uniform: true
        default: false
        }
    }

    /// The C name of a computed value.
    func name(_ id: LaneID) -> String { "v\(id.index)" }

    /// The C type of a value that the preparation hands on.
    func preparedType(_ id: LaneID) -> String {
        program[id].operation.resultType == .mask ? type.integer : type.name(program[id].operation.resultType)
    }

    /// A value as it stands in the statement of an instruction, or in the assignment of a result.
    private mutating func operand(_ id: LaneID, of user: Int?) -> String {
        let instruction = program[id]
        switch instruction.operation {
        case .number:
            guard let literal = type.numberLiteral(instruction.payload) else {
                return call(.fromBits, type.integerLiteral(instruction.payload))
            }
            return literal.hasPrefix("-") ? "(\(literal))" : literal
        case .integer: return type.integerLiteral(instruction.payload)
        case .stream, .uniform:
            if let user, isPrepared[user] {
                preparationInputs.insert(instruction)
            } else {
                inputs.insert(instruction)
            }
            return "\(instruction.operation == .stream ? "s" : "u")\(instruction.payload)"
        default:
            guard isPrepared[id.index], user.map({ !isPrepared[$0] }) ?? true else { return name(id) }
            prepared.append(id)
            return name(id)
        }
    }

    /// Whether an operand is a mask of the preparation in a statement outside it.
    private func isPreparedMask(_ id: LaneID, of user: Int) -> Bool {
        isPrepared[id.index] && !isPrepared[user] && program[id].operation.resultType == .mask
    }

    private mutating func append(_ index: Int) {
        let instruction = program.instructions[index]
        operations.insert(instruction.operation)
        let resultType = instruction.operation.resultType
        switch instruction.operation {
        case .number, .integer, .stream, .uniform: return
        default: break
        }
        statements = ""
        let value = expression(index, instruction)
        statements += "    const \(type.name(resultType)) \(name(LaneID(index))) = \(value);\n"
        if isPrepared[index] { preparation += statements } else { text += statements }
    }

    private mutating func call(_ helper: CHelper, _ arguments: String...) -> String {
        helpers.insert(helper)
        return "\(names.helper(helper, type))(\(arguments.joined(separator: ", ")))"
    }

    /// The C form of one operation. There is no default case, so that an operation without one does not build.
    private mutating func expression(_ index: Int, _ instruction: LaneInstruction) -> String {
        let payload = instruction.payload
        var operands: [String] = []
        for id in instruction.operands {
            let value = operand(id, of: index)
            operands.append(isPreparedMask(id, of: index) ? "(\(value) != 0)" : value)
        }
        func a() -> String { operands[0] }
        func b() -> String { operands[1] }
        func c() -> String { operands[2] }
        switch instruction.operation {
        case .number, .integer, .stream, .uniform: return operand(LaneID(index), of: index)
        case .add, .integerAdd: return "\(a()) + \(b())"
        case .subtract, .integerSubtract: return "\(a()) - \(b())"
        case .multiply, .integerMultiply: return "\(a()) * \(b())"
        case .divide: return "\(a()) / \(b())"
        case .fusedMultiplyAdd: return "FORMULAC_FMA_\(type.suffix.uppercased())(\(a()), \(b()), \(c()))"
        case .squareRoot: return "\(type.precision == .float ? "sqrtf" : "sqrt")(\(a()))"
        case .negate: return "-\(a())"
        case .absolute: return call(.absolute, a())
        case .copySign: return call(.copySign, a(), b())
        case .roundToEven: return call(.roundToEven, a())
        case .minimum: return "\(a()) < \(b()) ? \(a()) : \(b())"
        case .maximum: return "\(a()) > \(b()) ? \(a()) : \(b())"
        case .select, .integerSelect: return select(index, instruction, a(), b(), c())
        case .less: return "\(a()) < \(b())"
        case .lessOrEqual: return "\(a()) <= \(b())"
        case .equal: return "\(a()) == \(b())"
        case .unordered: return a() == b() ? "\(a()) != \(a())" : "(\(a()) != \(a())) | (\(b()) != \(b()))"
        case .maskAnd, .integerAnd: return "\(a()) & \(b())"
        case .maskOr, .integerOr: return "\(a()) | \(b())"
        case .maskNot: return "!\(a())"
        case .bits: return call(.bits, a())
        case .fromBits: return call(.fromBits, a())
        case .integerXor: return "\(a()) ^ \(b())"
        case .shiftLeft: return "\(a()) << \(payload)"
        case .shiftRightLogical: return "\(a()) >> \(payload)"
        case .shiftRightArithmetic: return call(.shiftRightArithmetic, a(), "\(payload)")
        // Compilers warn where an integer is compared with itself; the difference says the same.
        case .integerEqual: return a() == b() ? "\(a()) - \(a()) == 0" : "\(a()) == \(b())"
        case .integerLess:
            return a() == b() ? "\(a()) - \(a()) != 0" : "(\(type.signed))\(a()) < (\(type.signed))\(b())"
        case .integerLessUnsigned: return a() == b() ? "\(a()) - \(a()) != 0" : "\(a()) < \(b())"
        case .integerMultiplyHigh: return call(.multiplyHigh, a(), b())
        case .shiftLeftBy: return "\(a()) << (\(b()) & \(type.width - 1))"
        case .shiftRightBy: return "\(a()) >> (\(b()) & \(type.width - 1))"
        case .convertToNumber: return "(\(type.number))(\(type.signed))\(a())"
        case .tableWord:
            let words = ColdTable(rawValue: payload)?.words(program.precision).count ?? 0
            return "\(a()) < \(type.integerLiteral(UInt64(words))) ? \(names.table(payload, type))[\(a())] : 0"
        case .coldNumber, .coldInteger: return cold(index, instruction, mask: a(), argument: b(), otherwise: c())
        }
    }

    /// A choice. By a mask of the preparation it is made bit by bit: gcc does not vectorise one that is the same for all
    /// elements.
    private mutating func select(
        _ index: Int, _ instruction: LaneInstruction, _ mask: String, _ a: String, _ b: String
    ) -> String {
        guard isPreparedMask(instruction.operands[0], of: index) else { return "\(mask) ? \(a) : \(b)" }
        let mask = name(instruction.operands[0])
        guard instruction.operation == .select else { return "(\(a) & \(mask)) | (\(b) & ~\(mask))" }
        let (first, second) = (call(.bits, a), call(.bits, b))
        return call(.fromBits, "(\(first) & \(mask)) | (\(second) & ~\(mask))")
    }

    /// `mask ? result : otherwise`, after the call that computes the results of the whole group.
    ///
    /// Outside the preparation that happens only if `complete`; without it the text is a loop body without calls, and
    /// `rare` says whether its results stand.
    private mutating func cold(
        _ index: Int, _ instruction: LaneInstruction, mask: String, argument: String, otherwise: String
    ) -> String {
        guard let call = ColdCall(payload: instruction.payload) else { return otherwise }
        let group = ColdGroup(function: call.function, mask: instruction.operands[0], argument: instruction.operands[1])
        let condition = isPrepared[index] ? mask : "complete && \(mask)"
        if coldGroups[group] == nil {
            coldGroups[group] = index
            coldFunctions.insert(call.function)
            hasColdCalls = hasColdCalls || !isPrepared[index]
            let results = call.function.resultTypes.enumerated().map { "c\(index)_\($0.offset)" }
            for (result, resultType) in zip(results, call.function.resultTypes) {
                statements += "    \(type.name(resultType)) \(result) = 0;\n"
            }
            if !isPrepared[index] { statements += "    *rare |= (\(type.integer))\(mask);\n" }
            let arguments = [argument] + results.map { "&\($0)" }
            statements += "    if (\(condition)) \(names.cold(call.function, type))(\(arguments.joined(separator: ", ")));\n"
        }
        return "\(condition) ? c\(coldGroups[group] ?? index)_\(call.result) : \(otherwise)"
    }
}
