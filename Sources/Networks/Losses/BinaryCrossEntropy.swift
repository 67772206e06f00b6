import Formulas

/// Binary cross-entropy of a logit, as formulas.
///
/// With s = 1 for label 0 and −1 for label 1, the loss is softplus(s·logit) and its derivative s·sigmoid(s·logit): both
/// keep all digits however large the logit is.
enum BinaryCrossEntropy {
    /// From weighted inputs and labels to the loss, the mean loss's derivative, and 1 where the label is hit.
    /// Parameters: the bias, and one over the number of examples.
    static func formula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["sum", "label"], parameters: ["bias", "weight"])
        try composer.define("logit", as: "sum + bias")
        try composer.define("side", as: "1 - 2*label")
        try composer.define("loss", as: "softplus(side*logit)")
        try composer.define("gradient", as: "weight*side*sigmoid(side*logit)")
        try composer.define("hit", as: "side*logit < 0")
        return composer.formula(outputs: ["loss", "gradient", "hit"])
    }

    /// From weighted inputs to the logit and the probability of the positive class. Parameter: the bias.
    static func probabilityFormula() throws(TrainingError) -> Formula {
        var composer = FormulaComposer(variables: ["sum"], parameters: ["bias"])
        try composer.define("logit", as: "sum + bias")
        try composer.define("probability", as: "sigmoid(logit)")
        return composer.formula(outputs: ["logit", "probability"])
    }
}
