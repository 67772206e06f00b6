/// How a text is to be read.
public struct ParsingOptions: Hashable, Sendable {
    /// Whose spelling the text follows.
    public var dialect: Dialect
    /// The parameters that the text may name, with their values. A value here takes precedence over one that the
    /// text itself gives with `param a = 0.25;`.
    public var parameters: [Parameter]
    /// The names that may stand for variables.
    public var names: FreeNames
    /// How large a formula may be.
    public var limits: ParsingLimits
    /// Whether every variable becomes the one input `x`, see `Formula.collapsed()`.
    public var collapse: Bool

    /// The options with any of them changed.
    public init(
        dialect: Dialect = .formulac, parameters: [Parameter] = [], names: FreeNames = .conventional,
        limits: ParsingLimits = ParsingLimits(), collapse: Bool = false
    ) {
        self.dialect = dialect
        self.parameters = parameters
        self.names = names
        self.limits = limits
        self.collapse = collapse
    }
}

/// The names that may stand for variables without a definition.
public enum FreeNames: Hashable, Sendable {
    /// `x`, `x0`, `x1`, … and `X0`, `X1`, ….
    case conventional
    /// These, besides the conventional ones. They take precedence over the constants `e` and `pi`.
    case declared([String])
    /// Every name that means nothing else.
    case any

    /// Whether a name is `x`, or `x` or `X` with a number.
    public static func isConventional(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "x") || first == UInt8(ascii: "X") else { return false }
        let number = name.utf8.dropFirst()
        return number.isEmpty ? name == "x" : number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// How large a formula may be. What goes beyond is an error that states the limit.
public struct ParsingLimits: Hashable, Sendable {
    /// The longest text, in UTF-8 bytes.
    public var textBytes: Int
    /// The most nodes that may be built while reading, definitions and their uses included.
    public var nodes: Int
    /// The most operations on top of each other, and the most brackets inside each other.
    public var depth: Int

    /// The limits with any of them changed.
    public init(textBytes: Int = 1 << 20, nodes: Int = 100_000, depth: Int = 10_000) {
        self.textBytes = textBytes
        self.nodes = nodes
        self.depth = depth
    }

    /// The most nodes that calls of defined functions may visit. Calls that differ in little build few new nodes and
    /// still take the time of a whole function each, so that the number of nodes alone would not bound the work.
    var expansion: Int { nodes.multipliedReportingOverflow(by: 100).overflow ? .max : nodes * 100 }
}
