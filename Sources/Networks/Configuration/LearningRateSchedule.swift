import Foundation

/// How the learning rate goes on from epoch to epoch.
public enum LearningRateSchedule: Hashable, Sendable, Codable {
    /// It stays.
    case constant
    /// It falls along half a cosine, in the last epoch nearly to 0 (PyTorch's `CosineAnnealingLR` with one step an epoch
    /// and `T_max` the number of epochs).
    case cosine
    /// It is multiplied by a factor after every so many epochs (PyTorch's `StepLR`).
    case step(epochs: Int, factor: Double)

    /// The part of the initial learning rate that an epoch has.
    ///
    /// - Parameter epoch: from 1 to `epochCount`.
    public func factor(epoch: Int, epochCount: Int) -> Double {
        switch self {
        case .constant: 1
        case .cosine: (1 + cos(Double.pi * Double(epoch - 1) / Double(epochCount))) / 2
        case .step(let epochs, let factor): pow(factor, Double((epoch - 1) / epochs))
        }
    }

    func validate() throws(TrainingError) {
        guard case .step(let epochs, let factor) = self else { return }
        guard epochs >= 1 else { throw .setting(name: "epochs of a step", value: "\(epochs)", allowed: "at least 1") }
        guard factor > 0, factor <= 1 else {
            throw .setting(name: "factor of a step", value: "\(factor)", allowed: "above 0 and at most 1")
        }
    }
}
