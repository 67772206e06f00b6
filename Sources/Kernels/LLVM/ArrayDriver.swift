internal import CLLVM
import Formulas
import Lanes

/// Runs a kernel on arrays that are more than its loop handles by itself: lengths with a remainder (`emitRemainder`), and arrays
/// that no cache holds (`emitStreaming`). The kernel hands such calls to it, and it calls the kernel in turn. In C:
///
/// ```c
/// void driver(size_t count, const T *const *inputs, const T *parameters, T *const *outputs,
///             kernel *f, size_t width, size_t input_count, size_t output_count) {
///     if (count * (input_count + output_count) * sizeof(T) >= STREAMED_BYTES && output_count <= STREAMED_OUTPUTS)
///         streaming(…);
///     else
///         remainder(…);
/// }
/// ```
struct ArrayDriver {
    let module: IRModule
    let function: IRValue
    /// The types of one register.
    let types: LaneTypes
    var builder: LLVMBuilderRef { module.builder }
    var scalar: IRType { types.scalarNumber }
    var array: IRType { module.pointer(to: scalar) }

    var count: IRValue { LLVMGetParam(function, 0) }
    var inputs: IRValue { LLVMGetParam(function, 1) }
    var outputs: IRValue { LLVMGetParam(function, 3) }
    var width: IRValue { LLVMGetParam(function, 5) }
    var inputCount: IRValue { LLVMGetParam(function, 6) }
    var outputCount: IRValue { LLVMGetParam(function, 7) }

    static func type(_ precision: Precision, in module: IRModule) -> IRType {
        let scalar = LaneTypes(precision, width: 1, context: module.context).scalarNumber
        let array = module.pointer(to: scalar)
        return module.functionType([
            module.size, module.pointer(to: array), array, module.pointer(to: array),
            module.pointer(to: module.kernelType(scalar)), module.size, module.size, module.size,
        ])
    }

    /// Emits the driver's body. Moves the module's builder.
    static func emit(_ function: IRValue, _ precision: Precision, in module: IRModule) throws(KernelError) {
        let types = LaneTypes(precision, width: module.target.lanes(precision), context: module.context)
        try ArrayDriver(module: module, function: function, types: types).emit()
    }

    private func emit() throws(KernelError) {
        module.move(to: module.block("entry", in: function))
        let arrayCount: IRValue = LLVMBuildAdd(builder, inputCount, outputCount, "")
        let bytes: IRValue = LLVMBuildMul(
            builder, count, LLVMBuildMul(builder, arrayCount, module.sizeConstant(types.elementBytes), ""), "")
        let isLong = LLVMBuildICmp(builder, LLVMIntUGE, bytes, module.sizeConstant(Self.streamedBytes), "")
        // Less one, so that none is as good as too many.
        let areFew = LLVMBuildICmp(
            builder, LLVMIntULT, LLVMBuildSub(builder, outputCount, module.sizeConstant(1), ""),
            module.sizeConstant(Self.streamedOutputs), "")
        let streaming = module.block("streaming", in: function)
        let remainder = module.block("remainder", in: function)
        LLVMBuildCondBr(builder, LLVMBuildAnd(builder, isLong, areFew, ""), streaming, remainder)
        let pointers = { LLVMBuildArrayAlloca(builder, array, arrayCount, "") as IRValue }
        module.move(to: remainder)
        try emitRemainder(pointers: pointers())
        module.move(to: streaming)
        try emitStreaming(pointers: pointers())
    }

    /// Calls the kernel.
    func run(_ count: IRValue, _ inputs: IRValue, _ outputs: IRValue) {
        let parameters: IRValue = LLVMGetParam(function, 2)
        _ = module.call(LLVMGetParam(function, 4), module.kernelType(scalar), [count, inputs, parameters, outputs])
    }

    /// Copies elements: whole registers, then a half of one if there are that many left, and so on.
    func copy(_ length: IRValue, from source: IRValue, to target: IRValue) throws(KernelError) {
        func copy(_ types: LaneTypes, at index: IRValue) {
            let values = module.load(types.number, place(source, index), alignment: types.elementBytes)
            module.store(values, place(target, index), alignment: types.elementBytes)
        }
        func multiple(of size: Int) -> IRValue { LLVMBuildAnd(builder, length, module.sizeConstant(-size), "") }
        try forEach(multiple(of: types.width), step: types.width) { copy(types, at: $0) }
        var size = types.width / 2
        while size > 0 {
            let piece = module.block("piece", in: function)
            let next = module.block("next", in: function)
            let bit: IRValue = LLVMBuildAnd(builder, length, module.sizeConstant(size), "")
            LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntNE, bit, module.sizeConstant(0), ""), piece, next)
            module.move(to: piece)
            copy(LaneTypes(types.precision, width: size, context: module.context), at: multiple(of: 2 * size))
            LLVMBuildBr(builder, next)
            module.move(to: next)
            size /= 2
        }
    }

    /// `for (i = 0; i < end; i += step) body(i)`
    func forEach(_ end: IRValue, step: Int = 1, _ body: (IRValue) throws(KernelError) -> Void) throws(KernelError) {
        _ = try module.loop(
            in: function, from: module.sizeConstant(0), to: end, step: module.sizeConstant(step), mayBeEmpty: true
        ) { index, _ throws(KernelError) in
            try body(index)
            return []
        }
    }

    func place(_ array: IRValue, _ index: IRValue) -> IRValue { module.element(scalar, array, index) }

    /// An array of a table of them.
    func load(_ table: IRValue, _ index: IRValue) -> IRValue {
        module.load(array, module.element(array, table, index), alignment: 8)
    }

    /// Enters an array into a table of them.
    func store(_ value: IRValue, _ table: IRValue, _ index: IRValue) {
        module.store(value, module.element(array, table, index), alignment: 8)
    }
}
