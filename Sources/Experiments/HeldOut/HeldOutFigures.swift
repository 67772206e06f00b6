import Discovery
import Foundation
import Networks

/// How a formula that was found does on rows that no search read.
public struct HeldOutFigures: Hashable, Sendable, Codable {
    /// How many rows there are.
    public let rows: Int
    /// The mean log-loss of the value's sigmoid, clipped as the search's is; `nil` for a regression.
    public let logLoss: Double?
    /// The area under the receiver operating characteristic of the value; `nil` for a regression.
    public let areaUnderROC: Double?
    /// The share of labels that are hit where a value above 0 stands for the positive class; `nil` for a regression.
    public let accuracy: Double?
    /// The mean of squared differences to labels of mean 0 and deviation 1; `nil` for classes.
    public let meanSquaredError: Double?
    /// R², the share of the labels' variance that is explained; `nil` for classes.
    public let explainedVariance: Double?

    /// Judges values by labels.
    init(scores: [Float], labels: [Float], loss: ScoreLoss) {
        rows = labels.count
        switch loss {
        case .logLoss:
            logLoss = Self.logLoss(scores, labels)
            areaUnderROC = BinaryMetrics.areaUnderROC(scores: scores, labels: labels)
            accuracy = BinaryMetrics.accuracy(scores: scores, labels: labels, threshold: 0)
            (meanSquaredError, explainedVariance) = (nil, nil)
        case .squaredError:
            meanSquaredError = RegressionMetrics.meanSquaredError(predictions: scores, targets: labels)
            explainedVariance = RegressionMetrics.explainedVariance(predictions: scores, targets: labels)
            (logLoss, areaUnderROC, accuracy) = (nil, nil, nil)
        }
    }

    private static func logLoss(_ scores: [Float], _ labels: [Float]) -> Double {
        let sum = zip(scores, labels).reduce(0.0) { sum, pair in
            let wrong = pair.1 == 1 ? -Double(pair.0) : Double(pair.0)
            // max(NaN, 0) is 0 in Swift, but a value that is none is no good one.
            guard !wrong.isNaN else { return .nan }
            return sum + min(max(wrong, 0), ScoreLoss.largestLogLoss) + log1p(exp(-abs(wrong)))
        }
        return sum / Double(labels.count)
    }
}

/// How the formulas of several classes, each found against the rest, do together: the class is that of the largest value.
public struct JointFigures: Hashable, Sendable, Codable {
    /// How many rows there are that none of the searches read.
    public let rows: Int
    /// The share of rows whose class has the largest value, the first of equal ones counting.
    public let accuracy: Double
    /// The share of the commonest class: what saying the same for each row would hit.
    public let commonestShare: Double

    /// Judges the classes' values.
    ///
    /// - Parameters:
    ///   - scores: each class's values at the same rows.
    ///   - labels: for each class whether a row is of it, 1 or 0.
    /// - Returns: `nil` without rows.
    public init?(scores: [[Float]], labels: [[Float]]) {
        guard let count = labels.first?.count, count > 0, scores.count == labels.count,
            (scores + labels).allSatisfy({ $0.count == count })
        else { return nil }
        rows = count
        let classes = scores.indices
        var values: [Float] = []
        values.reserveCapacity(count * classes.count)
        for row in 0..<count {
            // What is no number is never the largest one.
            for index in classes { values.append(scores[index][row].isNaN ? -.infinity : scores[index][row]) }
        }
        let targets = (0..<count).map { row in Float(classes.first { labels[$0][row] == 1 } ?? -1) }
        accuracy = MulticlassMetrics.accuracy(scores: values, classCount: classes.count, targets: targets)
        commonestShare = (labels.map { $0.reduce(0) { $0 + Double($1) } }.max() ?? 0) / Double(count)
    }
}
