internal import CLLVM
import Formulas
import Lanes

/// Turns the instructions of a lane program into LLVM instructions, one for one wherever LLVM has the operation.
///
/// No fast-math flag is ever set: the results are those of `LaneInterpreter` bit for bit.
struct LaneEmitter {
    let module: IRModule
    let program: LaneProgram
    let types: LaneTypes
    /// The LLVM value of each instruction emitted so far.
    private var values: [IRValue?]
    /// Masks as integers of all ones or zeros, where logic has been done on them.
    private var laneMasks: [Int: IRValue] = [:]
    /// Stack space for cold calls, in the order of the program's groups of cold calls.
    private var coldCalls: ColdCallPlan

    var builder: LLVMBuilderRef { module.builder }

    /// Prepares to emit a program. The builder must stand in the entry block of the function, for stack space.
    init(_ program: LaneProgram, types: LaneTypes, module: IRModule) {
        self.module = module
        self.program = program
        self.types = types
        values = Array(repeating: nil, count: program.instructions.count)
        coldCalls = ColdCallPlan(program)
        coldCalls.reserveStack(types, module)
    }

    /// Gives an instruction a value that is not computed here: an input, or what `valueToKeep` gave in another loop.
    mutating func define(_ index: Int, as value: IRValue) {
        if program.instructions[index].operation.resultType == .mask {
            laneMasks[index] = value
            values[index] = LLVMBuildICmp(builder, LLVMIntSLT, value, types.integer(0), "")
        } else {
            values[index] = value
        }
    }

    /// The value of an emitted instruction in a form that memory can hold: a mask as an integer of all ones or zeros.
    mutating func valueToKeep(_ index: Int) -> IRValue {
        program.instructions[index].operation.resultType == .mask ? laneMask(LaneID(index)) : value(LaneID(index))
    }

    /// The type of `valueToKeep`.
    func typeToKeep(_ index: Int) -> IRType {
        program.instructions[index].operation.resultType == .number ? types.number : types.integer
    }

    /// The value of an emitted instruction; a mask comes as `bits`, one bit a lane.
    func value(_ id: LaneID) -> IRValue {
        // The verifier has seen to it that operands stand before their users.
        values[id.index] ?? LLVMGetPoison(types.type(program[id].operation.resultType))
    }

    /// Emits instructions, given in program order.
    mutating func emit(_ indices: some Sequence<Int>) throws(KernelError) {
        for index in indices { try emit(index) }
    }

    private mutating func emit(_ index: Int) throws(KernelError) {
        let instruction = program.instructions[index]
        switch instruction.operation {
        case .stream, .uniform: break
        case .coldNumber, .coldInteger:
            for (member, value) in try coldCalls.emit(at: index, with: self) { values[member] = value }
        case .maskAnd, .maskOr, .maskNot:
            if keepsMasksInLanes {
                emitMaskLogic(index, instruction)
            } else {
                values[index] = emit(instruction, instruction.operands.map(value))
            }
        default:
            values[index] = emit(instruction, instruction.operands.map(value))
        }
    }

    // MARK: Masks

    /// Vector hardware without mask registers compares into whole lanes. Logic on such masks is done there too: as
    /// vectors of single bits LLVM would narrow and widen them again around each operation.
    private var keepsMasksInLanes: Bool { types.width > 1 && !module.target.hasMaskRegisters }

    private mutating func emitMaskLogic(_ index: Int, _ instruction: LaneInstruction) {
        let a = laneMask(instruction.operands[0])
        let result: IRValue
        switch instruction.operation {
        case .maskAnd: result = LLVMBuildAnd(builder, a, laneMask(instruction.operands[1]), "")
        case .maskOr: result = LLVMBuildOr(builder, a, laneMask(instruction.operands[1]), "")
        default: result = LLVMBuildNot(builder, a, "")
        }
        laneMasks[index] = result
        // The sign test asks nothing of the hardware: blends and mask moves look at the sign bit alone.
        values[index] = LLVMBuildICmp(builder, LLVMIntSLT, result, types.integer(0), "")
    }

    private mutating func laneMask(_ id: LaneID) -> IRValue {
        if let known = laneMasks[id.index] { return known }
        let widened: IRValue = LLVMBuildSExt(builder, value(id), types.integer, "")
        laneMasks[id.index] = widened
        return widened
    }
}
