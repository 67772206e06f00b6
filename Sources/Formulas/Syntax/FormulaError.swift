/// A text that is not a formula: where, why, and what to do about it.
///
/// `description` holds everything: the place, the line with a caret under it, and the remedy.
public struct FormulaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, for programs; `message` says it for people.
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        // Limits
        case textTooLong, tooManyNodes, tooDeep, tooMuchExpansion
        // Words
        case invalidCharacter, malformedNumber, numberOutOfRange, unterminatedName
        // Sentences
        case emptyFormula, missingResult, expectedOperand, expectedOperator, expectedDefinition, unclosedBracket,
            unmatchedBracket, unexpectedComma, chainedComparison, implicitMultiplication, misplacedNot,
            incompleteConditional, assignment, textAfterResult
        // Meaning
        case unknownName, unknownFunction, notAFunction, missingArguments, wrongArgumentCount, unsupportedFunction,
            recursion, usedBeforeDefinition, duplicateDefinition, reservedName, expectedPairs
        // Collapse
        case constantAfterCollapse
    }

    /// What is wrong.
    public let kind: Kind
    /// What is wrong, in a sentence without place or remedy.
    public let message: String
    /// What to write instead, if anything can be said.
    public private(set) var remedy: String?
    /// The line of the place, counted from 1.
    public let line: Int
    /// The column of the place in characters, counted from 1.
    public let column: Int
    /// The place as an offset into the text's UTF-8 bytes; the text's length when it ends too early.
    public let offset: Int
    /// The offending line (cut around the place when it is long) and below it a line with a caret.
    public let excerpt: String

    init(_ kind: Kind, _ message: String, remedy: String? = nil, at place: Range<Int>, of source: SourceText) {
        self.kind = kind
        self.message = message
        self.remedy = remedy
        (line, column) = source.location(of: place.lowerBound)
        offset = place.lowerBound
        excerpt = source.excerpt(at: place)
    }

    /// The same error with another remedy, in the words of whoever reports it.
    public func advising(_ remedy: String) -> FormulaError {
        var error = self
        error.remedy = remedy
        return error
    }

    public var description: String {
        "line \(line), column \(column): \(message)\n\(excerpt)" + (remedy.map { "\n\($0)" } ?? "")
    }
}
