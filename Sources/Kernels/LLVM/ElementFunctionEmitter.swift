internal import CLLVM
import Formulas
import Lanes

/// Emits a function of one element that calls the function of arrays with arrays of one:
/// `T name(T input, …, T parameter, …)`, or `void name(T input, …, T parameter, …, T *results)` with several results.
///
/// Its bits are those of the function of arrays because it is that function.
struct ElementFunctionEmitter {
    let program: LaneProgram
    let module: IRModule
    private let types: LaneTypes

    init(_ program: LaneProgram, module: IRModule) {
        self.program = program
        self.module = module
        types = LaneTypes(program.precision, width: 1, context: module.context)
    }

    private var builder: LLVMBuilderRef { module.builder }
    private var inputCount: Int { program.streamCount + program.uniformCount }
    private var returnsResult: Bool { program.outputs.count == 1 }

    /// Adds the function under a name.
    ///
    /// - Parameter arrayFunction: the name of the function of arrays, which the module has already.
    func emit(name: String, calling arrayFunction: String) {
        guard let callee = LLVMGetNamedFunction(module.reference, arrayFunction) else { return }
        let number = types.scalarNumber
        var parameters: [IRType?] = Array(repeating: number, count: inputCount)
        if !returnsResult { parameters.append(module.pointer(to: number)) }
        let result: IRType = returnsResult ? number : LLVMVoidTypeInContext(module.context)
        let function = module.addFunction(name, LLVMFunctionType(result, &parameters, UInt32(parameters.count), 0))
        module.move(to: module.block("entry", in: function))

        let values = module.stackSpace(number, count: max(1, inputCount))
        for index in 0..<inputCount {
            module.store(LLVMGetParam(function, UInt32(index)), place(values, index), alignment: types.elementBytes)
        }
        let results = returnsResult ? module.stackSpace(number, count: 1) : LLVMGetParam(function, UInt32(inputCount)) ?? values
        let inputs = addresses((0..<program.streamCount).map { place(values, $0) })
        let outputs = addresses(program.outputs.indices.map { place(results, $0) })
        _ = module.call(
            callee, module.kernelType(number),
            [module.sizeConstant(1), inputs, place(values, program.streamCount), outputs])
        if returnsResult {
            LLVMBuildRet(builder, module.load(number, results, alignment: types.elementBytes))
        } else {
            LLVMBuildRetVoid(builder)
        }
    }

    private func place(_ base: IRValue, _ index: Int) -> IRValue {
        module.element(types.scalarNumber, base, module.sizeConstant(index))
    }

    /// An array of addresses on the stack.
    private func addresses(_ values: [IRValue]) -> IRValue {
        let pointer = module.pointer(to: types.scalarNumber)
        let array = module.stackSpace(pointer, count: max(1, values.count))
        for (index, value) in values.enumerated() {
            module.store(value, module.element(pointer, array, module.sizeConstant(index)), alignment: 8)
        }
        return array
    }
}
