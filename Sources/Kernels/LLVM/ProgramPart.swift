internal import CLLVM
import Lanes

/// Some of the segments of a very long program, in a function of their own that runs over one block of elements:
/// `void part(size_t length, const T *const *inputs, const T *parameters, T *const *outputs, T *waiting, size_t start)`.
///
/// LLVM's time grows faster than the length of a function, and some of its passes recurse as deep as a function is long.
/// A call for each block of elements costs next to nothing.
struct ProgramPart {
    /// Segments of a part.
    static let segmentCount = 32

    private let segments: Range<Int>
    private let function: IRValue
    private let type: IRType

    /// Declares the parts of a program.
    static func all(of plan: SegmentPlan, named name: String, in loop: LoopEmitter) -> [ProgramPart] {
        let module = loop.module
        let number = module.pointer(to: loop.types.scalarNumber)
        let type = module.functionType(
            [module.size, module.pointer(to: number), number, module.pointer(to: number), number, module.size])
        return stride(from: 0, to: plan.segments.count, by: segmentCount).enumerated().map { index, first in
            let function = module.addFunction("\(name)_part\(index)", type)
            LLVMSetLinkage(function, LLVMInternalLinkage)
            return ProgramPart(
                segments: first..<min(first + segmentCount, plan.segments.count), function: function, type: type)
        }
    }

    /// Emits the call for one block of elements.
    func call(from loop: LoopEmitter, _ length: IRValue, _ start: IRValue, waiting: IRValue) {
        let space = loop.module.cast(waiting, toPointerTo: loop.types.scalarNumber)
        _ = loop.module.call(function, type, [length, loop.inputs, loop.parameters, loop.outputs, space, start])
    }

    /// Emits the body. Moves the module's builder.
    ///
    /// - Parameter coldGroups: the program's `ColdCallPlan.groupsByMember`.
    func emit(
        _ plan: SegmentPlan, with emitter: inout LaneEmitter, like whole: LoopEmitter, _ block: Int, coldGroups: [Int: [Int]]
    ) throws(KernelError) {
        let (module, program) = (whole.module, whole.program)
        module.move(to: module.block("entry", in: function))
        emitter.enterFunction()
        let part = LoopEmitter(
            module: module, program: program, types: whole.types, copies: whole.copies, function: function)
        let start: IRValue = LLVMGetParam(function, 5)

        let needed = constants(plan, program, coldGroups)
        for index in needed where program.instructions[index].operation == .uniform {
            emitter.define(index, asShared: part.broadcast(Int(program.instructions[index].payload)))
        }
        part.defineLiterals(needed.filter { program.instructions[$0].operation == .number }, of: &emitter)
        try emitter.emitShared(needed)

        var arrays = LoopEmitter.Arrays()
        for index in segments {
            for stream in plan.segments[index].streams where arrays.streams[stream] == nil {
                let array = part.array(Int(program.instructions[stream].payload), of: part.inputs)
                arrays.streams[stream] = part.place(array, start)
            }
            for output in plan.segments[index].outputs {
                arrays.results[output] = part.place(part.array(output, of: part.outputs), start)
            }
        }
        let waiting: IRValue = LLVMGetParam(function, 4)
        for index in segments {
            try part.emit(plan.segments[index], of: plan, with: &emitter, over: arrays, part.count, waiting: waiting, block)
        }
        LLVMBuildRetVoid(module.builder)
    }

    /// The instructions outside of all loops whose values the part's segments need, in program order, literals included.
    private func constants(
        _ plan: SegmentPlan, _ program: LaneProgram, _ coldGroups: [Int: [Int]]
    ) -> [Int] {
        var needed = Set<Int>()
        var open = segments.flatMap { index in
            plan.segments[index].instructions.flatMap { program.instructions[$0].operands.map(\.index) }
                + plan.segments[index].outputs.map { program.outputs[$0].index }
        }
        while let index = open.popLast() {
            guard plan.isOutsideLoops(index), needed.insert(index).inserted else { continue }
            open += program.instructions[index].operands.map(\.index)
            // Cold calls of a group are emitted together, where the first stands.
            open += coldGroups[index] ?? []
        }
        return needed.sorted()
    }
}
