import Formulas
import Lanes

/// Machine code that adds up a formula's outputs over the elements of arrays, good for as long as this object lives.
///
/// Any number of threads may call at once. Sums are taken partly in Float lanes and then in Double, always in the same
/// order for one kind of processor.
public final class CompiledReduction: Sendable {
    /// How many input arrays a call takes.
    public let inputCount: Int
    /// How many parameters a call takes.
    public let parameterCount: Int
    /// How many sums a call gives.
    public let outputCount: Int

    /// Inputs must be readable up to the number of elements rounded up to a multiple of this; what stands there has no
    /// influence.
    public static let padding = ReductionEmitter.padding

    private let code: LoadedCode
    private let address: UInt

    /// Compiles a formula of Float for this machine: variables become inputs, parameters parameters, and each output a sum.
    public init(_ formula: Formula) throws(KernelError) {
        let program = LaneProgram(expanding: formula, precision: .float, math: .accurate)
        var timings = CompilationTimings()
        let name = "sums"
        let object = try ModuleCompiler(options: KernelOptions()).compile(as: .object, timings: &timings) {
            module throws(KernelError) in
            try ReductionEmitter.emit(program, name: name, into: module)
        }
        code = try LoadedCode(ObjectFile(object), target: .host)
        guard let address = code.address(of: name) else { throw .linkingFailed("the object does not hold the reduction") }
        self.address = address
        inputCount = program.streamCount
        parameterCount = program.uniformCount
        outputCount = program.outputs.count
    }

    /// The function itself, to be called only while this object lives: as any other kernel, but that each output is the
    /// address of one Double.
    public var pointer: KernelFunction { unsafeBitCast(address, to: KernelFunction.self) }
}
