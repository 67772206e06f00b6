internal import CLLVM
import Synchronization

/// LLVM's code generator for one target. Used by one thread at a time, which the pool sees to; that makes it safe to
/// pass between threads although it is a bare pointer.
struct TargetMachine: @unchecked Sendable {
    let reference: LLVMTargetMachineRef
}

/// Code generators, made when first needed and then used again: making one costs a good part of a millisecond.
enum TargetMachinePool {
    private static let idle = Mutex<[KernelTarget: [TargetMachine]]>([:])
    /// Machines kept of one target; more than this many threads compiling at once make and discard their own.
    private static let capacity = 16

    /// LLVM's rewriting of loop counters takes a ninth of its time and finds nothing in loops that count elements: all
    /// addresses are an array and that count already.
    private static let hasOptions: Void = formulac_keep_loops()

    private static let native: Bool = {
        LLVMInitializeNativeTarget() == 0 && LLVMInitializeNativeAsmPrinter() == 0
    }()
    private static let all: Void = {
        LLVMInitializeAllTargetInfos()
        LLVMInitializeAllTargets()
        LLVMInitializeAllTargetMCs()
        LLVMInitializeAllAsmPrinters()
    }()

    /// Runs `body` with a machine for the target.
    static func withMachine<Result>(
        for target: KernelTarget, _ body: (LLVMTargetMachineRef) throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        let reused = idle.withLock { $0[target]?.popLast() }
        let machine = if let reused { reused } else { try make(target) }
        defer {
            let isFull = idle.withLock { machines in
                guard machines[target, default: []].count < capacity else { return true }
                machines[target, default: []].append(machine)
                return false
            }
            if isFull { LLVMDisposeTargetMachine(machine.reference) }
        }
        return try body(machine.reference)
    }

    private static func make(_ target: KernelTarget) throws(KernelError) -> TargetMachine {
        _ = hasOptions
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
        return TargetMachine(reference: machine)
    }
}
