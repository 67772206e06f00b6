import Foundation

@testable import Experiments

/// Made-up results for tests of what is made of them.
enum ResultSamples {
    /// A model with the same figures but for one: the accuracies given, one a seed from 42 on.
    static func model(_ name: String, on set: ExperimentSet = .forestCover, accuracies: [Double]) -> ModelResult {
        ModelResult(
            set: set, model: name, title: name.capitalized, activation: name.hasPrefix("light-t") ? "x*cos(x)" : "relu(x)",
            parameterCount: 1_000,
            runs: accuracies.enumerated().map { index, accuracy in
                ModelRun(
                    seed: 42 + UInt64(index), accuracy: accuracy, areaUnderROC: accuracy + 0.0625,
                    parameterEfficiency: (accuracy + 0.0625) / 3, losses: [0.75, 0.5, 0.375])
            })
    }

    static func result(seedCount: Int, _ models: [ModelResult]) -> ReproductionResult {
        var result = ReproductionResult(seeds: (0..<seedCount).map { 42 + UInt64($0) })
        result.models = models
        result.rowCounts = ["forest-cover": 100]
        result.formulas = [
            FoundFormula(
                set: .forestCover, best: "sub(X1, X2)", defects: ["constant after collapse: x - x"],
                program: "mul(X1, cos(X2))", loss: 0.5, activation: "x*cos(x)")
        ]
        result.isComplete = true
        return result
    }
}
