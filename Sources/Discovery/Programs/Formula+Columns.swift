import Datasets
import Formulas

extension Formula {
    /// A formula that a search found, of features brought to mean 0 and deviation 1, as one of the table's own columns: each
    /// variable is replaced by (column − mean)/deviation.
    ///
    /// - Parameters:
    ///   - data: what the search saw; its features are this formula's variables, in their order.
    ///   - label: how the label was brought to mean 0 and deviation 1, which is undone; `nil` for classes.
    /// - Returns: a formula of the columns that are used.
    public func ofColumns(_ data: SearchData, label: SearchProblem.Scaling?) -> Formula {
        var builder = FormulaBuilder(variables: data.featureNames)
        let scaled = data.featureNames.indices.map { index -> NodeID in
            let column = builder.variable(index)
            let mean = data.standardization.means[index]
            let centred =
                mean < 0
                ? builder.binary(.add, column, builder.constant(-mean))
                : builder.binary(.subtract, column, builder.constant(mean))
            return builder.binary(.divide, centred, builder.constant(data.standardization.deviations[index]))
        }
        var result = builder.insert(contentsOf: self, replacingVariables: scaled)[outputs[0].index]
        if let label {
            let product = builder.binary(.multiply, result, builder.constant(label.deviation))
            result = builder.binary(.add, product, builder.constant(label.mean))
        }
        return builder.formula(outputs: [result]).ofUsedVariables
    }
}
