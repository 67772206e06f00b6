import Formulas

/// One lane program to be exported, with the names that its users see.
public struct ExportRoutine: Hashable, Sendable {
    /// What is computed, as the middle of the symbols: `forward`, `value_and_gradient`, ….
    public let variant: String
    /// The code.
    public let program: LaneProgram
    /// The names of the inputs that vary from element to element, `program.streamCount` of them.
    public let inputs: [String]
    /// The names of the inputs that all elements share, `program.uniformCount` of them.
    public let parameters: [String]
    /// What each result is, such as `d/dx`, one for each of the program's outputs.
    public let results: [String]

    /// Describes a routine.
    public init(variant: String, program: LaneProgram, inputs: [String], parameters: [String], results: [String]) {
        self.variant = variant
        self.program = program
        self.inputs = inputs
        self.parameters = parameters
        self.results = results
    }

    /// The name of the function of one element, for an export with a name.
    public func symbol(in name: String) -> String { "\(name)_\(variant)_\(CType(program.precision).suffix)" }

    /// The name of the function of many elements, for an export with a name.
    public func arraySymbol(in name: String) -> String { symbol(in: name) + "_array" }

    /// Names for the arguments of the function of one element.
    var arguments: [String] { CIdentifier.arguments(inputs + parameters) }

    var type: CType { CType(program.precision) }

    /// Whether the function of one element returns its result; with several results it writes them instead.
    var returnsResult: Bool { results.count == 1 }

    /// The declaration of the function of one element, without the semicolon.
    ///
    /// - Parameter arguments: the names of inputs and parameters.
    func declaration(in name: String, arguments: [String]) -> String {
        var list = arguments.map { "\(type.number) \($0)" }
        if !returnsResult { list.append("\(type.number) *results") }
        let result = returnsResult ? type.number : "void"
        return "\(result) \(symbol(in: name))(\(list.isEmpty ? "void" : list.joined(separator: ", ")))"
    }

    /// The declaration of the function of many elements, without the semicolon.
    func arrayDeclaration(in name: String) -> String {
        let number = type.number
        return "void \(arraySymbol(in: name))(size_t count, const \(number) *const *inputs, const \(number) *parameters, "
            + "\(number) *const *outputs)"
    }
}
