internal import CLLVM
import Formulas
import Lanes

/// Compiles named lane programs together into one module.
struct ModuleCompiler {
    /// A program and the symbol under which its function is found.
    struct Function {
        let name: String
        let program: LaneProgram
        /// The symbol of a function of one element beside it, if there is to be one.
        var elementName: String?
    }

    /// What the module is turned into.
    enum Form {
        case ir, assembly, object
    }

    let options: KernelOptions
    /// Whether the module is to hold everything that it calls, as a file must that others link.
    var isSelfContained = false

    /// The longest program that is compiled: LLVM takes some 50 microseconds for an instruction, so half a minute for this.
    static let longestProgram = 500_000

    /// Emits a module and returns it in the wanted form: text, or the bytes of an object file.
    ///
    /// - Parameter texts: C strings that the module is to hold besides, by symbol.
    func compile(
        _ functions: [Function], texts: [(symbol: String, text: String)] = [], as form: Form,
        timings: inout CompilationTimings
    ) throws(KernelError) -> [UInt8] {
        try compile(as: form, timings: &timings) { module throws(KernelError) in
            for (symbol, text) in texts { module.addText(symbol, text) }
            for function in functions {
                do throws(LaneVerificationError) {
                    try function.program.verify()
                } catch {
                    throw .malformedProgram(error)
                }
                let length = function.program.instructions.count
                guard length <= Self.longestProgram else {
                    throw .programTooLong(instructions: length, limit: Self.longestProgram)
                }
                let width = try options.resolvedWidth(function.program)
                try LoopEmitter.emit(function.program, name: function.name, width: width, into: module)
                if let elementName = function.elementName {
                    ElementFunctionEmitter(function.program, module: module).emit(name: elementName, calling: function.name)
                }
            }
        }
    }

    /// The object file of one support function.
    func compile(support: SupportFunction) throws(KernelError) -> [UInt8] {
        var timings = CompilationTimings()
        return try compile(as: .object, timings: &timings) { module throws(KernelError) in
            let declared = try module.support(support)
            try support.emit(declared.function, in: module)
        }
    }

    /// Has a module emitted and returns it in the wanted form.
    func compile(
        as form: Form, timings: inout CompilationTimings, _ emit: (IRModule) throws(KernelError) -> Void
    ) throws(KernelError) -> [UInt8] {
        let clock = ContinuousClock()
        let start = clock.now
        var emitted = start
        let result = try CodeGeneratorPool.withGenerator(for: options.target) { generator throws(KernelError) in
            let module = IRModule(target: options.target, generator: generator, embedsSupport: isSelfContained)
            try emit(module)
            try verify(module)
            emitted = clock.now
            return switch form {
            case .ir: Array(takeMessage(LLVMPrintModuleToString(module.reference)).utf8)
            case .assembly: try generator.assembly(module.reference)
            case .object: try generator.objectFile(module.reference)
            }
        }
        timings.emission += emitted - start
        timings.codeGeneration += clock.now - emitted
        return result
    }

    /// Has LLVM look the module over, in debug builds.
    private func verify(_ module: IRModule) throws(KernelError) {
        #if DEBUG
            var message: UnsafeMutablePointer<CChar>?
            let isBroken = LLVMVerifyModule(module.reference, LLVMReturnStatusAction, &message) != 0
            let reason = takeMessage(message)
            if isBroken { throw .codeGenerationFailed(reason) }
        #endif
    }
}
