import Grammar

/// A function that is written in the language itself: its text and what it says about itself.
public struct FunctionDefinition: Sendable {
    /// The name by which formulas call it.
    public let name: String
    /// Its parameters as written, with their defaults: `["x", "a = 0.01"]`.
    public let parameters: [String]
    /// Whether more than two arguments may be given, which are then taken from left to right.
    public let isVariadic: Bool
    /// The body as written.
    public let definition: String
    /// What the comment above the definition says: usually the formula and its source.
    public let documentation: String

    /// How a call looks: `leaky_relu(x, a = 0.01)`.
    public var signature: String {
        "\(name)(\((parameters + (isVariadic ? ["..."] : [])).joined(separator: ", ")))"
    }
}

/// The functions and constants that a text may use without defining them.
public struct FunctionLibrary: Sendable {
    /// The functions written in the language, in the order of their files: those of `Grammar/Functions.formula`, then
    /// those of the dialect.
    public internal(set) var functions: [FunctionDefinition] = []
    /// The number of the first variable in this dialect: 0 for `x0`, 1 for `X1`.
    public internal(set) var firstVariableNumber = 0

    var callables: [String: DefinedFunction] = [:]
    var constants: [String: FunctionTemplate] = [:]
    var extraSigns: [(spelling: [UInt8], symbol: Symbol)] = []
    /// What a sign of a dialect means between two conditions, where that is something else.
    var conditionOperators: [Symbol: Operator] = [:]
    /// Functions of a dialect that take pairs of a value and a condition.
    var pairFunctions: Set<String> = []
    /// Functions of a dialect that cannot be offered, and why.
    var unsupported: [String: String] = [:]

    /// The functions that every dialect has.
    public static var prelude: FunctionLibrary { (try? loadedPrelude.get()) ?? FunctionLibrary() }

    /// The activations of `Grammar/Discovered.formula`, which texts cannot call by name. Their definitions use the prelude.
    public static let discovered: [FunctionDefinition] = {
        guard let library = try? prelude.extended(by: Grammar.discovered) else { return [] }
        return Array(library.functions.dropFirst(prelude.functions.count))
    }()

    /// The functions of a dialect: the prelude, with the dialect's own on top.
    public static func library(of dialect: Dialect) throws(FormulaError) -> FunctionLibrary {
        try dialect.loadedLibrary.get()
    }

    static let loadedPrelude = Result { () throws(FormulaError) in
        try FunctionLibrary().extended(by: Grammar.functions)
    }

    /// This library with the definitions of a text on top.
    ///
    /// A definition that uses its own name means the function that the name stood for before.
    func extended(by text: String) throws(FormulaError) -> FunctionLibrary {
        var library = self
        let statements = try library.takeDirectives(from: text)
        var options = ParsingOptions()
        options.names = .declared([])
        var parser = try Parser(SourceText(statements), options: options, library: library, isLibrary: true)
        try parser.parseDefinitions()
        let comments = statements.commentsAboveLines
        for definition in parser.definitions {
            let line = parser.source.location(of: definition.place.lowerBound).line
            library.callables[definition.name] = definition.function
            library.unsupported[definition.name] = nil
            library.functions.removeAll { $0.name == definition.name }
            // Helpers are not offered.
            guard !definition.name.hasPrefix("_") else { continue }
            library.functions.append(definition.described(documentation: comments[line] ?? "", in: parser.source))
        }
        for (name, template) in parser.portableValues() { library.constants[name] = template }
        return library
    }
}

/// A function that calls can build.
struct DefinedFunction: Sendable {
    let parameterCount: Int
    /// What the last parameters are when no arguments are given for them, the last parameter's value last.
    let defaults: [FunctionTemplate]
    let isVariadic: Bool
    let body: FunctionTemplate

    var leastArguments: Int { parameterCount - defaults.count }

    func takes(_ count: Int) -> Bool {
        count >= leastArguments && (count <= parameterCount || isVariadic)
    }
}
