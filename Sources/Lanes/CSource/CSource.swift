import Formulas

/// Why an export cannot be written.
public enum CSourceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The export's name cannot begin C names.
    case invalidName(String)
    /// The export's name is a word of C or C++, or one that declarations or common headers use.
    case reservedName(String)
    /// A program is malformed: a fault of the compiler, never of its input.
    case malformed(LaneVerificationError)

    /// The reason in one line.
    public var description: String {
        switch self {
        case .invalidName(let name): "'\(name)' is not a C identifier; use letters, digits and '_', a letter first"
        case .reservedName(let name):
            "'\(name)' is a word of C or C++, or taken by their headers or by the exported functions; choose another name"
        case .malformed(let error): "the lane program is malformed: \(error)"
        }
    }
}

/// Lane programs as a C99 header and source file that need no library but `fma`.
///
/// Each instruction becomes one C statement of the same meaning, so the compiled functions give the bits that
/// `LaneInterpreter` and the compiled kernels give, whatever the optimisation level. Two functions are public for each
/// routine: one of a single element, one of arrays, which compilers vectorise.
public struct CSource: Sendable {
    /// What the public names and the files' names begin with.
    public let name: String
    /// What is exported.
    public let routines: [ExportRoutine]
    /// Text for a comment at the head of both files.
    private let banner: [String]
    /// What stands around the routines.
    private let driver: CDriver?
    /// The source file without its banner and the inclusion of its header.
    private let code: String

    /// Writes routines as C.
    ///
    /// - Parameters:
    ///   - name: a C identifier.
    ///   - banner: lines for the comment at the head of both files; anything may stand in them.
    ///   - driver: code that calls the routines and is public in their place.
    public init(
        name: String, routines: [ExportRoutine], banner: [String], driver: CDriver? = nil
    ) throws(CSourceError) {
        try CIdentifier.check(name)
        for routine in routines {
            do { try routine.program.verify() } catch { throw .malformed(error) }
        }
        self.name = name
        self.routines = routines
        self.banner = banner
        self.driver = driver
        var writer = CSourceWriter(names: CNames(prefix: name), driver: driver)
        for routine in routines { writer.append(routine) }
        code = writer.text
    }

    /// The text of the source file, `NAME.c`.
    public var source: String {
        Self.comment(banner + [""] + Self.compilation) + "#include \"\(name).h\"\n\n" + code
    }

    /// Header and source file in one, for where a single text is wanted.
    public var singleFile: String { header + "\n" + Self.comment(Self.compilation) + code }

    /// The text of the header, `NAME.h`.
    public var header: String {
        let guardName = "FORMULAC_\(name.uppercased())_H"
        var text =
            Self.comment(banner + [""] + (driver?.conventions ?? Self.conventions))
            + "#ifndef \(guardName)\n#define \(guardName)\n\n"
        text += "#include <stddef.h>\n\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n"
        if let driver { text += "\n" + driver.declarations }
        for routine in driver == nil ? routines : [] {
            let inputs = (routine.inputs + routine.parameters).joined(separator: ", ")
            let description = "\(routine.variant) of (\(inputs)): \(routine.results.joined(separator: ", "))"
            text += "\n" + Self.comment([description]) + routine.declaration(in: name, arguments: routine.arguments) + ";\n"
            text += routine.arrayDeclaration(in: name) + ";\n"
        }
        return text + "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n"
    }

    private static let conventions = [
        "Functions of one element take the inputs, then the parameters. They return a single result and write",
        "several to `results`, in the order given.",
        "",
        "Functions of arrays (…_array) take `count` elements of each input: inputs[k][i] is input k of element i, and",
        "outputs[k][i] receives its result k. `parameters` points to one number for each parameter and is not read when",
        "there is none. An output array may be the same as an input array; apart from that no output may overlap another",
        "array. No alignment is asked beyond the type's own. All functions may be called from any thread.",
        "",
        "Results hold bit for bit (payloads and signs of NaN excepted), in the default rounding mode and with subnormal",
        "numbers on.",
    ]

    private static let compilation = [
        "The results are the same at every optimisation level. Link with -lm where the machine has no fused multiply-add",
        "instruction; to use the instruction, and vectors, compile with -O3 and for instance -march=native.",
    ]

    /// A C comment of some lines, safe from text that would end it.
    static func comment(_ lines: [String]) -> String {
        let safe = lines.map { line in
            var text = ""
            for scalar in line.unicodeScalars {
                // No character may end the comment, open another, or join lines.
                if text.last == "*" && scalar == "/" || text.last == "/" && scalar == "*" || scalar == "/" && text.last == "?" {
                    text += " "
                }
                text.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7f ? " " : scalar)
            }
            while text.last == "\\" || text.last == " " { text.removeLast() }
            return text
        }
        if safe.count == 1 { return "/* \(safe[0]) */\n" }
        return "/*\n" + safe.map { $0.isEmpty ? " *\n" : " * \($0)\n" }.joined() + " */\n"
    }
}
