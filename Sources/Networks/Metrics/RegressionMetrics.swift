/// How near predictions are to numbers.
public enum RegressionMetrics {
    /// The mean of squared differences.
    public static func meanSquaredError(predictions: [Float], targets: [Float]) -> Double {
        let total = zip(predictions, targets).reduce(0) { sum, pair in
            let difference = Double(pair.0) - Double(pair.1)
            return sum + difference * difference
        }
        return total / Double(targets.count)
    }

    /// R²: 1 for perfect predictions, 0 for those no better than the mean. NaN where all targets are equal.
    public static func explainedVariance(predictions: [Float], targets: [Float]) -> Double {
        let mean = targets.reduce(0) { $0 + Double($1) } / Double(targets.count)
        let variance = targets.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(targets.count)
        return variance > 0 ? 1 - meanSquaredError(predictions: predictions, targets: targets) / variance : .nan
    }
}
