internal import CLLVM
import Formulas
import Lanes

/// Wraps a lane program in a loop over arrays:
/// `void name(size_t count, const T *const *inputs, const T *parameters, T *const *outputs)`.
///
/// The loop's body stands once in the machine code. Whole vectors run through it in place; the elements left over are
/// copied into zero-padded vectors on the stack, run through the same body, and copied out. Each vector is loaded from
/// all inputs before it is stored to any output, so an output may be the array of an input.
struct LoopEmitter {
    private let module: IRModule
    private let program: LaneProgram
    private let types: LaneTypes
    private let function: IRValue
    private var builder: LLVMBuilderRef { module.builder }

    /// An array that the loop walks, and the vector on the stack that stands for its last elements.
    private struct Walked {
        let array: IRValue
        let remainder: IRValue
    }

    /// The blocks around the loop's body.
    private struct Blocks {
        let loop, afterLoop, remainder, copyOut, done: IRBlock
    }

    /// Emits the function into a module.
    static func emit(_ program: LaneProgram, name: String, width: Int, into module: IRModule) throws(KernelError) {
        let types = LaneTypes(program.precision, width: width, context: module.context)
        let array = module.pointer(to: types.scalarNumber)
        var parameters: [IRType?] = [module.size, module.pointer(to: array), array, module.pointer(to: array)]
        let type: IRType = LLVMFunctionType(
            LLVMVoidTypeInContext(module.context), &parameters, UInt32(parameters.count), 0)
        let function = module.addFunction(name, type)
        try LoopEmitter(module: module, program: program, types: types, function: function).emit()
    }

    private func emit() throws(KernelError) {
        module.move(to: module.block("entry", in: function))
        let blocks = Blocks(
            loop: module.block("loop", in: function), afterLoop: module.block("after", in: function),
            remainder: module.block("remainder", in: function), copyOut: module.block("copy", in: function),
            done: module.block("done", in: function))
        let usedStreams = Set(program.instructions.filter { $0.operation == .stream }.map { Int($0.payload) }).sorted()
        let inputs = usedStreams.map { walked($0, of: LLVMGetParam(function, 1)) }
        let outputs = program.outputs.indices.map { walked($0, of: LLVMGetParam(function, 3)) }
        let count: IRValue = LLVMGetParam(function, 0)
        let whole: IRValue = LLVMBuildAnd(builder, count, module.sizeConstant(-types.width), "")
        let rest: IRValue = LLVMBuildSub(builder, count, whole, "")

        // What depends on no stream is computed once, before the loop.
        var emitter = LaneEmitter(program, types: types, module: module)
        emitter.define(.uniform, as: broadcast)
        let varies = program.variesByLane
        try emitter.emit { !varies[$0] }
        let hasWhole: IRValue = LLVMBuildICmp(builder, LLVMIntNE, whole, module.sizeConstant(0), "")
        LLVMBuildCondBr(builder, hasWhole, blocks.loop, blocks.afterLoop)
        let preheader = module.currentBlock

        module.move(to: blocks.loop)
        let index = module.phi(module.size)
        let end = module.phi(module.size)
        let isRemainder = module.phi(LLVMTypeOf(hasWhole))
        let inputBases = inputs.map { module.phi(LLVMTypeOf($0.array)) }
        let outputBases = outputs.map { module.phi(LLVMTypeOf($0.array)) }
        let loaded = inputBases.map { base in
            module.load(
                types.number, module.element(types.scalarNumber, base, index), alignment: types.elementBytes)
        }
        emitter.define(.stream) { stream in usedStreams.firstIndex(of: stream).map { loaded[$0] } }
        try emitter.emit { varies[$0] }
        for (base, output) in zip(outputBases, program.outputs) {
            let address = module.element(types.scalarNumber, base, index)
            module.store(emitter.value(output), address, alignment: types.elementBytes)
        }
        let next: IRValue = LLVMBuildAdd(builder, index, module.sizeConstant(types.width), "")
        let hasMore: IRValue = LLVMBuildICmp(builder, LLVMIntULT, next, end, "")
        LLVMBuildCondBr(builder, hasMore, blocks.loop, blocks.afterLoop)
        let latch = module.currentBlock

        // From here on: has the remainder been through the loop, or is there none?
        module.move(to: blocks.afterLoop)
        let isDone = module.phi(LLVMTypeOf(hasWhole))
        module.addIncoming(isDone, module.bit(false), from: preheader)
        module.addIncoming(isDone, isRemainder, from: latch)
        let checkRest = module.block("check", in: function)
        LLVMBuildCondBr(builder, isDone, blocks.copyOut, checkRest)
        module.move(to: checkRest)
        let hasRest: IRValue = LLVMBuildICmp(builder, LLVMIntNE, rest, module.sizeConstant(0), "")
        LLVMBuildCondBr(builder, hasRest, blocks.remainder, blocks.done)

        module.move(to: blocks.remainder)
        for input in inputs { module.store(LLVMConstNull(types.number), input.remainder, alignment: remainderAlignment) }
        copy(rest) { element in
            for input in inputs { copyElement(from: input.array, at: whole, to: input.remainder, at: nil, element) }
        }
        LLVMBuildBr(builder, blocks.loop)
        let remainder = module.currentBlock

        module.move(to: blocks.copyOut)
        copy(rest) { element in
            for output in outputs { copyElement(from: output.remainder, at: nil, to: output.array, at: whole, element) }
        }
        LLVMBuildBr(builder, blocks.done)
        module.move(to: blocks.done)
        LLVMBuildRetVoid(builder)

        let zero = module.sizeConstant(0)
        let joined: [(phi: IRValue, first: IRValue, again: IRValue, last: IRValue)] =
            [
                (index, zero, next, zero), (end, whole, end, module.sizeConstant(types.width)),
                (isRemainder, module.bit(false), isRemainder, module.bit(true)),
            ] + zip(inputBases + outputBases, inputs + outputs).map { ($0, $1.array, $0, $1.remainder) }
        for (phi, first, again, last) in joined {
            module.addIncoming(phi, first, from: preheader)
            module.addIncoming(phi, again, from: latch)
            module.addIncoming(phi, last, from: remainder)
        }
    }

    // MARK: Inputs and outputs

    /// Stack space is aligned to 16 bytes, which whole vectors may exceed.
    private var remainderAlignment: Int { min(16, types.elementBytes * types.width) }

    private func walked(_ index: Int, of table: IRValue) -> Walked {
        let array = module.pointer(to: types.scalarNumber)
        let address = module.element(array, table, module.sizeConstant(index))
        return Walked(
            array: module.load(array, address, alignment: 8),
            remainder: module.stackSpace(types.scalarNumber, count: types.width))
    }

    /// A parameter in every lane.
    private func broadcast(_ uniform: Int) -> IRValue {
        let address = module.element(types.scalarNumber, LLVMGetParam(function, 2), module.sizeConstant(uniform))
        let scalar = module.load(types.scalarNumber, address, alignment: types.elementBytes)
        guard types.width > 1 else { return scalar }
        let word: IRType = LLVMInt32TypeInContext(module.context)
        let empty: IRValue = LLVMGetPoison(types.number)
        let single: IRValue = LLVMBuildInsertElement(builder, empty, scalar, LLVMConstInt(word, 0, 0), "")
        return LLVMBuildShuffleVector(
            builder, single, empty, LLVMConstNull(LLVMVectorType(word, UInt32(types.width))), "")
    }

    // MARK: The remainder

    /// Runs `body` for each element number below `count`, which is at least 1.
    private func copy(_ count: IRValue, _ body: (IRValue) -> Void) {
        let before = module.currentBlock
        let loop = module.block("element", in: function)
        let after = module.block("copied", in: function)
        LLVMBuildBr(builder, loop)
        module.move(to: loop)
        let element = module.phi(module.size)
        body(element)
        let next: IRValue = LLVMBuildAdd(builder, element, module.sizeConstant(1), "")
        module.addIncoming(element, module.sizeConstant(0), from: before)
        module.addIncoming(element, next, from: module.currentBlock)
        let hasMore: IRValue = LLVMBuildICmp(builder, LLVMIntULT, next, count, "")
        LLVMBuildCondBr(builder, hasMore, loop, after)
        module.move(to: after)
    }

    private func copyElement(
        from source: IRValue, at sourceStart: IRValue?, to target: IRValue, at targetStart: IRValue?, _ element: IRValue
    ) {
        func place(_ base: IRValue, _ start: IRValue?) -> IRValue {
            let start = start.map { module.element(types.scalarNumber, base, $0) } ?? base
            return module.element(types.scalarNumber, start, element)
        }
        let value = module.load(types.scalarNumber, place(source, sourceStart), alignment: types.elementBytes)
        module.store(value, place(target, targetStart), alignment: types.elementBytes)
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
