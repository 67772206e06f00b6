import Formulas
import Lanes

/// What besides the formula decides what is compiled.
struct CompilationSettings: Hashable, Sendable {
    let precision: Precision
    /// The variants of a kernel; none for the formula as it is.
    var variants: Set<KernelVariant> = []
    var gradientsOfParameters = false
    let options: KernelOptions

    /// All of it as text.
    var cacheKey: String {
        let names = variants.map(\.rawValue).sorted().joined(separator: ",")
        return "\(precision) \(names)\(gradientsOfParameters ? " parameters" : "") \(options.cacheKey)"
    }
}

/// What a compiled function or kernel depends on: the key of the caches.
struct KernelRequest: Hashable, Sendable {
    /// The graph; names and parameter values are not looked at, as code does not depend on them.
    let nodes: [Node]
    let outputs: [NodeID]
    let variableCount: Int
    let parameterCount: Int
    let settings: CompilationSettings

    init(_ formula: Formula, _ settings: CompilationSettings) {
        nodes = formula.nodes
        outputs = formula.outputs
        variableCount = formula.variables.count
        parameterCount = formula.parameters.count
        self.settings = settings
    }

    /// The key of the stored object: the digest of all of this and of the program that compiles it.
    ///
    /// - Parameter build: what tells one build of the compiler from another.
    func digest(build: String) -> String {
        var text = "\(Release.version) \(build) llvm \(llvmVersion) \(settings.cacheKey)\n"
        for node in nodes {
            switch node {
            case .constant(let constant): text += "c\(String(constant.value.bitPattern, radix: 16))"
            case .variable(let index): text += "v\(index)"
            case .parameter(let index): text += "p\(index)"
            case .unary(let operation, let a): text += "\(operation.rawValue) \(a.index)"
            case .binary(let operation, let a, let b): text += "\(operation.rawValue) \(a.index) \(b.index)"
            case .ternary(let operation, let a, let b, let c): text += "\(operation.rawValue) \(a.index) \(b.index) \(c.index)"
            }
            text += "\n"
        }
        text += "\(variableCount) \(parameterCount) " + outputs.map { "\($0.index)" }.joined(separator: " ")
        return Digest.sha256(Array(text.utf8))
    }
}
