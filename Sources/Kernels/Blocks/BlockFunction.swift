import Formulas
import Lanes

/// A compiled function without parameters, of either type, as block programs call it.
public struct BlockFunction: Sendable {
    /// The type of the numbers.
    public let precision: Precision
    /// How many arrays it reads.
    public let inputCount: Int
    /// How many arrays it writes.
    public let outputCount: Int
    /// To be called only while the function lives.
    let pointer: KernelFunction
    /// Keeps the machine code in memory.
    private let function: any Sendable

    /// Wraps a function.
    ///
    /// - Throws: `KernelError.wrongArgumentCount` for a function that takes parameters.
    public init<Value: LaneFloat>(_ function: CompiledFunction<Value>) throws(KernelError) {
        guard function.parameterCount == 0 else {
            throw .wrongArgumentCount(what: "parameters", expected: 0, given: function.parameterCount)
        }
        precision = Value.precision
        inputCount = function.inputCount
        outputCount = function.outputCount
        pointer = function.pointer
        self.function = function
    }

    /// Compiles a formula as it is, or takes its function from a cache.
    public init(
        _ formula: Formula, precision: Precision, cache: KernelCache, options: KernelOptions
    ) throws(KernelError) {
        switch precision {
        case .float: try self.init(cache.function(formula, as: Float.self, options: options))
        case .double: try self.init(cache.function(formula, as: Double.self, options: options))
        }
    }
}
