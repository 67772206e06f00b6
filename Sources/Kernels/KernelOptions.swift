import Formulas
import Lanes

/// How kernels are compiled.
public struct KernelOptions: Hashable, Sendable {
    /// The machine to compile for. Only the host's code can run in this process.
    public var target: KernelTarget
    /// Lanes side by side in one pass of the loop: a power of two from 1 to 64, or `nil` for what suits the program.
    /// The results do not depend on it.
    public var width: Int?
    /// Whether formulas may be simplified by rules that change domain or rounding.
    public var relaxed: Bool
    /// How accurately elementary functions are computed.
    public var math: MathMode

    /// Options for the host unless told otherwise.
    public init(target: KernelTarget = .host, width: Int? = nil, relaxed: Bool = false, math: MathMode = .accurate) {
        self.math = math
        self.relaxed = relaxed
        self.target = target
        self.width = width
    }

    /// All of the options as text, for the keys of stored objects.
    var cacheKey: String {
        "\(target.triple) \(target.processor) \(target.features) \(width.map(String.init) ?? "any") \(relaxed) \(math.rawValue)"
    }

    /// The width to emit a program with.
    func resolvedWidth(_ program: LaneProgram) throws(KernelError) -> Int {
        var width = width ?? target.lanes(program.precision) * copies(program)
        guard (1...64).contains(width), width & (width - 1) == 0 else { throw .unsupportedWidth(width) }
        // The remainder of a call takes a vector on the stack for each array.
        let bytes = (program.streamCount + program.outputs.count) * (program.precision == .float ? 4 : 8)
        while width > 1, width * bytes > Self.remainderStackLimit { width /= 2 }
        return width
    }

    /// Registers' worth of lanes side by side. A short loop has registers to spare, and handling more in one pass saves its
    /// overhead and gives the processor work that need not wait; in the loops of a long program it overlaps iterations by
    /// itself, and LLVM's time counts.
    private func copies(_ program: LaneProgram) -> Int {
        program.instructions.count { $0.operation != .number } > (target.hasMaskRegisters ? 100 : 16) ? 1 : 2
    }

    /// Stack space that the remainder of a call may take, far below what threads are given.
    private static let remainderStackLimit = 64 * 1024
}
