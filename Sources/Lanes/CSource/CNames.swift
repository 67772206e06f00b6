import Formulas

/// The names of everything a source file defines. All begin with the export's name, so that several exports can be
/// linked, and even compiled as one file.
struct CNames {
    /// The export's name.
    let prefix: String

    func helper(_ helper: CHelper, _ type: CType) -> String { "\(prefix)_\(helper.rawValue)_\(type.suffix)" }

    func cold(_ function: ColdFunction, _ type: CType) -> String {
        switch function {
        case .trigonometricReduction: "\(prefix)_reduce_by_half_pi_\(type.suffix)"
        }
    }

    func table(_ payload: UInt64, _ type: CType) -> String {
        switch ColdTable(rawValue: payload) {
        case .twoOverPi, nil: "\(prefix)_two_over_pi_\(type.suffix)"
        }
    }
}
