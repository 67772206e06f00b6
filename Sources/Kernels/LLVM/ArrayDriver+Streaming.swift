internal import CLLVM
import Lanes

extension ArrayDriver {
    /// Bytes of a call's arrays together from which on results are streamed: what the last caches of common processors hold.
    static let streamedBytes = 32 << 20
    /// Results of calls with more outputs are not streamed: the blocks would not fit the first-level cache.
    static let streamedOutputs = 4
    /// Bytes of a block of one output.
    private static let blockBytes = 2048

    /// The least count of elements for which a program's results are streamed, `nil` if they never are.
    static func streamedCount(_ program: LaneProgram) -> Int? {
        guard (1...streamedOutputs).contains(program.outputs.count) else { return nil }
        let bytes = (program.streamCount + program.outputs.count) * (program.precision == .float ? 4 : 8)
        return (streamedBytes + bytes - 1) / bytes
    }

    /// Emits how a kernel runs on arrays that no cache holds. An ordinary store would first fetch the line that it then
    /// overwrites. So the kernel computes a block at a time into the first-level cache, from where stores that go around the
    /// caches take it. In C, where `stream` is such a copy if its target begins at a cache line, and an ordinary one if not:
    ///
    /// ```c
    /// T blocks[output_count][BLOCK];
    /// T *pointers[input_count + output_count], **results = pointers + input_count;
    /// size_t head = -(uintptr_t)outputs[0] % 64 / sizeof(T), body = (count - head) & -BLOCK, end = head + body;
    /// f(head, inputs, parameters, outputs);
    /// for (size_t i = 0; i < output_count; i++) results[i] = blocks[i];
    /// for (size_t j = head; j < end; j += BLOCK) {
    ///     for (size_t i = 0; i < input_count; i++) pointers[i] = inputs[i] + j;
    ///     f(BLOCK, pointers, parameters, results);
    ///     for (size_t i = 0; i < output_count; i++) stream(outputs[i] + j, blocks[i]);
    /// }
    /// for (size_t i = 0; i < input_count; i++) pointers[i] = inputs[i] + end;
    /// for (size_t i = 0; i < output_count; i++) results[i] = outputs[i] + end;
    /// f(count - end, pointers, parameters, results);
    /// ```
    ///
    /// - Parameter pointers: space for a pointer to each array.
    func emitStreaming(pointers: IRValue) throws(KernelError) {
        let length = Self.blockBytes / types.elementBytes
        let block = module.sizeConstant(length)
        let blocks: IRValue = LLVMBuildArrayAlloca(builder, scalar, LLVMBuildMul(builder, outputCount, block, ""), "")
        LLVMSetAlignment(blocks, 64)
        let results = module.element(array, pointers, inputCount)
        func pointInputs(_ start: IRValue) throws(KernelError) {
            try forEach(inputCount) { index in store(place(load(inputs, index), start), pointers, index) }
        }

        let misplaced = LLVMBuildNeg(builder, offsetInLine(load(outputs, module.sizeConstant(0))), "")
        let head: IRValue = LLVMBuildUDiv(
            builder, LLVMBuildAnd(builder, misplaced, module.sizeConstant(63), ""), module.sizeConstant(types.elementBytes), "")
        run(head, inputs, outputs)
        try forEach(outputCount) { index in store(place(blocks, LLVMBuildMul(builder, index, block, "")), results, index) }
        let body: IRValue = LLVMBuildAnd(builder, LLVMBuildSub(builder, count, head, ""), module.sizeConstant(-length), "")
        try forEach(body, step: length) { index throws(KernelError) in
            let start: IRValue = LLVMBuildAdd(builder, head, index, "")
            try pointInputs(start)
            run(block, pointers, results)
            try forEach(outputCount) { output throws(KernelError) in
                try stream(block, from: load(results, output), to: place(load(outputs, output), start))
            }
        }
        let end: IRValue = LLVMBuildAdd(builder, head, body, "")
        try pointInputs(end)
        try forEach(outputCount) { index in store(place(load(outputs, index), end), results, index) }
        run(LLVMBuildSub(builder, count, end, ""), pointers, results)
        // Streaming stores are ordered with no others until then.
        LLVMBuildFence(builder, LLVMAtomicOrderingSequentiallyConsistent, 0, "")
        LLVMBuildRetVoid(builder)
    }

    /// Copies a number of whole registers past the caches to where a cache line begins, or by ordinary stores to elsewhere.
    private func stream(_ length: IRValue, from source: IRValue, to target: IRValue) throws(KernelError) {
        let aligned = module.block("aligned", in: function)
        let other = module.block("other", in: function)
        let after = module.block("after", in: function)
        let isAligned = LLVMBuildICmp(builder, LLVMIntEQ, offsetInLine(target), module.sizeConstant(0), "")
        LLVMBuildCondBr(builder, isAligned, aligned, other)
        for (block, isStreamed) in [(aligned, true), (other, false)] {
            module.move(to: block)
            try forEach(length, step: types.width) { index in
                let values = module.load(types.number, place(source, index), alignment: types.vectorBytes)
                if isStreamed {
                    module.stream(values, place(target, index), alignment: types.vectorBytes)
                } else {
                    module.store(values, place(target, index), alignment: types.elementBytes)
                }
            }
            LLVMBuildBr(builder, after)
        }
        module.move(to: after)
    }

    private func offsetInLine(_ address: IRValue) -> IRValue {
        LLVMBuildAnd(builder, LLVMBuildPtrToInt(builder, address, module.size, ""), module.sizeConstant(63), "")
    }
}
