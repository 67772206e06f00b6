import ArgumentParser
import Datasets
import Foundation
import Formulas
import Kernels
import Lanes
import Synchronization

extension Precision: ExpressibleByArgument {}
extension Dialect: ExpressibleByArgument {}
extension MathMode: ExpressibleByArgument {}

/// `NAME=VALUE` on the command line, where the value may be any constant formula: `a=0.25`, `x=pi/2`.
struct Assignment {
    let name: String
    let formula: Formula

    /// Reads an assignment; `nil` for what is none.
    ///
    /// - Throws: `ValidationError` for a number that no type holds: that is no matter of how it is written.
    init?(argument: String) throws(ValidationError) {
        let parts = argument.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        name = parts[0].trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty else { return nil }
        do throws(FormulaError) {
            formula = try Formula(parsing: String(parts[1]))
        } catch {
            guard error.kind == .numberOutOfRange else { return nil }
            throw ValidationError("'\(argument)': \(error.message). \(error.remedy ?? "")")
        }
        guard formula.variables.isEmpty else { return nil }
    }

    @Sendable
    static func parse(_ text: String) throws -> Assignment {
        guard let assignment = try Assignment(argument: text) else {
            throw ValidationError("a name and a number or constant formula are wanted, such as a=0.25 or a=pi/2")
        }
        return assignment
    }
}

/// The options that say how formula text is read. Every command that takes a formula has them.
struct FormulaOptions: ParsableArguments {
    @Option(help: "The type that the formula is evaluated in.")
    var type: Precision = .float

    @Option(help: "How the formula is spelled.")
    var dialect: Dialect = .formulac

    @Option(
        name: .customLong("param"),
        help: ArgumentHelp("Declares a parameter and its value; may be repeated.", valueName: "name=value"),
        transform: Assignment.parse)
    var parameters: [Assignment] = []

    @Option(
        help: ArgumentHelp("Declares variables besides x, x0, x1, …", valueName: "name,name"),
        transform: NameList.parse)
    var variables: [String] = []

    @Flag(help: "Maps every variable to the one input x.")
    var collapse = false

    @Flag(help: "Also applies rewrites that may change domain or rounding.")
    var relaxed = false

    @Option(help: "How accurate elementary functions are: within 2 ULP, or within 8 and faster.")
    var math: MathMode = .accurate

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The longest text that is accepted, in bytes; \(ParsingLimits().textBytes) if left out.", valueName: "bytes"),
        transform: Number.count)
    var limitBytes = ParsingLimits().textBytes

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The most nodes that a formula may have; \(ParsingLimits().nodes) if left out.", valueName: "count"),
        transform: Number.count)
    var limitNodes = ParsingLimits().nodes

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The deepest nesting that is accepted; \(ParsingLimits().depth) if left out.", valueName: "levels"),
        transform: Number.count)
    var limitDepth = ParsingLimits().depth

    func validate() throws {
        if let name = parameters.map(\.name).firstRepeated {
            throw ValidationError("--param \(name) is given twice: keep one")
        }
        try requireParameters(thatAreNoVariables: { FreeNames.isConventional($0) || variables.contains($0) })
    }

    /// What `simplified` is to do under these options.
    var simplification: SimplificationOptions { SimplificationOptions(precision: type, relaxed: relaxed) }

    /// How large a formula may be under these options.
    var limits: ParsingLimits { ParsingLimits(textBytes: limitBytes, nodes: limitNodes, depth: limitDepth) }

    /// How kernels are compiled under these options.
    var kernel: KernelOptions { KernelOptions(relaxed: relaxed, math: math) }

    /// Reads a formula that has all parameters which are declared: the text itself, or standard input for `-`.
    ///
    /// - Parameter declared: names that are variables besides those of `--variables`, such as the columns of a table.
    func formula(_ argument: String, declaring declared: [String] = []) throws -> Formula {
        let formula = try parse(argument, declaring: declared)
        try requireNames(in: [formula])
        return formula
    }

    /// Reads a formula, one of several, of which another may have the parameters that it has not.
    func parse(_ argument: String, declaring declared: [String] = []) throws -> Formula {
        let text = try self.text(argument)
        let options = parsing(declaring: declared)
        try requireParameters(thatAreNoVariables: declared.contains)
        let formula: Formula
        do { formula = try Formula(parsing: text, options: options) } catch { throw error.onCommandLine }
        LostNumbers.note(in: [formula] + parameters.map(\.formula), type)
        return formula
    }

    /// Refuses parameters with the names of variables, which they would hide.
    private func requireParameters(thatAreNoVariables isVariable: (String) -> Bool) throws {
        guard let name = parameters.map(\.name).first(where: isVariable) else { return }
        throw ValidationError(
            "--param \(name): \(name) is a variable; give the parameter another name, or write its value in the formula")
    }

    /// Refuses parameters that none of the formulas has, and variables that could only stand in backticks and do not: their
    /// names may be mistyped.
    func requireNames(in formulas: [Formula]) throws {
        // Collapsed formulas do not tell which variables they had.
        let variablesUsed = Set(formulas.flatMap(\.variables))
        if !collapse, let odd = variables.first(where: { !variablesUsed.contains($0) && !NameList.isPlain($0) }) {
            throw ValidationError(
                "--variables '\(odd)' is no name that stands by itself, nor does it stand in backticks in a formula; correct it")
        }
        let used = Set(formulas.flatMap { $0.parameters.map(\.name) })
        guard let unused = parameters.map(\.name).first(where: { !used.contains($0) }) else { return }
        throw ValidationError(
            "--param \(unused): \(formulas.count == 1 ? "the formula does not use it" : "no formula uses it"); leave it out, or correct its name"
        )
    }

    /// A formula's text: the argument itself, or standard input for `-`.
    ///
    /// Of the input as much is read as a formula may be long, and a byte, of which the parser says that it is too many.
    func text(_ argument: String) throws -> String {
        guard argument == "-" else { return argument }
        return try Self.standardInput.withLock { known in
            if let known { return known }
            let text = String(decoding: try WholeFile.standardInput(limit: limitBytes), as: UTF8.self)
            known = text
            return text
        }
    }

    /// Standard input, which can be read only once.
    private static let standardInput = Mutex<String?>(nil)

    /// How text is read under these options.
    func parsing(declaring declared: [String] = []) -> ParsingOptions {
        var options = ParsingOptions()
        options.dialect = dialect
        options.parameters = parameters.map { Parameter(name: $0.name, value: ConstantFormula.value($0.formula)) }
        options.names = .declared(variables + declared)
        options.limits = limits
        options.collapse = collapse
        return options
    }
}
