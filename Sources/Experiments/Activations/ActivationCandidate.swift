import Discovery
import Formulas
import Networks

/// A formula that has been tried as the Light network's activation, or two, one for each hidden layer.
public struct ActivationCandidate: Hashable, Sendable, Codable {
    /// The formula, of the first hidden layer where the last one has its own.
    public let formula: String
    /// The last hidden layer's own formula, if it has one.
    public private(set) var lastFormula: String?
    /// How many rungs it has climbed, from 1.
    public let rung: Int
    /// The figures on validation rows, means over the last rung's trainings.
    public let accuracy: Double
    /// The area under the receiver operating characteristic there.
    public let areaUnderROC: Double

    /// The formulas for readers, from the input on.
    public var title: String { Self.title(formula, last: lastFormula) }

    /// Formulas of hidden layers for readers, from the input on: one for all, or another one for the last.
    public static func title(_ formula: String, last: String?) -> String { formula + (last.map { ", then \($0)" } ?? "") }

    /// Says how a formula, or two, did.
    init(_ formulas: LayerFormulas, rung: Int, accuracy: Double, areaUnderROC: Double) {
        formula = formulas.first.text
        lastFormula = formulas.last?.text
        self.rung = rung
        self.accuracy = accuracy
        self.areaUnderROC = areaUnderROC
    }

    /// What the search makes small: the mean of the share of wrong labels and of wrongly ordered pairs, the two figures
    /// of the paper's table in equal parts.
    public var loss: Double { ((1 - accuracy) + (1 - areaUnderROC)) / 2 }

    /// A candidate's formula: the program over `x`, simplified, its constants rounded to two digits after the point, so that
    /// a reader can take it in.
    ///
    /// - Returns: `nil` where it cannot serve as an activation.
    static func formula(_ program: Program, _ primitives: PrimitiveSet, criteria: ActivationCriteria) -> Formula? {
        let assessment = ActivationAssessment(readable(program, primitives), criteria: criteria)
        return assessment.isUsable ? assessment.activation : nil
    }

    /// The program over `x`, simplified, its constants rounded to so many digits after the point.
    static func readable(_ program: Program, _ primitives: PrimitiveSet, digits: Int = 2) -> Formula {
        // What relaxed rules change, x - x to 0 for one, only makes another candidate, and a simpler one.
        let simple = program.formula(primitives).simplified(SimplificationOptions(precision: .float, relaxed: true))
        return simple.foldingConstants(digits: digits)
    }
}
