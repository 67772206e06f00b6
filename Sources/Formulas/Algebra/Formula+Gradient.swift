extension Formula {
    /// The partial derivatives of output 0 as a formula over the same inputs: one output for each of `inputs`, in their order.
    ///
    /// Derivatives are those of `Grammar/Functions.formula`, finite wherever the true derivative is: branches of `where`
    /// that are not taken have no influence. Apply again for second derivatives.
    public func gradient(withRespectTo inputs: [FormulaInput]) -> Formula {
        var differentiator = Differentiator(self, variables: variables)
        let derivatives = differentiator.derivatives(by: inputs, times: nil)
        return differentiator.formula(outputs: derivatives)
    }

    /// Output 0 and then its partial derivatives, sharing every common subexpression.
    public func valueAndGradient(withRespectTo inputs: [FormulaInput]) -> Formula {
        var differentiator = Differentiator(self, variables: variables)
        let derivatives = differentiator.derivatives(by: inputs, times: nil)
        return differentiator.formula(outputs: [differentiator.value] + derivatives)
    }

    /// The partial derivatives of output 0, each times the derivative that arrives from above.
    ///
    /// - Parameters:
    ///   - inputs: what to differentiate by; one output each, in their order.
    ///   - upstream: the name of the variable that is added after the formula's own and holds the derivative from above.
    ///     Underscores are appended to a name that is taken.
    public func backward(withRespectTo inputs: [FormulaInput], upstream: String = "dy") -> Formula {
        var name = upstream
        while variables.contains(name) || parameters.contains(where: { $0.name == name }) { name += "_" }
        var differentiator = Differentiator(self, variables: variables + [name])
        // Multiplying at the end costs one multiplication an input; as a seed at the result it would take part in more.
        let factor = differentiator.variable(variables.count)
        let derivatives = differentiator.derivatives(by: inputs, times: factor)
        return differentiator.formula(outputs: derivatives)
    }
}
