internal import CLLVM
import Formulas
import Lanes

/// The machine code of a cold function: run one lane at a time, for those lanes of a vector that need it.
///
/// In C: `void handler(const T *x, uint64_t lanes, R0 *result0, R1 *result1, …)`; only the elements whose bit is set in
/// `lanes` are read and written. It does not depend on the width of the vectors.
enum ColdHandler {
    static func type(_ cold: ColdFunction, _ precision: Precision, in module: IRModule) -> IRType {
        let types = LaneTypes(precision, width: 1, context: module.context)
        var parameters: [IRType?] =
            [module.pointer(to: types.scalarNumber), module.size]
            + cold.resultTypes.map { module.pointer(to: types.scalar($0)) }
        return LLVMFunctionType(LLVMVoidTypeInContext(module.context), &parameters, UInt32(parameters.count), 0)
    }

    /// Emits the handler's body. Moves the module's builder.
    static func emit(
        _ function: IRValue, _ cold: ColdFunction, _ precision: Precision, in module: IRModule
    ) throws(KernelError) {
        let program = cold.program(precision)
        do throws(LaneVerificationError) {
            try program.verify(allowsScalarOnly: true)
        } catch {
            throw .malformedProgram(error)
        }
        let types = LaneTypes(precision, width: 1, context: module.context)
        let entry = module.block("entry", in: function)
        let loop = module.block("loop", in: function)
        let done = module.block("done", in: function)
        module.move(to: entry)
        LLVMBuildBr(module.builder, loop)

        // while lanes ≠ 0: take the lowest lane, clear its bit
        module.move(to: loop)
        let lanes = module.phi(module.size)
        module.addIncoming(lanes, LLVMGetParam(function, 1), from: entry)
        let lane = module.call(trailingZeros: lanes)
        var emitter = LaneEmitter(program, types: types, copies: 1, module: module)
        let x = module.element(types.scalarNumber, LLVMGetParam(function, 0), lane)
        let argument = module.load(types.scalarNumber, x, alignment: types.elementBytes)
        for (index, instruction) in program.instructions.enumerated() {
            switch instruction.operation {
            case .stream: emitter.define(index, as: [argument])
            case .number: emitter.define(index, as: [types.number(instruction.payload)])
            default: break
            }
        }
        try emitter.emit(program.instructions.indices)
        for (index, output) in program.outputs.enumerated() {
            let type = types.scalar(cold.resultTypes[index])
            let address = module.element(type, LLVMGetParam(function, UInt32(index + 2)), lane)
            module.store(emitter.value(output)[0], address, alignment: types.elementBytes)
        }
        let lower: IRValue = LLVMBuildSub(module.builder, lanes, module.sizeConstant(1), "")
        let rest: IRValue = LLVMBuildAnd(module.builder, lanes, lower, "")
        module.addIncoming(lanes, rest, from: module.currentBlock)
        let isDone = LLVMBuildICmp(module.builder, LLVMIntEQ, rest, module.sizeConstant(0), "")
        LLVMBuildCondBr(module.builder, isDone, done, loop)

        module.move(to: done)
        LLVMBuildRetVoid(module.builder)
    }
}

/// Which cold calls of a program can share one branch, and the stack space through which handlers take and give values.
struct ColdCallPlan {
    private struct Group {
        let function: ColdFunction
        let mask: LaneID
        let x: LaneID
        /// The instructions of the group: one for each result asked for.
        var members: [(index: Int, result: Int, otherwise: LaneID)]
    }

    /// The groups by the index of their first member.
    private var groups: [Int: Group] = [:]
    private var argumentSpace: IRValue?
    private var resultSpaces: [ColdFunction: [IRValue]] = [:]

    init(_ program: LaneProgram) {
        var leaders: [LaneInstruction: Int] = [:]
        for (index, instruction) in program.instructions.enumerated() {
            guard instruction.operation == .coldNumber || instruction.operation == .coldInteger,
                let call = ColdCall(payload: instruction.payload)
            else { continue }
            let operands = instruction.operands
            // Calls of one function on the same mask and argument differ in the result they take and in `otherwise`.
            let key = LaneInstruction(.coldNumber, [operands[0], operands[1]], payload: call.function.rawValue)
            if let leader = leaders[key], operands[2].index < leader {
                groups[leader]?.members.append((index, call.result, operands[2]))
            } else {
                leaders[key] = index
                groups[index] = Group(
                    function: call.function, mask: operands[0], x: operands[1],
                    members: [(index, call.result, operands[2])])
            }
        }
    }

    /// The first and last instruction of each group: they are emitted together, where the first stands.
    var spans: [(leader: Int, last: Int)] { groups.map { ($0.key, $0.value.members.last?.index ?? $0.key) } }

    /// The members of each instruction's group.
    var groupsByMember: [Int: [Int]] {
        var groupsByMember: [Int: [Int]] = [:]
        for group in groups.values {
            let members = group.members.map(\.index)
            for member in members { groupsByMember[member] = members }
        }
        return groupsByMember
    }

    /// Takes stack space at the builder's place, shared by all groups: each is done with it before the next begins.
    mutating func reserveStack(_ types: LaneTypes, copies: Int, _ module: IRModule) {
        guard !groups.isEmpty else { return }
        let count = types.width * copies
        argumentSpace = module.stackSpace(types.scalarNumber, count: count)
        for function in Set(groups.values.map(\.function)).sorted(by: { $0.rawValue < $1.rawValue }) {
            resultSpaces[function] = function.resultTypes.map { module.stackSpace(types.scalar($0), count: count) }
        }
    }

    /// Emits the branch for the group that an instruction leads.
    ///
    /// - Returns: the values of the group's members by instruction, one for each copy; none when the instruction follows
    ///   in its group.
    func emit(at leader: Int, with emitter: LaneEmitter) throws(KernelError) -> [(index: Int, values: [IRValue])] {
        guard let group = groups[leader], let argumentSpace, let spaces = resultSpaces[group.function] else { return [] }
        let (module, types) = (emitter.module, emitter.types)
        let builder = module.builder
        let handler = try module.support(.cold(group.function, types.precision))
        let function: IRValue = LLVMGetBasicBlockParent(module.currentBlock)
        func place(_ space: IRValue, _ copy: Int) -> IRValue {
            module.element(
                types.scalarNumber, module.cast(space, toPointerTo: types.scalarNumber), module.sizeConstant(copy * types.width))
        }

        let masks = widened(emitter.value(group.mask), types, module)
        let isAny = any(masks, types, module)
        let hot = module.currentBlock
        let cold = module.block("cold", in: function)
        let join = module.block("join", in: function)
        module.branchUnlikely(isAny, to: cold, else: join)

        module.move(to: cold)
        // Stack space is aligned to 16 bytes, which whole vectors may exceed.
        let alignment = min(16, types.elementBytes * types.width)
        for (copy, x) in emitter.value(group.x).enumerated() {
            module.store(x, place(argumentSpace, copy), alignment: alignment)
            for member in group.members {
                let otherwise = emitter.value(member.otherwise)[copy]
                module.store(otherwise, place(spaces[member.result], copy), alignment: alignment)
            }
        }
        let lanes = flags(masks, types, module)
        let call = module.call(handler.function, handler.type, [argumentSpace, lanes] + spaces)
        LLVMSetInstructionCallConv(call, handler.convention)
        let results = group.members.map { member in
            let type = types.type(group.function.resultTypes[member.result])
            return (0..<emitter.copies).map { module.load(type, place(spaces[member.result], $0), alignment: alignment) }
        }
        LLVMBuildBr(builder, join)
        let coldEnd = module.currentBlock

        module.move(to: join)
        return zip(group.members, results).map { member, results in
            let merged = zip(results, emitter.value(member.otherwise)).map { result, otherwise in
                let merged = module.phi(LLVMTypeOf(result))
                module.addIncoming(merged, otherwise, from: hot)
                module.addIncoming(merged, result, from: coldEnd)
                return merged
            }
            return (member.index, merged)
        }
    }

    /// Masks as they pass from block to block: where comparisons fill vector lanes, as integers of all ones or zeros. Single bits
    /// LLVM would narrow before the branch, for the block that is hardly ever entered.
    private func widened(_ masks: [IRValue], _ types: LaneTypes, _ module: IRModule) -> [IRValue] {
        guard types.width > 1, !module.target.hasMaskRegisters else { return masks }
        return masks.map { LLVMBuildSExt(module.builder, $0, types.integer, "") }
    }

    /// Whether any lane of any copy is set.
    private func any(_ masks: [IRValue], _ types: LaneTypes, _ module: IRModule) -> IRValue {
        let builder = module.builder
        // Whole lanes are joined first, which takes one instruction for two copies and one test for all.
        let isWidened = LLVMTypeOf(masks[0]) == types.integer
        let words = isWidened ? [masks.dropFirst().reduce(masks[0]) { LLVMBuildOr(builder, $0, $1, "") }] : masks
        let flags = words.map { flagWord($0, types, module) }
        let joined = flags.dropFirst().reduce(flags[0]) { LLVMBuildOr(builder, $0, $1, "") }
        return LLVMBuildICmp(builder, LLVMIntNE, joined, LLVMConstNull(LLVMTypeOf(joined)), "")
    }

    /// One bit a lane, lane 0 of the first copy lowest.
    private func flags(_ masks: [IRValue], _ types: LaneTypes, _ module: IRModule) -> IRValue {
        let builder = module.builder
        var flags = module.sizeConstant(0)
        for (copy, mask) in masks.enumerated() {
            let word: IRValue = LLVMBuildZExtOrBitCast(builder, flagWord(mask, types, module), module.size, "")
            let shifted: IRValue = LLVMBuildShl(builder, word, module.sizeConstant(copy * types.width), "")
            flags = LLVMBuildOr(builder, flags, shifted, "")
        }
        return flags
    }

    private func flagWord(_ mask: IRValue, _ types: LaneTypes, _ module: IRModule) -> IRValue {
        var bits = mask
        if LLVMTypeOf(mask) == types.integer { bits = LLVMBuildICmp(module.builder, LLVMIntSLT, mask, types.integer(0), "") }
        return LLVMBuildBitCast(module.builder, bits, LLVMIntTypeInContext(module.context, UInt32(types.width)), "")
    }
}
