internal import CLLVM
import Formulas

/// Runs a kernel whose loop handles whole vectors only on arrays of any length. In C:
///
/// ```c
/// void remainder(size_t count, const T *const *inputs, const T *parameters, T *const *outputs,
///                kernel *f, size_t width, size_t input_count, size_t output_count) {
///     size_t rest = count & (width - 1), whole = count - rest;
///     f(whole, inputs, parameters, outputs);
///     T vectors[input_count + output_count][width];
///     T *pointers[input_count + output_count];
///     for (size_t i = 0; i < input_count + output_count; i++) {
///         pointers[i] = vectors[i];
///     }
///     for (size_t i = 0; i < input_count; i++) {
///         for (size_t j = 0; j < rest; j++) vectors[i][j] = inputs[i][whole + j];
///         for (size_t j = rest; j < width; j++) vectors[i][j] = 0;
///     }
///     f(width, pointers, parameters, pointers + input_count);
///     for (size_t i = 0; i < output_count; i++)
///         for (size_t j = 0; j < rest; j++) outputs[i][whole + j] = vectors[input_count + i][j];
/// }
/// ```
///
/// `rest` is never 0. The stack space is bounded by `KernelOptions.resolvedWidth`.
struct RemainderDriver {
    private let module: IRModule
    private let function: IRValue
    private let scalar: IRType
    private let array: IRType
    private let bytes: Int
    private var builder: LLVMBuilderRef { module.builder }

    static func type(_ precision: Precision, in module: IRModule) -> IRType {
        let scalar = LaneTypes(precision, width: 1, context: module.context).scalarNumber
        let array = module.pointer(to: scalar)
        var parameters: [IRType?] = [
            module.size, module.pointer(to: array), array, module.pointer(to: array),
            module.pointer(to: module.kernelType(scalar)), module.size, module.size, module.size,
        ]
        return LLVMFunctionType(LLVMVoidTypeInContext(module.context), &parameters, UInt32(parameters.count), 0)
    }

    /// Emits the driver's body. Moves the module's builder.
    static func emit(_ function: IRValue, _ precision: Precision, in module: IRModule) {
        let types = LaneTypes(precision, width: 1, context: module.context)
        RemainderDriver(
            module: module, function: function, scalar: types.scalarNumber, array: module.pointer(to: types.scalarNumber),
            bytes: types.elementBytes
        ).emit()
    }

    private func emit() {
        module.move(to: module.block("entry", in: function))
        let arguments = (0..<8).map { LLVMGetParam(function, $0) as IRValue }
        let (count, inputs, parameters, outputs, kernel) = (
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]
        )
        let (width, inputCount, outputCount) = (arguments[5], arguments[6], arguments[7])
        let rest: IRValue = LLVMBuildAnd(builder, count, LLVMBuildSub(builder, width, module.sizeConstant(1), ""), "")
        let whole: IRValue = LLVMBuildSub(builder, count, rest, "")
        let kernelType = module.kernelType(scalar)
        _ = module.call(kernel, kernelType, [whole, inputs, parameters, outputs])

        let arrayCount: IRValue = LLVMBuildAdd(builder, inputCount, outputCount, "")
        let vectors: IRValue = LLVMBuildArrayAlloca(builder, scalar, LLVMBuildMul(builder, arrayCount, width, ""), "")
        LLVMSetAlignment(vectors, 64)
        let pointers: IRValue = LLVMBuildArrayAlloca(builder, array, arrayCount, "")
        func vector(_ index: IRValue) -> IRValue {
            module.element(scalar, vectors, LLVMBuildMul(builder, index, width, ""))
        }
        loop(from: module.sizeConstant(0), to: arrayCount) { index in
            module.store(vector(index), module.element(array, pointers, index), alignment: 8)
        }
        loop(from: module.sizeConstant(0), to: inputCount) { index in
            let source = module.element(scalar, module.load(array, module.element(array, inputs, index), alignment: 8), whole)
            let target = vector(index)
            copy(rest, from: source, to: target)
            loop(from: rest, to: width) { element in
                module.store(LLVMConstNull(scalar), module.element(scalar, target, element), alignment: bytes)
            }
        }
        let results = module.element(array, pointers, inputCount)
        _ = module.call(kernel, kernelType, [width, pointers, parameters, results])
        loop(from: module.sizeConstant(0), to: outputCount) { index in
            let target = module.element(scalar, module.load(array, module.element(array, outputs, index), alignment: 8), whole)
            copy(rest, from: module.load(array, module.element(array, results, index), alignment: 8), to: target)
        }
        LLVMBuildRetVoid(builder)
    }

    private func copy(_ count: IRValue, from source: IRValue, to target: IRValue) {
        loop(from: module.sizeConstant(0), to: count) { element in
            let value = module.load(scalar, module.element(scalar, source, element), alignment: bytes)
            module.store(value, module.element(scalar, target, element), alignment: bytes)
        }
    }

    /// `for (i = start; i < end; i++) body(i)`
    private func loop(from start: IRValue, to end: IRValue, _ body: (IRValue) -> Void) {
        let before = module.currentBlock
        let test = module.block("test", in: function)
        let inside = module.block("inside", in: function)
        let after = module.block("after", in: function)
        LLVMBuildBr(builder, test)
        module.move(to: test)
        let index = module.phi(module.size)
        module.addIncoming(index, start, from: before)
        LLVMBuildCondBr(builder, LLVMBuildICmp(builder, LLVMIntULT, index, end, ""), inside, after)
        module.move(to: inside)
        body(index)
        module.addIncoming(index, LLVMBuildAdd(builder, index, module.sizeConstant(1), ""), from: module.currentBlock)
        LLVMBuildBr(builder, test)
        module.move(to: after)
    }
}
