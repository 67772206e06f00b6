import Grammar

/// Whose spelling a text follows. `Grammar/Dialects` says what each one's names mean.
public enum Dialect: String, CaseIterable, Hashable, Sendable {
    /// The language as `Grammar/Formula.ebnf` and `Grammar/Functions.formula` define it.
    case formulac
    /// gplearn's programs: prefix form with protected functions, `sub(cos(X25), div(X0, 0.5))`.
    case gplearn
    /// PySR's equations, with logarithms and roots that are NaN outside their domains.
    case pysr
    /// The infix form that Operon and pyoperon print, with variables from `X1`.
    case operon
    /// What `str()` gives for an expression of SymPy.
    case sympy

    /// The number of the variable that the first column of data stands for: 0 in `X0`, 1 in `X1`.
    public var firstVariableNumber: Int { (try? loadedLibrary.get())?.firstVariableNumber ?? 0 }

    /// The dialect's functions, read once.
    var loadedLibrary: Result<FunctionLibrary, FormulaError> {
        switch self {
        case .formulac: FunctionLibrary.loadedPrelude
        case .gplearn: Self.gplearnLibrary
        case .pysr: Self.pysrLibrary
        case .operon: Self.operonLibrary
        case .sympy: Self.sympyLibrary
        }
    }

    private static let gplearnLibrary = load(Grammar.gplearn)
    private static let pysrLibrary = load(Grammar.pysr)
    private static let operonLibrary = load(Grammar.operon)
    private static let sympyLibrary = load(Grammar.sympy)

    private static func load(_ text: String) -> Result<FunctionLibrary, FormulaError> {
        Result { () throws(FormulaError) in try FunctionLibrary.loadedPrelude.get().extended(by: text) }
    }
}

extension FunctionLibrary {
    /// Reads the lines of a dialect that begin with `@`, and leaves the text with these lines empty.
    ///
    ///     @first-variable 1              the number of the first variable
    ///     @sign & and                    another spelling of a sign or keyword
    ///     @conditions ^ not_equal        what a sign means between two conditions
    ///     @pairs Piecewise               a function of (value, condition) pairs, the first true one counting
    ///     @unsupported gamma REASON      a function that is known and not offered
    mutating func takeDirectives(from text: String) throws(FormulaError) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var offset = 0
        for (index, line) in lines.enumerated() {
            let place = offset..<offset + line.utf8.count
            offset = place.upperBound + 1
            guard line.first == "@" else { continue }
            let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true).map(String.init)
            if words.count == 2, words[0] == "@first-variable", let number = Int(words[1]) {
                firstVariableNumber = number
            } else if words.count == 3, words[0] == "@sign", let symbol = Symbol(rawValue: words[2]) {
                extraSigns.append((Array(words[1].utf8), symbol))
            } else if words.count == 3, words[0] == "@conditions", let symbol = Symbol(rawValue: words[1]),
                let operation = Operator(rawValue: words[2])
            {
                conditionOperators[symbol] = operation
            } else if words.count == 2, words[0] == "@pairs" {
                pairFunctions.insert(words[1])
            } else if words.count == 3, words[0] == "@unsupported" {
                unsupported[words[1]] = words[2]
            } else {
                throw FormulaError(
                    .expectedDefinition, "this line of a dialect cannot be read",
                    remedy: "Write @first-variable NUMBER, @sign SPELLING SIGN, @conditions SIGN OPERATOR, @pairs NAME or "
                        + "@unsupported NAME REASON.",
                    at: place, of: SourceText(text))
            }
            lines[index] = ""
        }
        return lines.joined(separator: "\n")
    }
}
