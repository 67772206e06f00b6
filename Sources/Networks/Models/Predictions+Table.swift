import Datasets

extension Predictions {
    /// The predictions as columns:
    /// - binary: `probability` of the positive class, and `class`, 1 where it is above a half, else 0;
    /// - multi-class: `class`, the likeliest label, and `probability_LABEL` for each;
    /// - regression: `prediction`, in the label's unit.
    public func table(_ target: TargetEncoding) -> Table<Float>? {
        let rows = labels.indices
        switch target.kind {
        case .binary:
            return Table(columnNames: ["probability", "class"], values: rows.flatMap { [values[$0], labels[$0]] })
        case .classes(let classes):
            return Table(
                columnNames: ["class"] + classes.map { "probability_\($0.shortestText)" },
                values: rows.flatMap { [labels[$0]] + values[$0 * outputCount..<($0 + 1) * outputCount] })
        case .number: return Table(columnNames: ["prediction"], values: values)
        }
    }
}
