import Discovery

/// What the variables of a formula that was found stand for.
struct DiscoveryInputs {
    /// A column of the table, brought to mean 0 and deviation 1.
    struct Column: Encodable {
        /// What formulas call it; `nil` for the label.
        let variable: String?
        let column: String
        let mean: Double
        let deviation: Double
    }

    let inputs: [Column]
    /// The label, where it is brought to mean 0 and deviation 1 too: for a regression.
    let label: Column?

    init(_ evaluator: PopulationEvaluator, problem: SearchProblem) {
        let data = evaluator.data
        inputs = data.featureNames.indices.map { index in
            Column(
                variable: evaluator.primitives.variableNames[index], column: data.featureNames[index],
                mean: data.standardization.means[index], deviation: data.standardization.deviations[index])
        }
        label = problem.labelScaling.map {
            Column(variable: nil, column: problem.name, mean: $0.mean, deviation: $0.deviation)
        }
    }

    /// The same for readers of the table.
    var words: String {
        let names = inputs.count == 1 ? "X0 is the column" : "X0 to X\(inputs.count - 1) are the columns"
        let labelled = label.map { ", and so is the label \($0.column)" } ?? ""
        return "\(names) \(Self.list(inputs.map(\.column))), brought to mean 0 and deviation 1\(labelled)"
    }

    private static func list(_ names: [String]) -> String {
        names.count <= 4 ? names.joined(separator: ", ") : "\(names[0]), \(names[1]), … \(names[names.count - 1])"
    }
}
