import Lanes

/// How a compiled function is called.
struct FunctionShape: Hashable {
    /// How many input arrays a call takes.
    let inputCount: Int
    /// How many parameters a call takes.
    let parameterCount: Int
    /// How many output arrays a call takes.
    let outputCount: Int
    /// Elements that one pass of the loop handles.
    let width: Int

    init(inputCount: Int, parameterCount: Int, outputCount: Int, width: Int) {
        self.inputCount = inputCount
        self.parameterCount = parameterCount
        self.outputCount = outputCount
        self.width = width
    }

    init(_ program: LaneProgram, options: KernelOptions) throws(KernelError) {
        self.init(
            inputCount: program.streamCount, parameterCount: program.uniformCount, outputCount: program.outputs.count,
            width: try options.resolvedWidth(program))
    }
}
