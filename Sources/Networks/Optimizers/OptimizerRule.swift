import Formulas

/// What an optimiser does to one number, as formulas: from the number, what is remembered of it, and its gradient, to the
/// number and memory that follow. Each operation stands where PyTorch has it, so that the roundings are PyTorch's.
struct OptimizerRule: Sendable {
    /// What is remembered of each number; 0 at first. At most two things.
    let memory: [String]
    /// What all numbers share in a step, in the order in which the kernel takes it.
    let parameters: [String]
    /// Names and what they become, one after the other.
    let steps: [(name: String, text: String)]

    /// The update as one formula.
    func formula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["value"] + memory + ["gradient"], parameters: parameters)
        for step in steps { try composer.define(step.name, as: step.text) }
        return composer.formula(outputs: ["value"] + memory)
    }

    private static let adamMemory = ["mean", "square"]
    private static let adamParameters = [
        "gradient_scale", "decay", "first_rest", "second_decay", "second_rest", "step", "square_correction", "epsilon",
    ]
    private static let adamSteps = [
        ("mean", "mean + (gradient - mean)*first_rest"),
        ("square", "square*second_decay + gradient*gradient*second_rest"),
        ("value", "value - step*(mean/(sqrt(square)/square_correction + epsilon))"),
    ]

    /// The rule of a method.
    static func rule(_ method: OptimizerConfiguration.Method) -> OptimizerRule {
        switch method {
        case .adam:
            OptimizerRule(
                memory: adamMemory, parameters: adamParameters,
                steps: [("gradient", "gradient*gradient_scale + decay*value")] + adamSteps)
        case .adamW:
            OptimizerRule(
                memory: adamMemory, parameters: adamParameters,
                steps: [("gradient", "gradient*gradient_scale"), ("value", "value*decay")] + adamSteps)
        case .sgd:
            OptimizerRule(
                memory: ["velocity"], parameters: ["gradient_scale", "decay", "momentum", "step"],
                steps: [
                    ("gradient", "gradient*gradient_scale + decay*value"), ("velocity", "velocity*momentum + gradient"),
                    ("value", "value - step*velocity"),
                ])
        }
    }
}
