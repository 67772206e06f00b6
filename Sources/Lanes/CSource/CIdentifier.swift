/// Names that C and C++ accept, without the C library's help.
enum CIdentifier {
    /// Whether a text is an identifier that is free for use: ASCII, no keyword, not reserved by the standard.
    static func isUsable(_ name: String) -> Bool { isIdentifier(name) && !reserved.contains(name) }

    /// Lets a name pass that is free for use.
    static func check(_ name: String) throws(CSourceError) {
        guard isIdentifier(name) else { throw .invalidName(name) }
        guard !reserved.contains(name) else { throw .reservedName(name) }
    }

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") }
    }

    /// Usable and distinct names for arguments, as near to the given ones as may be.
    static func arguments(_ names: [String]) -> [String] {
        var taken: Set<String> = []
        return names.enumerated().map { index, name in
            var usable = isUsable(name) ? name : "\(name)_"
            if !isUsable(usable) { usable = "argument\(index)" }
            while !taken.insert(usable).inserted { usable += "_" }
            return usable
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// Keywords of C and C++, names that the declarations use themselves, and macros that common headers or compilers
    /// define in lower case or as one letter.
    private static let reserved: Set<String> = [
        "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
        "char8_t", "char16_t", "char32_t", "class", "co_await", "co_return", "co_yield", "compl", "concept", "const",
        "const_cast", "consteval", "constexpr", "constinit", "continue", "decltype", "default", "delete", "do", "double",
        "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
        "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or",
        "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires", "restrict", "return",
        "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch", "template", "this",
        "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "typeof", "typeof_unqual", "union",
        "unsigned", "using", "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
        "size_t", "count", "inputs", "parameters", "outputs", "results",
        "complex", "imaginary", "linux", "unix", "i386", "arm", "near", "far", "small", "errno", "stdin", "stdout", "stderr",
        "assert", "I", "NULL", "EOF", "INFINITY", "NAN", "HUGE_VAL", "EDOM", "ERANGE", "DOMAIN", "SING", "OVERFLOW",
        "UNDERFLOW", "TRUE", "FALSE", "BUFSIZ",
    ]
}
