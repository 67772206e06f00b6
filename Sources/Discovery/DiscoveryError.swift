import Datasets
import Formulas
import Kernels

/// Why a search could not be made or run.
public enum DiscoveryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A name that is no function of one to three operands.
    case unknownFunction(String)
    /// A setting outside of what makes sense.
    case setting(name: String, value: String, allowed: String)
    /// The data do not suit the search.
    case data(DatasetError)
    /// A formula to start from cannot be expressed by the functions of the search.
    case inexpressible(formula: String, operation: String, functions: [String])
    /// A formula to start from has a variable that the search has not.
    case noSuchVariable(formula: String, name: String, variables: [String])
    /// A formula to start from cannot serve as an activation; how it looks with its constants rounded, where that changes it.
    case unusable(formula: String, rounded: String?, reasons: [String])
    /// A kernel could not be compiled.
    case kernel(KernelError)
    /// A checkpoint that belongs to another search, or is damaged.
    case checkpoint(file: String, reason: String)

    public var description: String {
        switch self {
        case .unknownFunction(let name):
            "`\(name)` is no function of one to three operands; `formulac functions` lists those of the language"
        case .setting(let name, let value, let allowed): "\(name) must be \(allowed), not \(value)"
        case .data(let error): error.description
        case .inexpressible(let formula, let operation, let functions):
            "\(formula) cannot start the search: its \(operation) is not among the search's functions. Write the formula with "
                + "these: \(functions.joined(separator: ", "))"
        case .noSuchVariable(let formula, let name, let variables):
            "\(formula) cannot start the search: there is no variable \(name); there "
                + (variables.count == 1 ? "is only \(variables[0])" : "are \(Self.list(variables))")
        case .unusable(let formula, let rounded, let reasons):
            "\(formula) cannot start the search: as an activation"
                + (rounded.map { ", its constants rounded to two digits after the point as \($0)," } ?? "")
                + " it cannot serve (\(reasons.joined(separator: "; "))). Leave it out, or start from another"
        case .kernel(let error): error.description
        case .checkpoint(let file, let reason):
            "\(file): \(reason). Give the options that the checkpoint was made with, or another file"
        }
    }

    private static func list(_ variables: [String]) -> String {
        guard variables.count > 4, let first = variables.first, let last = variables.last else {
            return variables.joined(separator: ", ")
        }
        return "\(first) to \(last)"
    }
}
