import Formulas
import Kernels

/// How a program's values are judged beside the targets.
public enum ScoreLoss: String, CaseIterable, Hashable, Sendable {
    /// The log-loss of the value's sigmoid as the probability of the positive class, probabilities kept 1e-15 away from 0
    /// and 1, as gplearn's classifier has it.
    case logLoss
    /// The mean of squared differences.
    case squaredError

    /// What stands beside a program's value for a label: for the log-loss the sign that makes their product large where the
    /// program is wrong, −1 for the positive class (label 1) and 1 for the rest.
    func target(_ label: Float) -> Float {
        switch self {
        case .logLoss: 1 - 2 * label
        case .squaredError: label
        }
    }

    /// The sum of the losses of some rows, as text over the values `s0`, `s1`, … and targets `t0`, `t1`, ….
    ///
    /// With z = s·t a row's log-loss is log(1 + e^z) = max(z, 0) + log(1 + e^-|z|). The second terms of several rows are one
    /// logarithm of a product, which is at most 2 to the power of their number.
    func terms(rows: Int) -> String {
        let indices = 0..<rows
        switch self {
        case .logLoss:
            let products = indices.map { "let z\($0) = s\($0)*t\($0);" }.joined(separator: " ")
            let hinges = indices.map { "min(max(z\($0), 0), \(Self.largestLogLoss))" }
            let factors = indices.map { "(1 + exp(-abs(z\($0))))" }
            return "\(products) (\(Self.balanced(hinges, "+"))) + log(\(Self.balanced(factors, "*")))"
        case .squaredError:
            let differences = indices.map { "let d\($0) = s\($0) - t\($0);" }.joined(separator: " ")
            return "\(differences) \(Self.balanced(indices.map { "d\($0)*d\($0)" }, "+"))"
        }
    }

    /// The log-loss of a certain mistake: −log(1e-15).
    public static let largestLogLoss = 34.538776394910684

    /// Rows that one element of the compiled sum takes.
    private static let rowsTogether = 8

    /// The derivative of a row's loss by the value `s0`.
    var slope: String {
        switch self {
        case .logLoss: "t0*sigmoid(s0*t0)"
        case .squaredError: "2*(s0 - t0)"
        }
    }

    /// The second derivative of a row's loss by the value `s0`, which is never negative.
    var curvature: String {
        switch self {
        case .logLoss: "logistic_density(s0) + 0*t0"
        case .squaredError: "2 + 0*s0 + 0*t0"
        }
    }

    /// The sum over rows, compiled.
    func rowSum(
        _ precision: Precision, cache: KernelCache, options: KernelOptions
    ) throws(KernelError) -> RowSum {
        try RowSum(
            inputCount: 2, rowsTogether: Self.rowsTogether, precision: precision, cache: cache, options: options
        ) { rows throws(KernelError) in
            try Self.formula(terms(rows: rows), rows: rows)
        }
    }

    /// Reads a text of this file over the values and targets of some rows.
    static func formula(_ text: String, rows: Int) throws(KernelError) -> Formula {
        let names = (0..<rows).map { "s\($0)" } + (0..<rows).map { "t\($0)" }
        do {
            return try Formula(parsing: text, options: ParsingOptions(names: .declared(names)))
        } catch {
            throw .codeGenerationFailed("the loss cannot be read: \(error)")
        }
    }

    /// Terms joined as a tree of the least depth, whose operations do not wait for one another.
    private static func balanced(_ terms: [String], _ sign: String) -> String {
        guard terms.count > 1 else { return terms[0] }
        let middle = terms.count / 2
        let (left, right) = (Array(terms[..<middle]), Array(terms[middle...]))
        return "(\(balanced(left, sign)) \(sign) \(balanced(right, sign)))"
    }
}
