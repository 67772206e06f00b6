import Accuracy
import Formulas

/// Makes random formulas out of the rules of `Formula.ebnf`.
public struct SyntaxSentenceGenerator {
    let grammar: SyntaxGrammar
    /// Where chance comes from; may be used for other choices too.
    public var random: SplitMix64

    private var words: [String] = []
    /// How many more rules may be nested before the shortest way out is taken.
    private var budget = 0
    private var newNames = 0
    /// What the text has defined: names, and functions with the least and most arguments.
    private var names: [String] = []
    private var functions: [(name: String, least: Int, most: Int)] = []
    /// The parameters of the function being defined, which its defaults must not use.
    private var pendingParameters: [String] = []
    private var pendingFunction: (name: String, least: Int, most: Int)?

    /// A generator of sentences of a grammar, the same ones for the same seed.
    public init(_ grammar: SyntaxGrammar, seed: UInt64) {
        self.grammar = grammar
        random = SplitMix64(seed: seed)
    }

    /// The words of one formula.
    public mutating func sentence() throws -> [String] {
        words = []
        names = []
        functions = Self.known
        newNames = 0
        budget = Int.random(in: 12...40, using: &random)
        try expand(.rule("formula"), isWord: false)
        return words
    }

    /// The words with blanks and comments where they may or must stand.
    public mutating func text(of words: [String]) -> String {
        var text = ""
        var depth = 0
        for word in words {
            let glued = text.last.map { Self.isWordCharacter($0) && Self.isWordCharacter(word.first ?? " ") } ?? false
            let blank = Int.random(in: 0..<24, using: &random)
            switch blank {
            case 0 where depth > 0: text += "\n  "
            case 1 where depth > 0: text += " # a comment (\n"
            case 2: text += "\t "
            case 3..<12: text += " "
            default: if glued { text += " " }
            }
            text += word
            if word == "(" { depth += 1 }
            if word == ")" { depth -= 1 }
        }
        return text
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "_.`".contains(character)
    }

    private static let known: [(name: String, least: Int, most: Int)] =
        // `not` is an operator in front of its operand and no call.
        Operator.allCases.filter { $0 != .not }.map { operation in
            let isRepeatable = [.add, .multiply, .minimum, .maximum, .and, .or].contains(operation)
            return (operation.rawValue, operation.arity, isRepeatable ? .max : operation.arity)
        }
        + FunctionLibrary.prelude.functions.map { function in
            (
                function.name, function.parameters.filter { !$0.contains("=") }.count,
                function.isVariadic ? .max : function.parameters.count
            )
        }

    private mutating func expand(_ part: SyntaxGrammar.Part, isWord: Bool) throws {
        switch part {
        case .literal(let text): append(text, isWord: isWord)
        case .special(let text): append(try resolve(text), isWord: isWord)
        case .sequence(let parts): for part in parts { try expand(part, isWord: isWord) }
        case .optional(let part):
            if isWithinBudget, Bool.random(using: &random) { try expand(part, isWord: isWord) }
        case .repeated(let part):
            while isWithinBudget, Int.random(in: 0..<3, using: &random) == 0 { try expand(part, isWord: isWord) }
        case .choice(let parts):
            let shortest = parts.compactMap { grammar.height(of: $0) }.min()
            let allowed = isWithinBudget ? parts : parts.filter { grammar.height(of: $0) == shortest }
            try expand(allowed.randomElement(using: &random) ?? parts[0], isWord: isWord)
        case .rule(let name): try expandRule(name, isWord: isWord)
        }
    }

    private var isWithinBudget: Bool { budget > 0 && words.count < 120 }

    private mutating func expandRule(_ name: String, isWord: Bool) throws {
        budget -= 1
        defer { budget += 1 }
        guard let part = grammar.rules[name] else { throw UnknownRule(name: name) }
        if !isWord, grammar.wordRules.contains(name) {
            words.append("")
            return try expand(part, isWord: true)
        }
        let outerNames = names
        try expand(part, isWord: isWord)
        switch name {
        case "value", "parameter": names.append(contentsOf: takePending())
        case "new parameters":
            // What a default holds is counted as a parameter of its own here; the words tell.
            let parameters = takePending()
            let defaults = defaultCount(parameters)
            let isVariadic = words.last == "..."
            pendingFunction = (functionName, parameters.count - defaults, isVariadic ? .max : parameters.count)
            names = outerNames + parameters
        case "function":
            if let function = pendingFunction { functions.append(function) }
            names.removeAll { $0.hasPrefix("p") }
            pendingFunction = nil
        default: break
        }
    }

    struct UnknownRule: Error { let name: String }

    private var functionName: String { words.last { $0.hasPrefix("f_") } ?? "" }

    private func defaultCount(_ parameters: [String]) -> Int {
        zip(words, words.dropFirst()).filter { parameters.contains($0) && $1 == "=" }.count
    }

    private mutating func takePending() -> [String] {
        defer { pendingParameters = [] }
        return pendingParameters
    }

    private mutating func append(_ text: String, isWord: Bool) {
        if isWord { words[words.count - 1] += text } else { words.append(text) }
    }

    private mutating func resolve(_ special: String) throws -> String {
        func callable(_ count: Int) -> [String] { functions.filter { $0.least <= count && count <= $0.most }.map(\.name) }
        switch special {
        case "a function that may take one argument": return callable(1).randomElement(using: &random) ?? "sin"
        case "a function that may take two arguments": return callable(2).randomElement(using: &random) ?? "add"
        case "a function that may take three arguments": return callable(3).randomElement(using: &random) ?? "where"
        case "a function that takes two or more arguments":
            return functions.filter { $0.least == 2 && $0.most == .max }.map(\.name).randomElement(using: &random) ?? "max"
        case "a name that is defined above, or a parameter of the function being defined":
            return names.randomElement(using: &random) ?? "x"
        case "a name that is not defined yet and is no constant":
            newNames += 1
            pendingParameters.append("p\(newNames)")
            return "p\(newNames)"
        case "a name that no function defined above has":
            newNames += 1
            return "f_\(newNames)"
        case "the character U+000A": return "\n"
        default: throw UnknownRule(name: special)
        }
    }
}
