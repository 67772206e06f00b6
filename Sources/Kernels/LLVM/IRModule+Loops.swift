internal import CLLVM

extension IRModule {
    /// `for (i = start; i < end; i += step)`, whose body carries values from one pass to the next.
    ///
    /// - Parameters:
    ///   - end: beyond `start`, unless the loop may be empty.
    ///   - mayBeEmpty: whether the first pass needs a test of its own.
    ///   - carried: what the first pass gets.
    ///   - body: emits a pass and says what the next one gets.
    /// - Returns: what the last pass said.
    func loop(
        in function: IRValue, from start: IRValue, to end: IRValue, step: IRValue, mayBeEmpty: Bool = false,
        carrying carried: [IRValue] = [], _ body: (_ index: IRValue, _ carried: [IRValue]) throws(KernelError) -> [IRValue]
    ) throws(KernelError) -> [IRValue] {
        let before = currentBlock
        let inside = block("loop", in: function)
        let after = block("after", in: function)
        if mayBeEmpty {
            LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntULT, start, end, ""), inside, after)
        } else {
            LLVMBuildBr(builder, inside)
        }
        move(to: inside)
        let index = phi(size)
        addIncoming(index, start, from: before)
        let values = carried.map { value in
            let phi = phi(LLVMTypeOf(value))
            addIncoming(phi, value, from: before)
            return phi
        }
        let results = try body(index, values)
        let next: IRValue = LLVMBuildAdd(builder, index, step, "")
        let last = currentBlock
        addIncoming(index, next, from: last)
        for (phi, result) in zip(values, results) { addIncoming(phi, result, from: last) }
        LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntULT, next, end, ""), inside, after)
        move(to: after)
        guard mayBeEmpty else { return results }
        return zip(carried, results).map { initial, result in
            let phi = phi(LLVMTypeOf(initial))
            addIncoming(phi, initial, from: before)
            addIncoming(phi, result, from: last)
            return phi
        }
    }

    /// Adds up a vector's lanes, halves onto halves: always in the same order.
    func horizontalSum(_ vector: IRValue, width: Int) -> IRValue {
        var (rest, width) = (vector, width)
        while width > 1 {
            width /= 2
            rest = LLVMBuildFAdd(builder, lanes(0..<width, of: rest), lanes(width..<2 * width, of: rest), "")
        }
        let first = LLVMConstInt(LLVMInt32TypeInContext(context), 0, 0)
        return LLVMBuildExtractElement(builder, rest, first, "")
    }

    /// Some lanes of a vector as a shorter one.
    func lanes(_ range: Range<Int>, of vector: IRValue) -> IRValue {
        let word: IRType = LLVMInt32TypeInContext(context)
        var numbers: [IRValue?] = range.map { LLVMConstInt(word, UInt64($0), 0) }
        return LLVMBuildShuffleVector(
            builder, vector, LLVMGetPoison(LLVMTypeOf(vector)), LLVMConstVector(&numbers, UInt32(numbers.count)), "")
    }

    /// A number or an integer in every lane of a vector.
    func splat(_ number: IRValue, _ types: LaneTypes) -> IRValue {
        guard types.width > 1 else { return number }
        let word: IRType = LLVMInt32TypeInContext(context)
        let empty: IRValue = LLVMGetPoison(LLVMVectorType(LLVMTypeOf(number), UInt32(types.width)))
        let single: IRValue = LLVMBuildInsertElement(builder, empty, number, LLVMConstInt(word, 0, 0), "")
        return LLVMBuildShuffleVector(builder, single, empty, LLVMConstNull(LLVMVectorType(word, UInt32(types.width))), "")
    }

    /// The smaller of two sizes.
    func minimum(_ a: IRValue, _ b: IRValue) -> IRValue {
        LLVMBuildSelect(builder, LLVMBuildICmp(builder, LLVMIntULT, a, b, ""), a, b, "")
    }
}
