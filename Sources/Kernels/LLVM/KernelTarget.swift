internal import CLLVM
import Formulas

/// The machine that code is generated for.
public struct KernelTarget: Hashable, Sendable {
    /// Architecture, vendor and system, as LLVM spells them: `x86_64-pc-linux-gnu`.
    public let triple: String
    /// The processor that instructions are chosen and scheduled for: `znver3`, `x86-64`, `generic`.
    public let processor: String
    /// Instruction set extensions, each with a sign: `+avx2,+fma`. Vector width follows from what is named here.
    public let features: String

    /// Describes a machine.
    public init(triple: String = KernelTarget.host.triple, processor: String, features: String) {
        self.triple = triple
        self.processor = processor
        self.features = features
    }

    /// The machine that this process runs on, with every extension that processor and system both support.
    public static let host = KernelTarget(
        triple: takeMessage(LLVMGetDefaultTargetTriple()), processor: takeMessage(LLVMGetHostCPUName()),
        features: takeMessage(LLVMGetHostCPUFeatures()))

    /// Whether an extension is named and on.
    public func has(_ feature: String) -> Bool {
        features.split(separator: ",").contains { $0.first == "+" && $0.dropFirst() == feature }
    }

    /// The architecture alone: `x86_64`.
    public var architecture: Substring { triple.prefix { $0 != "-" } }

    var isX86: Bool { architecture == "x86_64" }

    /// Bytes of one vector register.
    public var vectorBytes: Int {
        guard isX86 else { return 16 }
        if has("avx512f") && has("avx512dq") && has("avx512bw") && has("avx512vl") { return 64 }
        return has("avx2") ? 32 : 16
    }

    /// Whether comparisons have registers of their own (AVX-512) instead of filling vector lanes.
    var hasMaskRegisters: Bool { vectorBytes == 64 }

    /// Whether a·b + c with one rounding is an instruction. Where it is not, it becomes a slow call of the C library.
    public var hasFusedMultiplyAdd: Bool { isX86 ? has("fma") : true }

    /// Whether rounding to an integer is an instruction.
    var hasRounding: Bool { isX86 ? has("sse4.1") : true }

    /// Elements in one vector register.
    public func lanes(_ precision: Precision) -> Int { vectorBytes / (precision == .float ? 4 : 8) }
}

/// A Swift string made of one that LLVM allocated, which is freed.
func takeMessage(_ message: UnsafeMutablePointer<CChar>?) -> String {
    guard let message else { return "" }
    defer { LLVMDisposeMessage(message) }
    return String(cString: message)
}

/// The text of an LLVM error, or `nil` for success. The error is consumed.
func takeError(_ error: LLVMErrorRef?) -> String? {
    guard let error else { return nil }
    let message = LLVMGetErrorMessage(error)
    defer { LLVMDisposeErrorMessage(message) }
    return message.map { String(cString: $0) } ?? "unknown error"
}
