internal import CLLVM
import Lanes

extension ArrayDriver {
    /// Emits how a kernel whose loop handles whole vectors only runs on arrays of any length. In C:
    ///
    /// ```c
    /// size_t length = min(count, width), start = count - length;
    /// T vectors[(input_count + output_count) * width + lanes];
    /// T *pointers[input_count + output_count], **results = pointers + input_count;
    /// for (size_t i = 0; i < input_count; i++) {
    ///     pointers[i] = vectors + i * width;
    ///     for (size_t j = 0; j < width; j++) pointers[i][j] = j < length ? inputs[i][start + j] : 0;
    /// }
    /// if (count < width) {
    ///     for (size_t i = 0; i < output_count; i++) results[i] = vectors + (input_count + i) * width;
    ///     f(width, pointers, parameters, results);
    ///     for (size_t i = 0; i < output_count; i++)
    ///         for (size_t j = 0; j < length; j++) outputs[i][j] = results[i][j];
    /// } else {
    ///     for (size_t i = 0; i < output_count; i++) results[i] = outputs[i] + start;
    ///     f(count & -width, inputs, parameters, outputs);
    ///     f(width, pointers, parameters, results);
    /// }
    /// ```
    ///
    /// Where a whole vector fits, the last elements are computed as a vector that overlaps the one before it. Their inputs are
    /// set aside first, as an output may be the array of an input. What is written twice is the same twice.
    ///
    /// Inputs are copied a register at a time, and a part of one by a masked load: the kernel reads whole registers, and the
    /// processor would have to wait until several shorter stores have reached the cache. Shorter loads of a long store, as of
    /// the outputs, need not wait. The stack space is bounded by `KernelOptions.resolvedWidth`.
    ///
    /// - Parameter pointers: space for a pointer to each array.
    func emitRemainder(pointers: IRValue) throws(KernelError) {
        let length = module.minimum(count, width)
        let start: IRValue = LLVMBuildSub(builder, count, length, "")
        // The last register of a copy may reach beyond a vector that is shorter than it.
        let elements: IRValue = LLVMBuildAdd(
            builder, LLVMBuildMul(builder, LLVMBuildAdd(builder, inputCount, outputCount, ""), width, ""),
            module.sizeConstant(types.width), "")
        let vectors: IRValue = LLVMBuildArrayAlloca(builder, scalar, elements, "")
        LLVMSetAlignment(vectors, 64)
        let results = module.element(array, pointers, inputCount)
        func vector(_ index: IRValue) -> IRValue { place(vectors, LLVMBuildMul(builder, index, width, "")) }

        try forEach(inputCount) { index throws(KernelError) in
            let target = vector(index)
            store(target, pointers, index)
            try fill(target, from: place(load(inputs, index), start), length)
        }
        let short = module.block("short", in: function)
        let long = module.block("long", in: function)
        LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntULT, count, width, ""), short, long)

        module.move(to: short)
        try forEach(outputCount) { index in store(vector(LLVMBuildAdd(builder, inputCount, index, "")), results, index) }
        run(width, pointers, results)
        try forEach(outputCount) { index throws(KernelError) in
            try copy(length, from: load(results, index), to: load(outputs, index))
        }
        LLVMBuildRetVoid(builder)

        module.move(to: long)
        try forEach(outputCount) { index in store(place(load(outputs, index), start), results, index) }
        run(LLVMBuildAnd(builder, count, LLVMBuildNeg(builder, width, ""), ""), inputs, outputs)
        run(width, pointers, results)
        LLVMBuildRetVoid(builder)
    }

    /// Fills `width` elements with `length` given ones and zeros after them, and maybe some elements more.
    private func fill(_ target: IRValue, from source: IRValue, _ length: IRValue) throws(KernelError) {
        let lane: IRType = types.scalarInteger
        var numbers: [IRValue?] = (0..<types.width).map { LLVMConstInt(lane, UInt64($0), 0) }
        let lanes: IRValue = LLVMConstVector(&numbers, UInt32(numbers.count))
        let zero: IRValue = LLVMConstNull(types.number)
        try forEach(width, step: types.width) { index in
            // Negative beyond the given elements.
            let rest: IRValue = LLVMBuildTruncOrBitCast(builder, LLVMBuildSub(builder, length, index, ""), lane, "")
            let isGiven: IRValue = LLVMBuildICmp(builder, LLVMIntSLT, lanes, module.splat(rest, types), "")
            let address = module.cast(place(source, index), toPointerTo: types.number)
            let values: IRValue = formulac_masked_load(
                builder, types.number, address, UInt32(types.elementBytes), isGiven, zero)
            module.store(values, place(target, index), alignment: types.elementBytes)
        }
    }
}
