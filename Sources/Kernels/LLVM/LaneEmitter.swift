internal import CLLVM
import Formulas
import Lanes

/// Turns the instructions of a lane program into LLVM instructions, one for one wherever LLVM has the operation.
///
/// Several registers' worth of lanes can be computed side by side: each instruction then becomes as many, one after the
/// other, and those of one register need not wait for those of the next. No fast-math flag is ever set: the results are
/// those of `LaneInterpreter` bit for bit.
struct LaneEmitter {
    let module: IRModule
    let program: LaneProgram
    /// The types of one register's worth of lanes.
    let types: LaneTypes
    /// How many registers' worth are computed side by side.
    let copies: Int
    /// The LLVM values of each instruction emitted so far, one for each copy.
    private var values: [[IRValue]]
    /// Masks as integers of all ones or zeros, where logic has been done on them.
    private var laneMasks: [Int: [IRValue]] = [:]
    private var coldCalls: ColdCallPlan

    var builder: LLVMBuilderRef { module.builder }

    /// Prepares to emit a program. The builder must stand in the entry block of the function, for stack space.
    init(_ program: LaneProgram, types: LaneTypes, copies: Int, module: IRModule) {
        self.module = module
        self.program = program
        self.types = types
        self.copies = copies
        values = Array(repeating: [], count: program.instructions.count)
        coldCalls = ColdCallPlan(program)
        coldCalls.reserveStack(types, copies: copies, module)
    }

    /// Goes on in another function, in whose entry block the builder must stand. What was emitted before is of no use there.
    mutating func enterFunction() {
        laneMasks = [:]
        coldCalls.reserveStack(types, copies: copies, module)
    }

    /// The values of an emitted instruction, one for each copy; a mask comes as one bit a lane.
    func value(_ id: LaneID) -> [IRValue] { values[id.index] }

    // MARK: Values from elsewhere

    /// Gives an instruction values that are not computed here: inputs, or what `valueToKeep` gave in another loop.
    mutating func define(_ index: Int, as given: [IRValue]) {
        if program.instructions[index].operation.resultType == .mask {
            laneMasks[index] = given
            values[index] = given.map(signs)
        } else {
            values[index] = given
        }
    }

    /// Gives an instruction one value for all copies.
    mutating func define(_ index: Int, asShared value: IRValue) { define(index, as: Array(repeating: value, count: copies)) }

    /// The values of an emitted instruction in a form that memory can hold: masks as integers of all ones or zeros.
    mutating func valueToKeep(_ index: Int) -> [IRValue] {
        program.instructions[index].operation.resultType == .mask ? laneMask(LaneID(index)) : values[index]
    }

    /// The type of `valueToKeep`.
    func typeToKeep(_ index: Int) -> IRType {
        program.instructions[index].operation.resultType == .number ? types.number : types.integer
    }

    // MARK: Instructions

    /// Emits instructions, given in program order.
    mutating func emit(_ indices: some Sequence<Int>) throws(KernelError) {
        for index in indices { try emit(index) }
    }

    /// Emits instructions whose values are the same in all lanes: once for all copies.
    mutating func emitShared(_ indices: some Sequence<Int>) throws(KernelError) {
        for index in indices {
            let instruction = program.instructions[index]
            switch instruction.operation {
            case .uniform, .number: break
            case .coldNumber, .coldInteger: try emit(index)
            default:
                let value = emit(instruction, instruction.operands.map { values[$0.index][0] })
                values[index] = Array(repeating: value, count: copies)
            }
        }
    }

    private mutating func emit(_ index: Int) throws(KernelError) {
        let instruction = program.instructions[index]
        switch instruction.operation {
        case .stream, .uniform, .number: break
        case .coldNumber, .coldInteger:
            for (member, results) in try coldCalls.emit(at: index, with: self) { values[member] = results }
        case .maskAnd, .maskOr, .maskNot:
            if keepsMasksInLanes { emitMaskLogic(index, instruction) } else { emitCopies(index, instruction) }
        default:
            emitCopies(index, instruction)
        }
    }

    private mutating func emitCopies(_ index: Int, _ instruction: LaneInstruction) {
        laneMasks[index] = nil
        values[index] = (0..<copies).map { copy in emit(instruction, instruction.operands.map { values[$0.index][copy] }) }
    }

    // MARK: Masks

    /// Vector hardware without mask registers compares into whole lanes. Logic on such masks is done there too: as
    /// vectors of single bits LLVM would narrow and widen them again around each operation.
    private var keepsMasksInLanes: Bool { types.width > 1 && !module.target.hasMaskRegisters }

    private mutating func emitMaskLogic(_ index: Int, _ instruction: LaneInstruction) {
        let a = laneMask(instruction.operands[0])
        let b = instruction.operands.count > 1 ? laneMask(instruction.operands[1]) : a
        let results = (0..<copies).map { copy -> IRValue in
            switch instruction.operation {
            case .maskAnd: LLVMBuildAnd(builder, a[copy], b[copy], "")
            case .maskOr: LLVMBuildOr(builder, a[copy], b[copy], "")
            default: LLVMBuildNot(builder, a[copy], "")
            }
        }
        define(index, as: results)
    }

    private mutating func laneMask(_ id: LaneID) -> [IRValue] {
        if let known = laneMasks[id.index] { return known }
        let widened = values[id.index].map { LLVMBuildSExt(builder, $0, types.integer, "") as IRValue }
        laneMasks[id.index] = widened
        return widened
    }

    /// Which lanes of a mask in lanes are set. The sign test costs nothing: blends and mask moves look at the sign alone.
    private func signs(_ mask: IRValue) -> IRValue { LLVMBuildICmp(builder, LLVMIntSLT, mask, types.integer(0), "") }
}
