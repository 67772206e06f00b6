import Datasets
import Formulas
import Kernels

/// Why a network could not be trained.
public enum TrainingError: Error, Sendable, CustomStringConvertible {
    /// The data cannot be used.
    case data(DatasetError)
    /// The activation's text is no formula.
    case formula(FormulaError)
    /// The activation has not exactly one variable.
    case notOneVariable(formula: String, variables: [String])
    /// Training is to change a parameter that the formula does not have.
    case noSuchParameter(String, formula: String, parameters: [String])
    /// The labels do not fit the task; the reason as a sentence without its stop.
    case labels(String)
    /// A network's numbers do not fit it, or rows do not; the reason as a sentence without its stop.
    case weights(String)
    /// A checkpoint belongs to another training; the reason as a sentence without its stop.
    case checkpoint(String)
    /// No machine code came of a formula.
    case kernel(KernelError)
    /// A setting is out of range.
    case setting(name: String, value: String, allowed: String)
    /// Numbers beyond Float's range, or NaN, came up.
    case diverged(Divergence)
    /// The caller asked to stop.
    case cancelled

    /// Where training came apart.
    public struct Divergence: Hashable, Sendable {
        /// The epoch, from 1.
        public let epoch: Int
        /// The batch within the epoch, from 1; `nil` when the evaluation after the epoch is at fault.
        public let batch: Int?
        /// The first hidden layer, from 1, with an output that is not finite or has exploded; `nil` when only the loss is at
        /// fault.
        public let layer: Int?
        /// The activation of that layer, or of the first one.
        public let formula: String
        /// Where that activation has no finite value; `nil` when none was found.
        public let gap: Gap?

        /// A number for which an activation has no finite value.
        public struct Gap: Hashable, Sendable {
            /// The number.
            public let input: Float
            /// What the activation makes of it, in words: NaN would not equal itself.
            public let output: String
        }
    }

    public var description: String {
        switch self {
        case .data(let error): return error.description
        case .formula(let error): return "\(error)"
        case .notOneVariable(let formula, let variables):
            let found = variables.isEmpty ? "has none" : "has \(variables.count) (\(variables.joined(separator: ", ")))"
            return
                "an activation has one variable, but \"\(formula)\" \(found). Write it with x, or map all variables to x (--collapse)."
        case .noSuchParameter(let name, let formula, let parameters):
            let known = parameters.isEmpty ? "it has none" : "it has \(parameters.joined(separator: ", "))"
            return "the formula \"\(formula)\" has no parameter \"\(name)\" to train; \(known). Declare it (--param \(name)=1)."
        case .labels(let reason), .weights(let reason), .checkpoint(let reason): return "\(reason)."
        case .kernel(let error): return "\(error)"
        case .setting(let name, let value, let allowed): return "\(name) must be \(allowed), not \(value)."
        case .diverged(let divergence):
            let place = divergence.layer.map { "hidden layer \($0)" } ?? "the loss"
            let batch = divergence.batch.map { ", batch \($0)" } ?? ", in the evaluation"
            let cause =
                "training diverged in epoch \(divergence.epoch)\(batch): \(place) is not finite, or larger than 1000000, "
                + "with the activation \"\(divergence.formula)\""
            guard let gap = divergence.gap else {
                return "\(cause). Lower the learning rate, or take a formula that grows more slowly."
            }
            return "\(cause), which is \(gap.output) for x = \(gap.input). Take a formula that has a finite value for every x."
        case .cancelled: return "training was cancelled."
        }
    }
}
