internal import CLLVM
import Formulas
import Lanes

/// Wraps a lane program in a loop over arrays:
/// `void name(size_t count, const T *const *inputs, const T *parameters, T *const *outputs)`.
///
/// The loop handles whole vectors. When elements are left over, everything is handed to `ArrayDriver`, which calls the
/// function again: for the whole vectors, then for the rest in a vector of its own; and so it is when the arrays are longer
/// than any cache. So the loop's body stands once in the machine code, and element i is computed by the same instructions
/// wherever it stands. Each vector is loaded from all inputs before it is stored to any output, so an output may be the array
/// of an input.
struct LoopEmitter {
    let module: IRModule
    let program: LaneProgram
    /// The types of one register's worth of elements.
    let types: LaneTypes
    let copies: Int
    let function: IRValue
    var builder: LLVMBuilderRef { module.builder }
    var width: Int { types.width * copies }
    var count: IRValue { LLVMGetParam(function, 0) }
    var inputs: IRValue { LLVMGetParam(function, 1) }
    var parameters: IRValue { LLVMGetParam(function, 2) }
    var outputs: IRValue { LLVMGetParam(function, 3) }

    /// Emits the function into a module.
    ///
    /// - Parameter width: elements handled in one pass of the loop: some registers of the target, or a part of one.
    static func emit(_ program: LaneProgram, name: String, width: Int, into module: IRModule) throws(KernelError) {
        let lanes = min(width, module.target.lanes(program.precision))
        let types = LaneTypes(program.precision, width: lanes, context: module.context)
        let function = module.addFunction(name, module.kernelType(types.scalarNumber))
        try LoopEmitter(module: module, program: program, types: types, copies: width / lanes, function: function)
            .emit(name: name)
    }

    private func emit(name: String) throws(KernelError) {
        module.move(to: module.block("entry", in: function))
        var emitter = LaneEmitter(program, types: types, copies: copies, module: module)
        let plan = SegmentPlan(program, module.target)
        let block = blockLength(plan)
        let waiting =
            plan.segments.count == 1
            ? nil : module.stackSpace(types.scalarNumber, count: max(1, plan.slotCount) * block, alignment: 64)
        if width > 1 { try emitDriver() }
        let done = module.block("done", in: function)
        let prepare = module.block("prepare", in: function)
        let isEmpty: IRValue = LLVMBuildICmp(builder, LLVMIntEQ, count, module.sizeConstant(0), "")
        LLVMBuildCondBr(builder, isEmpty, done, prepare)

        module.move(to: prepare)
        var arrays = Arrays()
        for output in program.outputs.indices { arrays.results[output] = array(output, of: outputs) }
        for (index, instruction) in program.instructions.enumerated() {
            switch instruction.operation {
            case .stream: arrays.streams[index] = array(Int(instruction.payload), of: inputs)
            case .uniform: emitter.define(index, asShared: broadcast(Int(instruction.payload)))
            default: break
            }
        }
        defineLiterals(plan.preambleLiterals, of: &emitter)
        try emitter.emitShared(plan.preamble)

        let parts = plan.segments.count > ProgramPart.segmentCount ? ProgramPart.all(of: plan, named: name, in: self) : []
        if let waiting {
            try loop(to: count, step: block) { start throws(KernelError) in
                let rest: IRValue = LLVMBuildSub(builder, count, start, "")
                let length = module.minimum(rest, module.sizeConstant(block))
                let part = Arrays(
                    streams: arrays.streams.mapValues { place($0, start) }, results: arrays.results.mapValues { place($0, start) }
                )
                if parts.isEmpty {
                    for segment in plan.segments {
                        try emit(segment, of: plan, with: &emitter, over: part, length, waiting: waiting, block)
                    }
                }
                for part in parts { part.call(from: self, length, start, waiting: waiting) }
            }
        } else {
            for segment in plan.segments {
                try emit(segment, of: plan, with: &emitter, over: arrays, count, waiting: nil, block)
            }
        }
        LLVMBuildBr(builder, done)
        module.move(to: done)
        LLVMBuildRetVoid(builder)
        guard !parts.isEmpty else { return }
        let coldGroups = ColdCallPlan(program).groupsByMember
        for part in parts { try part.emit(plan, with: &emitter, like: self, block, coldGroups: coldGroups) }
    }

    /// Where inputs and outputs lie: streams by instruction, results by their place among the program's outputs.
    struct Arrays {
        var streams: [Int: IRValue] = [:]
        var results: [Int: IRValue] = [:]
    }

    /// Emits the loop of one segment over `count` elements.
    func emit(
        _ segment: SegmentPlan.Segment, of plan: SegmentPlan, with emitter: inout LaneEmitter, over arrays: Arrays,
        _ count: IRValue, waiting: IRValue?, _ block: Int
    ) throws(KernelError) {
        func slot(_ instruction: Int, at index: IRValue) -> IRValue? {
            guard let waiting, let slot = plan.slots[instruction] else { return nil }
            return place(place(waiting, module.sizeConstant(slot * block)), index)
        }
        defineLiterals(segment.literals, of: &emitter)
        try loop(to: count, step: width) { index throws(KernelError) in
            for stream in segment.streams {
                guard let array = arrays.streams[stream] else { continue }
                emitter.define(stream, as: loadCopies(types.number, place(array, index), alignment: alignment))
            }
            for instruction in segment.loads {
                guard let slot = slot(instruction, at: index) else { continue }
                let type = emitter.typeToKeep(instruction)
                emitter.define(instruction, as: loadCopies(type, slot, alignment: types.vectorBytes))
            }
            try emitter.emit(segment.instructions)
            for instruction in segment.stores {
                guard let slot = slot(instruction, at: index) else { continue }
                storeCopies(emitter.valueToKeep(instruction), slot, alignment: types.vectorBytes)
            }
            for output in segment.outputs {
                guard let array = arrays.results[output] else { continue }
                storeCopies(emitter.value(program.outputs[output]), place(array, index), alignment: alignment)
            }
        }
    }

    private func loadCopies(_ type: IRType, _ address: IRValue, alignment: Int) -> [IRValue] {
        (0..<copies).map { module.load(type, place(address, module.sizeConstant($0 * types.width)), alignment: alignment) }
    }

    private func storeCopies(_ values: [IRValue], _ address: IRValue, alignment: Int) {
        for (copy, value) in values.enumerated() {
            module.store(value, place(address, module.sizeConstant(copy * types.width)), alignment: alignment)
        }
    }

    /// Gives literal numbers their values.
    ///
    /// Vectors are loaded from memory, before the loop: LLVM then keeps in registers what fits and reads the rest where it
    /// is used, as an operand in memory. Literals in the instructions it would keep in registers at all costs.
    func defineLiterals(_ literals: [Int], of emitter: inout LaneEmitter) {
        for index in literals {
            let bits = program.instructions[index].payload
            guard types.width > 1, bits != 0 else {
                emitter.define(index, asShared: types.number(bits))
                continue
            }
            let address = module.constant(
                "number\(bits)_\(types.precision)_\(types.width)", types.number(bits), alignment: types.vectorBytes)
            emitter.define(index, asShared: module.loadConstant(types.number, address, alignment: types.vectorBytes))
        }
    }

    /// Elements for which all segments run before the next ones begin: what waits meanwhile must stay in the cache.
    private func blockLength(_ plan: SegmentPlan) -> Int {
        var length = Self.longestBlock
        while length > width, length * plan.slotCount * types.elementBytes > Self.waitingBytes { length /= 2 }
        return max(length, width)
    }

    private static let longestBlock = 256
    private static let waitingBytes = 16 * 1024

    /// Emits `for (i = 0; i < end; i += step) body(i)`, where `end` is not 0.
    private func loop(
        to end: IRValue, step: Int, _ body: (IRValue) throws(KernelError) -> Void
    ) throws(KernelError) {
        let before = module.currentBlock
        let inside = module.block("loop", in: function)
        let after = module.block("after", in: function)
        LLVMBuildBr(builder, inside)
        module.move(to: inside)
        let index = module.phi(module.size)
        module.addIncoming(index, module.sizeConstant(0), from: before)
        try body(index)
        let next: IRValue = LLVMBuildAdd(builder, index, module.sizeConstant(step), "")
        module.addIncoming(index, next, from: module.currentBlock)
        LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntULT, next, end, ""), inside, after)
        module.move(to: after)
    }

    /// Leaves the function through the driver when `count` is no multiple of the width, or beyond what caches hold.
    private func emitDriver() throws(KernelError) {
        let driven = module.block("driven", in: function)
        let whole = module.block("whole", in: function)
        let rest: IRValue = LLVMBuildAnd(builder, count, module.sizeConstant(width - 1), "")
        var isDriven: IRValue = LLVMBuildICmp(builder, LLVMIntNE, rest, module.sizeConstant(0), "")
        if let least = ArrayDriver.streamedCount(program) {
            let isLong = LLVMBuildICmp(builder, LLVMIntUGE, count, module.sizeConstant(least), "")
            isDriven = LLVMBuildOr(builder, isDriven, isLong, "")
        }
        LLVMBuildCondBr(builder, isDriven, driven, whole)
        module.move(to: driven)
        let driver = try module.support(.arrays(program.precision))
        let shape = [width, program.streamCount, program.outputs.count].map(module.sizeConstant)
        let call = module.call(driver.function, driver.type, [count, inputs, parameters, outputs, function] + shape)
        LLVMSetTailCall(call, 1)
        LLVMBuildRetVoid(builder)
        module.move(to: whole)
    }

    private var alignment: Int { types.elementBytes }

    func array(_ index: Int, of table: IRValue) -> IRValue {
        let array = module.pointer(to: types.scalarNumber)
        return module.load(array, module.element(array, table, module.sizeConstant(index)), alignment: 8)
    }

    func place(_ array: IRValue, _ index: IRValue) -> IRValue { module.element(types.scalarNumber, array, index) }

    /// A parameter in every lane.
    func broadcast(_ uniform: Int) -> IRValue {
        let scalar = module.load(
            types.scalarNumber, place(parameters, module.sizeConstant(uniform)), alignment: alignment)
        return module.splat(scalar, types)
    }
}
