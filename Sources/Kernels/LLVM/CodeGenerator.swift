internal import CLLVM

/// LLVM's way from a module to machine code for one target: the target machine, the passes and the context in which modules
/// are made, all of them kept from one module to the next.
///
/// Used by one thread at a time, which `CodeGeneratorPool` sees to; that makes it safe to pass between threads.
final class CodeGenerator: @unchecked Sendable {
    let machine: LLVMTargetMachineRef
    /// The context of the modules. Every module must be disposed of before the generator goes back to its pool.
    private(set) var context: LLVMContextRef
    private var passes: OpaquePointer?
    private var moduleCount = 0

    /// Types and constants stay in a context as long as it lives, so it is not kept for ever.
    private static let modulesPerContext = 64

    /// Takes a target machine over.
    init(owning machine: LLVMTargetMachineRef) {
        self.machine = machine
        context = Self.makeContext()
    }

    deinit {
        formulac_code_generator_dispose(passes)
        LLVMContextDispose(context)
        LLVMDisposeTargetMachine(machine)
    }

    /// To be called before each module.
    func beginModule() {
        moduleCount += 1
        guard moduleCount.isMultiple(of: Self.modulesPerContext) else { return }
        // What the passes keep may refer to the context.
        formulac_code_generator_dispose(passes)
        passes = nil
        LLVMContextDispose(context)
        context = Self.makeContext()
    }

    /// The object file of a module, which is of no use afterwards.
    func objectFile(_ module: LLVMModuleRef) throws(KernelError) -> [UInt8] {
        if passes == nil { passes = formulac_code_generator_create(machine) }
        guard let passes else { throw .codeGenerationFailed("LLVM writes no object files for this target") }
        var bytes: UnsafePointer<CChar>?
        var count = 0
        formulac_code_generator_run(passes, module, &bytes, &count)
        // LLVM's buffer holds `count` bytes until the next run.
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// The assembly of a module, which is of no use afterwards.
    func assembly(_ module: LLVMModuleRef) throws(KernelError) -> [UInt8] {
        var buffer: LLVMMemoryBufferRef?
        var message: UnsafeMutablePointer<CChar>?
        guard LLVMTargetMachineEmitToMemoryBuffer(machine, module, LLVMAssemblyFile, &message, &buffer) == 0, let buffer
        else { throw .codeGenerationFailed(takeMessage(message)) }
        defer { LLVMDisposeMemoryBuffer(buffer) }
        return Array(UnsafeRawBufferPointer(start: LLVMGetBufferStart(buffer), count: LLVMGetBufferSize(buffer)))
    }

    private static func makeContext() -> LLVMContextRef {
        let context: LLVMContextRef = LLVMContextCreate()
        LLVMContextSetDiscardValueNames(context, 1)
        return context
    }
}
