import Formulas

/// C code around the array functions of a source file's routines, which are then its own affair and no longer public.
public struct CDriver: Hashable, Sendable {
    /// What users call: declarations with their comments, and macros.
    public var declarations: String
    /// The definitions. They may call the array functions of the routines, and `FORMULAC_FMA_F32` and `FORMULAC_FMA_F64`.
    public var definitions: String
    /// Lines about the declarations, for the comment at the head of the header.
    public var conventions: [String]

    /// Describes a driver.
    public init(declarations: String, definitions: String, conventions: [String]) {
        self.declarations = declarations
        self.definitions = definitions
        self.conventions = conventions
    }

    /// A constant array of numbers that must be finite, as literals, which are exact.
    public static func array(_ values: [Float], named name: String) -> String {
        array(values.map { UInt64($0.bitPattern) }, CType(.float), named: name)
    }

    /// A constant array of numbers that must be finite.
    public static func array(_ values: [Double], named name: String) -> String {
        array(values.map(\.bitPattern), CType(.double), named: name)
    }

    private static func array(_ bits: [UInt64], _ type: CType, named name: String) -> String {
        let literals = bits.map { type.numberLiteral($0) ?? "0" }
        var text = "static const \(type.number) \(name)[\(literals.count)] = {\n"
        for start in stride(from: 0, to: literals.count, by: 6) {
            text += "    " + literals[start..<min(start + 6, literals.count)].joined(separator: ", ") + ",\n"
        }
        return text + "};\n"
    }
}
