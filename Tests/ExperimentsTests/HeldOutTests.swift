import Datasets
import Discovery
import Foundation
import Formulas
import Testing

@testable import Experiments

@Suite struct HeldOutTests {
    /// Figures worked out by hand.
    @Test func figures() throws {
        let scores: [Float] = [2, -1, 0.5, -3]
        let figures = HeldOutFigures(scores: scores, labels: [1, 1, 0, 0], loss: .logLoss)
        #expect(figures.rows == 4)
        #expect(figures.accuracy == 0.5)
        #expect(figures.areaUnderROC == 0.75)
        let expected = (log(1 + exp(-2.0)) + log(1 + exp(1.0)) + log(1 + exp(0.5)) + log(1 + exp(-3.0))) / 4
        #expect(abs(try #require(figures.logLoss) - expected) < 1e-12)
        #expect(figures.meanSquaredError == nil && figures.explainedVariance == nil)
        let certain = HeldOutFigures(scores: [.infinity, 1e9], labels: [0, 1], loss: .logLoss)
        #expect(certain.logLoss == ScoreLoss.largestLogLoss / 2)
        #expect(HeldOutFigures(scores: [.nan, 1], labels: [0, 1], loss: .logLoss).logLoss?.isNaN == true)
        let regression = HeldOutFigures(scores: [1, 2, 3], labels: [1, 2, 5], loss: .squaredError)
        #expect(abs(try #require(regression.meanSquaredError) - 4.0 / 3) < 1e-12)
        #expect(abs(try #require(regression.explainedVariance) - (1 - 12.0 / 26)) < 1e-12)
        #expect(regression.accuracy == nil)
    }

    /// The rows are all those that the search did not draw, standardised as its own are.
    @Test func rowsAreThoseLeft() throws {
        // The one feature is the row's number, so that a row is known by its value.
        let labels = (0..<50).map { Float($0 % 2) }
        let table = try #require(Table(columnNames: ["a"], values: (0..<50).map(Float.init)))
        let dataset = try #require(Dataset(source: "numbers", features: table, labelName: "b", labels: labels))
        let problem = try SearchProblem.binary(dataset)
        let drawn = SearchData.rows(of: dataset, fraction: 0.3, seed: 5)
        let data = try SearchData(dataset, rows: drawn, labels: problem.labels, loss: problem.loss)
        let heldOut = try #require(HeldOutRows(dataset, fraction: 0.3, seed: 5, problem: problem, data: data))
        let scores = try heldOut.scores(of: Formula(parsing: "X0"), threads: 2)
        let (mean, deviation) = (data.standardization.means[0], data.standardization.deviations[0])
        let rows = scores.map { Int((Double($0) * deviation + mean).rounded()) }
        #expect(Set(rows).isDisjoint(with: drawn))
        #expect(Set(rows + drawn) == Set(0..<50))
        #expect(rows.count == 35)
        #expect(heldOut.labels == rows.map { labels[$0] })
        let both = try heldOut.figures(of: [Formula(parsing: "X0"), Formula(parsing: "-X0")], threads: 1)
        #expect(both[0] == HeldOutFigures(scores: scores, labels: heldOut.labels, loss: .logLoss))
        #expect(both[1] == HeldOutFigures(scores: scores.map(-), labels: heldOut.labels, loss: .logLoss))
        #expect(HeldOutRows(dataset, fraction: 1, seed: 5, problem: problem, data: data) == nil)
    }

    /// A row's class is that of the largest value; what is no number is never it.
    @Test func jointFigures() throws {
        let scores: [[Float]] = [[1, 0, .nan, 5], [0, 2, -1, 6], [-1, 3, -2, 7]]
        let labels: [[Float]] = [[1, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 1]]
        let joint = try #require(JointFigures(scores: scores, labels: labels))
        #expect(joint.rows == 4)
        // Rows 0, 2 and 3 are hit; the second class's row 1 goes to the third.
        #expect(joint.accuracy == 0.75)
        #expect(joint.commonestShare == 0.5)
        #expect(JointFigures(scores: [[], []], labels: [[], []]) == nil)
        #expect(JointFigures(scores: [[1]], labels: [[1], [0]]) == nil)
    }
}
