/// Where the time of one compilation went.
public struct CompilationTimings: Hashable, Sendable {
    /// Simplifying, differentiating and expanding the formula into lane programs.
    public var expansion = Duration.zero
    /// Building LLVM's representation from lane programs.
    public var emission = Duration.zero
    /// LLVM's code generation, from that to an object file in memory.
    public var codeGeneration = Duration.zero
    /// Bringing the object file's code into the process.
    public var linking = Duration.zero

    /// All of it.
    public var total: Duration { expansion + emission + codeGeneration + linking }

    /// Nothing yet.
    public init() {}

    /// The result of `body`, with the time it took added to one of the parts.
    mutating func measure<Result>(
        _ part: WritableKeyPath<CompilationTimings, Duration>, _ body: () throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        defer { self[keyPath: part] += clock.now - start }
        return try body()
    }
}
