import Formulas

/// A sum over rows of a function of each row, such as a loss: compiled for several rows at a time, whose terms one pass of
/// the machine code adds up, and for single rows at the end of a block.
public struct RowSum: Sendable {
    /// How many numbers of one row the function takes.
    public let inputCount: Int
    /// How many rows one element of the larger function takes.
    public let rowsTogether: Int
    let together: BlockFunction
    let single: BlockFunction

    /// Compiles a sum.
    ///
    /// - Parameters:
    ///   - inputCount: how many numbers of one row the function takes.
    ///   - rowsTogether: how many rows the larger formula takes.
    ///   - terms: the sum of the terms of so many rows as a formula of one output. Its variables are the first input of
    ///     each row, then the second input of each row, and so on; it need not be a plain sum of equal terms.
    public init(
        inputCount: Int, rowsTogether: Int, precision: Precision, cache: KernelCache = KernelCache(),
        options: KernelOptions = KernelOptions(), terms: (_ rows: Int) throws(KernelError) -> Formula
    ) throws(KernelError) {
        self.inputCount = inputCount
        self.rowsTogether = max(1, rowsTogether)
        together = try BlockFunction(terms(self.rowsTogether), precision: precision, cache: cache, options: options)
        single = try BlockFunction(terms(1), precision: precision, cache: cache, options: options)
        for (function, rows) in [(together, self.rowsTogether), (single, 1)] {
            guard function.inputCount == inputCount * rows else {
                throw .wrongArgumentCount(what: "inputs", expected: inputCount * rows, given: function.inputCount)
            }
            guard function.outputCount == 1 else { throw .severalOutputs(function.outputCount) }
        }
    }
}
