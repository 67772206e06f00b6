/// The language as data: the files of this folder, embedded at build time.
public enum Grammar {
    /// The syntax, in EBNF.
    public static var syntax: String { String(decoding: PackageResources.Formula_ebnf, as: UTF8.self) }
    /// The prelude: functions written in the language itself, and the derivative of each primitive.
    public static var functions: String { String(decoding: PackageResources.Functions_formula, as: UTF8.self) }
    /// The rewrite rules of the simplifier.
    public static var rewrites: String { String(decoding: PackageResources.Rewrites_rules, as: UTF8.self) }
}
