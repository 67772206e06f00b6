internal import CLLVM
import Formulas
import Lanes

/// Wraps a lane program in a loop over arrays:
/// `void name(size_t count, const T *const *inputs, const T *parameters, T *const *outputs)`.
///
/// The loop handles whole vectors. When elements are left over, everything is handed to `RemainderDriver`, which calls
/// the function again: for the whole vectors, then for the rest in a vector of its own. So the loop's body stands once in
/// the machine code, and element i is computed by the same instructions wherever it stands. Each vector is loaded from
/// all inputs before it is stored to any output, so an output may be the array of an input.
struct LoopEmitter {
    private let module: IRModule
    private let program: LaneProgram
    private let types: LaneTypes
    private let function: IRValue
    private var builder: LLVMBuilderRef { module.builder }
    private var count: IRValue { LLVMGetParam(function, 0) }
    private var inputs: IRValue { LLVMGetParam(function, 1) }
    private var parameters: IRValue { LLVMGetParam(function, 2) }
    private var outputs: IRValue { LLVMGetParam(function, 3) }

    /// Emits the function into a module.
    static func emit(_ program: LaneProgram, name: String, width: Int, into module: IRModule) throws(KernelError) {
        let types = LaneTypes(program.precision, width: width, context: module.context)
        let function = module.addFunction(name, module.kernelType(types.scalarNumber))
        try LoopEmitter(module: module, program: program, types: types, function: function).emit()
    }

    private func emit() throws(KernelError) {
        let entry = module.block("entry", in: function)
        let prepare = module.block("prepare", in: function)
        let loop = module.block("loop", in: function)
        let done = module.block("done", in: function)
        module.move(to: entry)
        if types.width > 1 { try emitRemainder() }
        let isEmpty: IRValue = LLVMBuildICmp(builder, LLVMIntEQ, count, module.sizeConstant(0), "")
        LLVMBuildCondBr(builder, isEmpty, done, prepare)

        // What depends on no stream is computed once, before the loop.
        module.move(to: prepare)
        var emitter = LaneEmitter(program, types: types, module: module)
        var streams: [Int: IRValue] = [:]
        for instruction in program.instructions where instruction.operation == .stream {
            let stream = Int(instruction.payload)
            streams[stream] = array(stream, of: inputs)
        }
        let results = program.outputs.indices.map { array($0, of: outputs) }
        emitter.define(.uniform, as: broadcast)
        let varies = program.variesByLane
        try emitter.emit { !varies[$0] }
        let prepared = module.currentBlock
        LLVMBuildBr(builder, loop)

        module.move(to: loop)
        let index = module.phi(module.size)
        module.addIncoming(index, module.sizeConstant(0), from: prepared)
        emitter.define(.stream) { stream in
            streams[stream].map { module.load(types.number, place($0, index), alignment: alignment) }
        }
        try emitter.emit { varies[$0] }
        for (result, output) in zip(results, program.outputs) {
            module.store(emitter.value(output), place(result, index), alignment: alignment)
        }
        let next: IRValue = LLVMBuildAdd(builder, index, module.sizeConstant(types.width), "")
        module.addIncoming(index, next, from: module.currentBlock)
        let hasMore: IRValue = LLVMBuildICmp(builder, LLVMIntULT, next, count, "")
        LLVMBuildCondBr(builder, hasMore, loop, done)

        module.move(to: done)
        LLVMBuildRetVoid(builder)
    }

    /// Leaves the function through the driver when `count` is no multiple of the width.
    private func emitRemainder() throws(KernelError) {
        let remainder = module.block("remainder", in: function)
        let whole = module.block("whole", in: function)
        let rest: IRValue = LLVMBuildAnd(builder, count, module.sizeConstant(types.width - 1), "")
        let hasRest: IRValue = LLVMBuildICmp(builder, LLVMIntNE, rest, module.sizeConstant(0), "")
        LLVMBuildCondBr(builder, hasRest, remainder, whole)
        module.move(to: remainder)
        let driver = try module.support(.remainder(program.precision))
        let shape = [types.width, program.streamCount, program.outputs.count].map(module.sizeConstant)
        let call = module.call(driver.function, driver.type, [count, inputs, parameters, outputs, function] + shape)
        LLVMSetTailCall(call, 1)
        LLVMBuildRetVoid(builder)
        module.move(to: whole)
    }

    private var alignment: Int { types.elementBytes }

    private func array(_ index: Int, of table: IRValue) -> IRValue {
        let array = module.pointer(to: types.scalarNumber)
        return module.load(array, module.element(array, table, module.sizeConstant(index)), alignment: 8)
    }

    private func place(_ array: IRValue, _ index: IRValue) -> IRValue { module.element(types.scalarNumber, array, index) }

    /// A parameter in every lane.
    private func broadcast(_ uniform: Int) -> IRValue {
        let scalar = module.load(
            types.scalarNumber, place(parameters, module.sizeConstant(uniform)), alignment: alignment)
        guard types.width > 1 else { return scalar }
        let word: IRType = LLVMInt32TypeInContext(module.context)
        let empty: IRValue = LLVMGetPoison(types.number)
        let single: IRValue = LLVMBuildInsertElement(builder, empty, scalar, LLVMConstInt(word, 0, 0), "")
        return LLVMBuildShuffleVector(
            builder, single, empty, LLVMConstNull(LLVMVectorType(word, UInt32(types.width))), "")
    }
}

extension LaneProgram {
    /// For each instruction, whether its value can differ from lane to lane.
    var variesByLane: [Bool] {
        var varies = [Bool](repeating: false, count: instructions.count)
        for (index, instruction) in instructions.enumerated() {
            varies[index] = instruction.operation == .stream || instruction.operands.contains { varies[$0.index] }
        }
        return varies
    }
}
