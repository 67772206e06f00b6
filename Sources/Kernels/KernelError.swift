import Lanes

/// Why no kernel came of a formula, or why a call to one was refused.
public enum KernelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The lane program is malformed: a fault of the compiler.
    case malformedProgram(LaneVerificationError)
    /// A kernel needs a program of the precision that its `Value` has.
    case wrongPrecision(String)
    /// The installed LLVM cannot generate code for the target.
    case targetUnavailable(triple: String, reason: String)
    /// The lane program is longer than what is compiled in bounded time.
    case programTooLong(instructions: Int, limit: Int)
    /// A vector width that is not a power of two from 1 to 64.
    case unsupportedWidth(Int)
    /// LLVM refused the module.
    case codeGenerationFailed(String)
    /// The machine code could not be brought into this process.
    case linkingFailed(String)
    /// A kernel needs a formula of one output.
    case severalOutputs(Int)
    /// The kernel was compiled without this variant.
    case variantMissing(KernelVariant)
    /// A name that is no C identifier, or stands twice in one module.
    case unusableName(String)
    /// No program was found that links shared libraries.
    case linkerMissing(tried: [String])
    /// A call gave another number of input arrays, parameters or output arrays than the kernel takes.
    case wrongArgumentCount(what: String, expected: Int, given: Int)
    /// The arrays of one call differ in length.
    case lengthsDiffer(expected: Int, given: Int)

    /// What happened and what to do about it.
    public var description: String {
        switch self {
        case .malformedProgram(let error): "the lane program is malformed (a fault of the compiler): \(error)"
        case .wrongPrecision(let precision): "the program computes in \(precision), which is not the kernel's type"
        case .targetUnavailable(let triple, let reason): "cannot generate code for \(triple): \(reason)"
        case .programTooLong(let instructions, let limit):
            "the formula takes \(instructions) operations; the limit of what is compiled is \(limit). Simplify or split it; the "
                + "interpreter has no such limit"
        case .unsupportedWidth(let width): "a vector width of \(width) is not a power of two from 1 to 64"
        case .codeGenerationFailed(let reason): "code generation failed: \(reason)"
        case .linkingFailed(let reason): "linking the machine code failed: \(reason)"
        case .severalOutputs(let count): "a kernel needs a formula of one output; this one has \(count)"
        case .variantMissing(let variant): "the kernel was compiled without its \(variant.rawValue) variant"
        case .unusableName(let name): "`\(name)` cannot name a function: it is no C identifier, or is taken already"
        case .linkerMissing(let tried):
            "no program to link shared libraries was found (tried \(tried.joined(separator: ", "))): install a C compiler, "
                + "for example with `apt-get install gcc`, or name one in the environment variable CC"
        case .wrongArgumentCount(let what, let expected, let given): "expected \(expected) \(what), not \(given)"
        case .lengthsDiffer(let expected, let given):
            "arrays of one call must be equally long: expected \(expected) elements, found \(given)"
        }
    }
}
