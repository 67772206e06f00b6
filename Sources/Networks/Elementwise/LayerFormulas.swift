import Formulas

/// The element-wise work of a hidden layer as formulas, one kernel each.
///
/// A layer's sums z go through y = kept · f(scale · z + shift): BatchNorm or bias, activation, dropout. Scale and shift
/// are the same for all examples of a unit, so a kernel runs once for each unit.
enum LayerFormulas {
    /// In training: from z (and a random number) to y, and to the slope kept · f′ that the way back needs. Value and slope
    /// share their subexpressions.
    static func training(_ activation: Activation, hasDropout: Bool) throws(TrainingError) -> Formula {
        var composer = FormulaComposer(
            variables: hasDropout ? ["z", "random"] : ["z"],
            parameters: affineNames + (hasDropout ? dropoutNames : []) + activationNames(activation))
        try composer.define("input", as: "scale*z + shift")
        let valueAndSlope = activation.formula.valueAndGradient(withRespectTo: [.variable(0)])
        composer.define(["value", "slope"], as: valueAndSlope, renaming: activationInput)
        if hasDropout {
            try composer.define("value", as: "where(random < threshold, 0, factor*value)")
            try composer.define("slope", as: "where(random < threshold, 0, factor*slope)")
        }
        return composer.formula(outputs: ["value", "slope"]).simplified()
    }

    /// In evaluation: from z to y, nothing left out.
    static func evaluation(_ activation: Activation) throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["z"], parameters: affineNames + activationNames(activation))
        try composer.define("input", as: "scale*z + shift")
        composer.define(["value"], as: activation.formula, renaming: activationInput)
        return composer.formula(outputs: ["value"]).simplified()
    }

    /// On the way back: from the loss's derivative by y, the slope and z to that by z, through BatchNorm's mean and
    /// variance (S. Ioffe, C. Szegedy, "Batch normalization", 2015, section 3):
    /// scale · (g − mean(g) − (z − mean(z)) · projection), g = gradient · slope,
    /// projection = mean(g · (z − mean(z))) / (variance + ε). Without BatchNorm, scale is 1 and the rest 0.
    static func backward() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(
            variables: ["gradient", "slope", "z"], parameters: ["scale", "gradient_mean", "mean", "projection"])
        try composer.define(
            "result", as: "scale*(gradient*slope - gradient_mean - (z - mean)*projection)")
        return composer.formula(outputs: ["result"])
    }

    private static let affineNames = ["scale", "shift"]
    private static let dropoutNames = ["threshold", "factor"]

    private static func activationNames(_ activation: Activation) -> [String] {
        activation.formula.parameters.map { prefix + $0.name }
    }

    /// An activation's parameters could have any name.
    private static let prefix = "activation_"

    private static func activationInput(_ name: String, isParameter: Bool) -> String { isParameter ? prefix + name : "input" }
}
