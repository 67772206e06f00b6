/// The language as data: the files of this folder, embedded at build time.
public enum Grammar {
    /// The syntax, in EBNF.
    public static var syntax: String { text(PackageResources.Formula_ebnf) }
    /// The prelude: functions written in the language itself.
    public static var functions: String { functionFile.definitions }
    /// The derivative of each primitive: the lines of `Functions.formula` from the first `d name(…) = …` and its comment on.
    public static var derivatives: String { functionFile.derivatives }
    /// Activations that the search found, in the language itself.
    public static var discovered: String { text(PackageResources.Discovered_formula) }
    /// The rewrite rules of the simplifier.
    public static var rewrites: String { text(PackageResources.Rewrites_rules) }

    /// How gplearn spells its programs.
    public static var gplearn: String { text(PackageResources.gplearn_dialect) }
    /// How PySR spells its equations.
    public static var pysr: String { text(PackageResources.pysr_dialect) }
    /// How Operon and pyoperon spell their models.
    public static var operon: String { text(PackageResources.operon_dialect) }
    /// How SymPy spells expressions.
    public static var sympy: String { text(PackageResources.sympy_dialect) }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static let functionFile: (definitions: String, derivatives: String) = {
        let lines = text(PackageResources.Functions_formula).split(separator: "\n", omittingEmptySubsequences: false)
        var start = lines.firstIndex { $0.hasPrefix("d ") } ?? lines.endIndex
        // The first derivative's own comment belongs to it.
        while start > 0, start < lines.endIndex, lines[start - 1].hasPrefix("#") { start -= 1 }
        return (lines[..<start].joined(separator: "\n"), lines[start...].joined(separator: "\n"))
    }()
}
