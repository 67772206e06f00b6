internal import CLLVM
import Lanes

/// Wraps a lane program in a loop that adds up each output over all elements, with the signature of other kernels; each
/// output's "array" is one `double`.
///
/// Four vectors' terms are added in Float and these sums in Double, lane by lane, so that the error stays near that of sums
/// in Double at the speed of Float. The order is fixed.
struct ReductionEmitter {
    private let loop: LoopEmitter
    private var emitter: LaneEmitter
    private var module: IRModule { loop.module }
    private var program: LaneProgram { loop.program }
    private var types: LaneTypes { loop.types }
    private var builder: LLVMBuilderRef { module.builder }

    private static let copies = 4

    /// Numbers that may be read beyond an input's end, and must be there: the count rounded up to a multiple of this.
    static let padding = 64

    /// Emits the function into a module.
    static func emit(_ program: LaneProgram, name: String, into module: IRModule) throws(KernelError) {
        let types = LaneTypes(program.precision, width: module.target.lanes(program.precision), context: module.context)
        let function = module.addFunction(name, module.kernelType(types.scalarNumber))
        module.move(to: module.block("entry", in: function))
        let loop = LoopEmitter(module: module, program: program, types: types, copies: copies, function: function)
        var emitter = ReductionEmitter(
            loop: loop, emitter: LaneEmitter(program, types: types, copies: copies, module: module))
        try emitter.emit()
    }

    private mutating func emit() throws(KernelError) {
        var streams: [Int: IRValue] = [:]
        var literals: [Int] = []
        for (index, instruction) in program.instructions.enumerated() {
            switch instruction.operation {
            case .stream: streams[index] = loop.array(Int(instruction.payload), of: loop.inputs)
            case .uniform: emitter.define(index, asShared: loop.broadcast(Int(instruction.payload)))
            case .number: literals.append(index)
            default: break
            }
        }
        loop.defineLiterals(literals, of: &emitter)
        let block = module.sizeConstant(Self.copies * types.width)
        let rest: IRValue = LLVMBuildURem(builder, loop.count, block, "")
        let whole: IRValue = LLVMBuildSub(builder, loop.count, rest, "")
        let empty: IRValue = LLVMConstNull(wideType)
        let zeros = [IRValue](repeating: empty, count: 2 * program.outputs.count)
        var emitter = emitter
        let sums = try module.loop(
            in: loop.function, from: module.sizeConstant(0), to: whole, step: block, mayBeEmpty: true, carrying: zeros
        ) { index, carried throws(KernelError) in
            try self.add(streams, at: index, limit: nil, to: carried, &emitter)
        }
        let total = try module.loop(
            in: loop.function, from: whole, to: loop.count, step: block, mayBeEmpty: true, carrying: sums
        ) { index, carried throws(KernelError) in
            try self.add(streams, at: index, limit: rest, to: carried, &emitter)
        }
        let double: IRType = LLVMDoubleTypeInContext(module.context)
        for output in program.outputs.indices {
            let sum: IRValue = LLVMBuildFAdd(builder, total[2 * output], total[2 * output + 1], "")
            let target = module.cast(loop.array(output, of: loop.outputs), toPointerTo: double)
            module.store(module.horizontalSum(sum, width: types.width / 2), target, alignment: 8)
        }
        LLVMBuildRetVoid(builder)
    }

    /// Emits one block's terms.
    ///
    /// - Parameter limit: how many of its elements count; `nil` for all.
    private func add(
        _ streams: [Int: IRValue], at index: IRValue, limit: IRValue?, to carried: [IRValue], _ emitter: inout LaneEmitter
    ) throws(KernelError) -> [IRValue] {
        for (stream, array) in streams.sorted(by: { $0.key < $1.key }) {
            let start = loop.place(array, index)
            emitter.define(
                stream,
                as: (0..<Self.copies).map {
                    module.load(types.number, loop.place(start, module.sizeConstant($0 * types.width)), alignment: 4)
                })
        }
        let computed = program.instructions.indices.filter { index in
            switch program.instructions[index].operation {
            case .stream, .uniform, .number: false
            default: true
            }
        }
        try emitter.emit(computed)
        var results: [IRValue] = []
        for (number, output) in program.outputs.enumerated() {
            var terms = emitter.value(output)
            if let limit { terms = terms.enumerated().map { kept($1, copy: $0, limit) } }
            while terms.count > 1 {
                terms = stride(from: 0, to: terms.count, by: 2).map { LLVMBuildFAdd(builder, terms[$0], terms[$0 + 1], "") }
            }
            for half in 0..<2 {
                let lanes = module.lanes(half * types.width / 2..<(half + 1) * types.width / 2, of: terms[0])
                let wide: IRValue = LLVMBuildFPExt(builder, lanes, wideType, "")
                results.append(LLVMBuildFAdd(builder, carried[2 * number + half], wide, ""))
            }
        }
        return results
    }

    /// A copy's terms, 0 in place of those at or beyond the limit.
    private func kept(_ terms: IRValue, copy: Int, _ limit: IRValue) -> IRValue {
        var places: [IRValue?] = (0..<types.width).map { LLVMConstInt(types.scalarInteger, UInt64(copy * types.width + $0), 0) }
        let word: IRValue = LLVMBuildTrunc(builder, limit, types.scalarInteger, "")
        let empty: IRValue = LLVMGetPoison(types.integer)
        let index: IRType = LLVMInt32TypeInContext(module.context)
        let single: IRValue = LLVMBuildInsertElement(builder, empty, word, LLVMConstInt(index, 0, 0), "")
        let everywhere: IRValue = LLVMBuildShuffleVector(
            builder, single, empty, LLVMConstNull(LLVMVectorType(index, UInt32(types.width))), "")
        let isKept: IRValue = LLVMBuildICmp(
            builder, LLVMIntULT, LLVMConstVector(&places, UInt32(types.width)), everywhere, "")
        return LLVMBuildSelect(builder, isKept, terms, LLVMConstNull(types.number), "")
    }

    /// Half as many lanes of Double.
    private var wideType: IRType { LLVMVectorType(LLVMDoubleTypeInContext(module.context), UInt32(types.width / 2)) }
}
