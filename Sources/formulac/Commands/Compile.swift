import ArgumentParser
import Datasets
import Foundation
import Formulas
import Kernels
import Lanes

/// `formulac compile`: a formula's kernels as LLVM IR, assembly, object file, shared library or C, and how long they took.
struct Compile: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compiles a formula and reports how long it took, or writes its kernels to a file.",
        discussion: """
            Without --emit the kernels are compiled in memory, --repeat times, and the times are reported: the first \
            includes the compiler's own start, the others are warm.

            Functions emitted as ir, asm or object are named NAME_forward, NAME_gradient, NAME_backward and \
            NAME_value_and_gradient and share the signature
              void f(size_t count, const T *const *inputs, const T *parameters, T *const *outputs);
            A shared library and C have the functions that `formulac export` gives, of both types whatever --type says: those \
            of arrays are named NAME_forward_f32_array, those of one element NAME_forward_f32, and so on.

            Examples:
              formulac compile "x*cos(x)"
              formulac compile "x*cos(x)" --variant forward --emit asm
              formulac compile "silu(x)" --emit shared -o libsilu.so --name silu
              formulac compile "silu(x)" --emit c --variant forward
            """)

    @Argument(help: "The formula, or - for standard input.", transform: LeadingMinus.trimmed)
    var formula: String

    @OptionGroup var options: FormulaOptions

    @Option(help: "What to write.")
    var emit: EmissionForm?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where to write it, a shared library to a name with .so or .dylib; standard output if left out.", valueName: "file"))
    var output: String?

    @Option(help: "What the emitted functions' names begin with.")
    var name = "formula"

    @Option(
        name: .customLong("variant"),
        help: ArgumentHelp(
            "A variant to compile; may be repeated.",
            discussion: "Default: all four in a shared library and C, otherwise forward and value-and-gradient."))
    var wantedVariants: [KernelVariant] = []

    @Option(
        name: .customLong("repeat"), parsing: .unconditional, help: "How often to compile for the report; 5 if left out.",
        transform: Number.count)
    var repetitions: Int?

    @Flag(help: "Prints the report as JSON.")
    var json = false

    func validate() throws {
        if emit == nil, output != nil { throw ValidationError("-o wants --emit \(EmissionForm.names) as well") }
        if emit?.isText == false, output == nil { throw ValidationError("--emit \(emit?.rawValue ?? "") wants -o FILE") }
        if emit == .shared, let output { try OutputName.checkLibrary(output) }
        if emit != nil {
            try IdleOption.refuse(
                [("--json", json), ("--repeat", repetitions != nil)], "is of the report on compile times: leave out --emit")
        }
    }

    func run() throws {
        switch options.type {
        case .float: try run(as: Float.self)
        case .double: try run(as: Double.self)
        }
    }

    private func run<Value: LaneFloat>(as type: Value.Type) throws {
        let parsed = try options.formula(formula)
        if let emit {
            try write(parsed, as: type, form: emit)
        } else {
            try report(parsed, as: type)
        }
    }

    /// The variants of kernels.
    private var variants: [KernelVariant] { wantedVariants.isEmpty ? [.forward, .valueAndGradient] : wantedVariants }

    private func write<Value: LaneFloat>(_ parsed: Formula, as type: Value.Type, form: EmissionForm) throws {
        let bytes: [UInt8]
        switch form {
        case .ir: bytes = try kernels(parsed, as: type).emit(.ir)
        case .asm: bytes = try kernels(parsed, as: type).emit(.assembly)
        case .object: bytes = try kernels(parsed, as: type).emit(.object)
        case .c: bytes = Array(try export(parsed).cSource(namesManifest: false).singleFile.utf8)
        case .shared:
            var module = KernelModule(options: options.kernel)
            try module.add(try export(parsed))
            bytes = try module.emit(.shared)
        }
        if let output {
            let file = try AtomicFile(path: output, compressed: false)
            try file.write(bytes)
            try file.commit()
        } else {
            Console.result(bytes: bytes)
        }
    }

    private func kernels<Value: LaneFloat>(_ parsed: Formula, as type: Value.Type) throws -> KernelModule {
        var module = KernelModule(options: options.kernel)
        let programs = Kernel<Value>.programs(parsed, variants: Set(variants), options: options.kernel)
        for (variant, program) in programs { try module.add(program, name: "\(name)_\(variant.symbolSuffix)") }
        return module
    }

    private func export(_ parsed: Formula) throws -> FormulaExport {
        var wanted = FormulaExport.Options(name: name, version: Formulac.version)
        wanted.relaxed = options.relaxed
        wanted.math = options.math
        wanted.text = formula == "-" ? nil : formula
        if !wantedVariants.isEmpty {
            wanted.variants = wanted.variants.filter { variant in
                wantedVariants.contains { $0.symbolSuffix == variant.rawValue }
            }
        }
        return try FormulaExport(parsed, options: wanted)
    }

    private func report<Value: LaneFloat>(_ parsed: Formula, as type: Value.Type) throws {
        var milliseconds: [Double] = []
        var timings = CompilationTimings()
        for _ in 0..<(repetitions ?? 5) {
            let clock = ContinuousClock()
            let start = clock.now
            // Parsing is part of the way from text to function pointers.
            let again = formula == "-" ? parsed : try options.formula(formula)
            let kernel = try Kernel<Value>(again, variants: Set(variants), options: options.kernel)
            milliseconds.append((clock.now - start).milliseconds)
            timings = kernel.timings
        }
        try CompileReport(
            formula: parsed.text, nodes: parsed.nodes.count, type: options.type.rawValue,
            variants: variants.map(\.rawValue), milliseconds: milliseconds, timings: timings
        ).print(json: json)
    }
}

/// What `compile --emit` writes.
enum EmissionForm: String, CaseIterable, ExpressibleByArgument {
    case ir, asm, object, shared, c

    /// Whether it can be shown on a terminal.
    var isText: Bool { self != .object && self != .shared }

    /// The forms as the command line names them.
    static var names: String { allCases.map(\.rawValue).joined(separator: "|") }
}

extension KernelVariant: ExpressibleByArgument {}

/// How long compiling took.
private struct CompileReport: Encodable {
    let formula: String
    let nodes: Int
    let type: String
    let variants: [String]
    let first: Double
    let warm: Double?
    let parts: [String: Double]

    init(
        formula: String, nodes: Int, type: String, variants: [String], milliseconds: [Double], timings: CompilationTimings
    ) {
        self.formula = formula
        self.nodes = nodes
        self.type = type
        self.variants = variants
        first = milliseconds[0]
        let later = milliseconds.dropFirst().sorted()
        warm = later.isEmpty ? nil : later[later.count / 2]
        parts = [
            "expansion": timings.expansion.milliseconds, "emission": timings.emission.milliseconds,
            "code generation": timings.codeGeneration.milliseconds, "linking": timings.linking.milliseconds,
        ]
    }

    func print(json: Bool) throws {
        if json { return try Console.json(self) }
        Console.result("\(variants.joined(separator: " and ")) in \(type), \(nodes.counted("node"))")
        Console.result("first   \(first.formatted(digits: 2)) ms, with the compiler's own start")
        if let warm { Console.result("warm    \(warm.formatted(digits: 2)) ms (median)") }
        for (part, time) in parts.sorted(by: { $0.key < $1.key }) {
            Console.result("  of the last: \(part) \(time.formatted(digits: 2)) ms")
        }
    }
}
