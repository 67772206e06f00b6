internal import CLLVM
import Glibc
import Synchronization

/// Code generators, made when first needed and then used again: making one costs more than a millisecond.
enum CodeGeneratorPool {
    private static let idle = Mutex<[KernelTarget: [CodeGenerator]]>([:])
    /// Generators kept of one target; more than this many threads compiling at once make and discard their own.
    private static let capacity = 16

    private static let native: Bool = {
        LLVMInitializeNativeTarget() == 0 && LLVMInitializeNativeAsmPrinter() == 0
    }()
    private static let all: Void = {
        LLVMInitializeAllTargetInfos()
        LLVMInitializeAllTargets()
        LLVMInitializeAllTargetMCs()
        LLVMInitializeAllAsmPrinters()
    }()

    /// Passes that find nothing to do in kernels, whose loops stand as they should be when they are emitted, or that move
    /// literals which `LoopEmitter` has placed: without them code generation takes two thirds of the time. Scheduling is left to
    /// instruction selection and to the processor: a second time it made no kernel faster. The options are LLVM's global ones,
    /// the same in versions 14, 19 and 22.
    private static let options: Void = {
        let words = [
            "formulac", "-disable-lsr", "-disable-cgp", "-disable-machine-licm", "-disable-machine-sink", "-disable-branch-fold",
            "-disable-ssc", "-disable-mergeicmps", "-disable-constant-hoisting", "-disable-early-taildup",
            "-disable-tail-duplicate", "-enable-misched=false",
        ]
        // LLVM may keep the words, so they stay.
        var pointers: [UnsafePointer<CChar>?] = words.map { UnsafePointer(strdup($0)) }
        LLVMParseCommandLineOptions(Int32(words.count), &pointers, nil)
    }()

    /// Runs `body` with a generator for the target.
    static func withGenerator<Result>(
        for target: KernelTarget, _ body: (CodeGenerator) throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        let reused = idle.withLock { $0[target]?.popLast() }
        let generator = if let reused { reused } else { try make(target) }
        defer {
            idle.withLock { generators in
                if generators[target, default: []].count < capacity { generators[target, default: []].append(generator) }
            }
        }
        generator.beginModule()
        return try body(generator)
    }

    private static func make(_ target: KernelTarget) throws(KernelError) -> CodeGenerator {
        _ = options
        if target.architecture == KernelTarget.host.architecture { _ = native } else { _ = all }
        var found: LLVMTargetRef?
        var message: UnsafeMutablePointer<CChar>?
        guard LLVMGetTargetFromTriple(target.triple, &found, &message) == 0, let found else {
            throw .targetUnavailable(triple: target.triple, reason: takeMessage(message))
        }
        // Position-independent code serves the JIT and shared libraries alike. The next higher level would schedule a second
        // time after register allocation, for processors that do not reorder instructions themselves.
        guard
            let machine = LLVMCreateTargetMachine(
                found, target.triple, target.processor, target.features, LLVMCodeGenLevelLess, LLVMRelocPIC,
                LLVMCodeModelDefault)
        else { throw .targetUnavailable(triple: target.triple, reason: "LLVM makes no code generator for it") }
        return CodeGenerator(owning: machine)
    }
}
