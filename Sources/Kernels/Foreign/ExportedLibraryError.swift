import Formulas

/// Why an exported library could not be checked. Wrong results are no error but what a check reports.
public enum ExportedLibraryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The library could not be opened or called.
    case foreign(ForeignError)
    /// The library holds no manifest, and none stands beside it.
    case manifestMissing(path: String, tried: String)
    /// The manifest cannot be read.
    case manifestMalformed(path: String, reason: String)
    /// The manifest's formula cannot be read.
    case formula(FormulaError)
    /// The manifest's formula and name do not give the functions that it lists.
    case manifestInconsistent(path: String, reason: String)

    /// A function's result is not that of the manifest's formula; the text says where.
    case wrongResult(path: String, String)

    /// What happened and what to do about it.
    public var description: String {
        switch self {
        case .foreign(let error): error.description
        case .manifestMissing(let path, let tried):
            "\(path) has no manifest inside, and there is no \(tried): put the library beside the manifest that was exported "
                + "with it, or name the manifest"
        case .manifestMalformed(let path, let reason): "the manifest of \(path) cannot be read: \(reason)"
        case .formula(let error): "the formula of the manifest cannot be read: \(error.description)"
        case .wrongResult(let path, let difference):
            "\(path) does not compute its manifest's formula: \(difference); `formulac verify \(path)` tells more"
        case .manifestInconsistent(let path, let reason):
            "the manifest of \(path) does not fit together: \(reason); export the formula again"
        }
    }
}
