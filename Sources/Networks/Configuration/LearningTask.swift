/// What a network learns to tell.
public enum LearningTask: Hashable, Sendable, Codable {
    /// One class from the rest: one output, whose sigmoid is the positive class's probability; binary cross-entropy.
    case binary
    /// Which of several classes: one output for each, whose softmax gives the classes' probabilities; cross-entropy.
    case multiclass(classCount: Int)
    /// A number: one output; the mean of squared errors, as PyTorch's `MSELoss`.
    case regression

    /// How many units the output layer has.
    public var outputCount: Int {
        if case .multiclass(let count) = self { count } else { 1 }
    }

    /// The name that files and options use.
    public var name: String {
        switch self {
        case .binary: "binary"
        case .multiclass: "multiclass"
        case .regression: "regression"
        }
    }

    func validate() throws(TrainingError) {
        guard case .multiclass(let count) = self, !(2...4_096).contains(count) else { return }
        throw .setting(name: "number of classes", value: "\(count)", allowed: "from 2 to 4096")
    }
}
