import Formulas

/// The element-wise work of a hidden layer as formulas, one kernel each.
///
/// A layer's sums z go through y = kept · f(scale · z + shift): BatchNorm or bias, activation, dropout. Scale and shift
/// are the same for all examples of a unit, so a kernel runs once for each unit.
enum LayerFormulas {
    /// In training: from z (and a random number) to y, to the slope kept · f′ that the way back needs, and to kept · ∂f/∂p
    /// for each trained parameter p. All share their subexpressions.
    static func training(_ activation: Activation, hasDropout: Bool) throws(TrainingError) -> Formula {
        var composer = FormulaComposer(
            variables: hasDropout ? ["z", "random"] : ["z"],
            parameters: affineNames + (hasDropout ? dropoutNames : []) + activationNames(activation))
        try composer.define("input", as: "scale*z + shift")
        let formula = activation.formula
        let trained = activation.trainedParameters.compactMap { name in
            formula.parameters.firstIndex { $0.name == name }.map(FormulaInput.parameter)
        }
        let derivatives = formula.valueAndGradient(withRespectTo: [.variable(0)] + trained)
        let results = ["value", "slope"] + activation.trainedParameters.map { slopePrefix + $0 }
        composer.define(results, as: derivatives, renaming: activationInput)
        if hasDropout {
            for result in results {
                try composer.define(result, as: "where(random < threshold, 0, factor*\(result))")
            }
        }
        return composer.formula(outputs: results).simplified()
    }

    /// In evaluation: from z to y, nothing left out.
    static func evaluation(_ activation: Activation) throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["z"], parameters: affineNames + activationNames(activation))
        try composer.define("input", as: "scale*z + shift")
        composer.define(["value"], as: activation.formula, renaming: activationInput)
        return composer.formula(outputs: ["value"]).simplified()
    }

    /// Scale and shift alone, for an activation that is not compiled here.
    static func affine() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["z"], parameters: affineNames)
        try composer.define("input", as: "scale*z + shift")
        return composer.formula(outputs: ["input"])
    }

    /// Dropout alone.
    static func mask() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["value", "random"], parameters: dropoutNames)
        try composer.define("value", as: "where(random < threshold, 0, factor*value)")
        return composer.formula(outputs: ["value"])
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
    private static let slopePrefix = "slope_by_"

    private static func activationInput(_ name: String, isParameter: Bool) -> String { isParameter ? prefix + name : "input" }
}
