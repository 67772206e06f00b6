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

    /// Bytes of one vector register.
    public let vectorBytes: Int
    /// Whether a·b + c with one rounding is an instruction. Where it is not, it becomes a slow call of the C library.
    public let hasFusedMultiplyAdd: Bool
    /// Whether rounding to an integer is an instruction.
    let hasRounding: Bool
    let isX86: Bool

    /// Describes a machine.
    public init(triple: String = KernelTarget.host.triple, processor: String, features: String) {
        self.triple = triple
        self.processor = processor
        self.features = features
        isX86 = triple.prefix { $0 != "-" } == "x86_64"
        let present = Set(features.split(separator: ",").filter { $0.first == "+" }.map { $0.dropFirst() })
        hasFusedMultiplyAdd = isX86 ? present.contains("fma") : true
        hasRounding = isX86 ? present.contains("sse4.1") : true
        if !isX86 {
            vectorBytes = 16
        } else if present.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl"]) {
            vectorBytes = 64
        } else {
            vectorBytes = present.contains("avx2") ? 32 : 16
        }
    }

    /// The machine that this process runs on, with every extension that processor and system both support.
    public static let host = KernelTarget(
        triple: takeMessage(LLVMGetDefaultTargetTriple()), processor: takeMessage(LLVMGetHostCPUName()),
        features: takeMessage(LLVMGetHostCPUFeatures()))

    /// The architecture alone: `x86_64`.
    public var architecture: Substring { triple.prefix { $0 != "-" } }

    /// Whether comparisons have registers of their own (AVX-512) instead of filling vector lanes.
    var hasMaskRegisters: Bool { vectorBytes == 64 }

    /// Elements in one vector register.
    public func lanes(_ precision: Precision) -> Int { vectorBytes / (precision == .float ? 4 : 8) }
}

/// The major version of the LLVM that generates the code.
public let llvmVersion = Int(formulac_llvm_version())

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
