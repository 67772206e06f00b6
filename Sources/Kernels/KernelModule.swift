import Formulas
import Lanes

/// Several compiled functions in one file: as LLVM's text, assembly, an object file or a shared library.
public struct KernelModule: Sendable {
    /// What the module is written as.
    public enum Form: String, CaseIterable, Hashable, Sendable {
        /// LLVM's intermediate representation, as text.
        case ir
        /// The target's assembly language, as text.
        case assembly
        /// An object file for the system's linker.
        case object
        /// A shared library.
        case shared
    }

    private var functions: [ModuleCompiler.Function] = []
    private var texts: [(symbol: String, text: String)] = []
    private let options: KernelOptions

    /// An empty module.
    ///
    /// - Parameter options: the target, which may be another machine than this one, and the vector width.
    public init(options: KernelOptions = KernelOptions()) { self.options = options }

    /// The names of the functions, in the order in which they were added.
    public var names: [String] { functions.flatMap { [$0.name] + [$0.elementName].compactMap { $0 } } }

    /// Adds a function with the signature of `KernelFunction`.
    ///
    /// - Parameter elementName: the name of a function of one element besides. It takes the inputs, then the parameters,
    ///   and returns a single result; several it writes to where a last argument points.
    public mutating func add(
        _ program: LaneProgram, name: String, elementName: String? = nil
    ) throws(KernelError) {
        for new in [name] + [elementName].compactMap({ $0 }) {
            guard new.isIdentifier, new != ExportManifest.symbol, !names.contains(new), elementName != name else {
                throw .unusableName(new)
            }
        }
        functions.append(.init(name: name, program: program, elementName: elementName))
    }

    /// Adds the functions of an export, all those that its manifest lists, and the manifest itself, which `ExportedLibrary`
    /// reads. A module can hold one manifest.
    public mutating func add(_ export: FormulaExport) throws(KernelError) {
        guard texts.isEmpty else { throw .unusableName(ExportManifest.symbol) }
        do {
            texts.append((ExportManifest.symbol, try export.manifest.json(pretty: false)))
        } catch {
            throw .codeGenerationFailed("the manifest is no JSON: \(error)")
        }
        for routine in export.routines {
            let name = export.manifest.name
            try add(routine.program, name: routine.arraySymbol(in: name), elementName: routine.symbol(in: name))
        }
    }

    /// The module in one of its forms. It depends on nothing but the C library's `fma`, where the target lacks the
    /// instruction.
    public func emit(_ form: Form) throws(KernelError) -> [UInt8] {
        let compiler = ModuleCompiler(options: options, isSelfContained: true)
        var timings = CompilationTimings()
        switch form {
        case .ir: return try compiler.compile(functions, texts: texts, as: .ir, timings: &timings)
        case .assembly: return try compiler.compile(functions, texts: texts, as: .assembly, timings: &timings)
        case .object: return try compiler.compile(functions, texts: texts, as: .object, timings: &timings)
        case .shared:
            return try SharedLibraryLinker.link(try compiler.compile(functions, texts: texts, as: .object, timings: &timings))
        }
    }
}

extension String {
    /// Whether the text is an identifier of C that its implementation does not keep for itself.
    var isIdentifier: Bool {
        guard let first = utf8.first, first != UInt8(ascii: "_"), !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return false }
        return utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
