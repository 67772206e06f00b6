import Datasets
import Experiments
import Formulas

/// What an activation search found, as a table or JSON.
struct ActivationSearchReport: Encodable {
    /// One formula.
    struct Entry: Encodable {
        let formula: String
        let latex: String
        /// The last hidden layer's own formula, if it has one.
        let lastFormula: String?
        let lastLatex: String?
        /// Means over splits of the rows that the search saw.
        let validationAccuracy: Double
        let validationAUC: Double

        init(_ candidate: ActivationCandidate) {
            func latex(_ text: String) -> String { (try? Formula(parsing: text))?.latex ?? "" }
            formula = candidate.formula
            self.latex = latex(formula)
            lastFormula = candidate.lastFormula
            lastLatex = lastFormula.map(latex)
            validationAccuracy = candidate.accuracy
            validationAUC = candidate.areaUnderROC
        }
    }

    let data: String
    let seed: UInt64
    /// How many rows the search saw, and how many were set aside for a later test.
    let rows: Int
    let testRows: Int
    let formulas: Int
    let unusablePrograms: Int
    let trainings: Int
    /// Whether the search ended by itself, not by Ctrl-C.
    let isComplete: Bool
    let seconds: Double
    let finalists: [Entry]
    /// Those with a formula for each hidden layer, on the same splits.
    let byLayer: [Entry]
    /// Known activations on the same splits.
    let references: [Entry]

    init(data: String, seed: UInt64, outcome: ActivationSearch.Outcome, seconds: Double) {
        self.data = data
        self.seed = seed
        rows = outcome.rowCount
        testRows = outcome.testRowCount
        formulas = outcome.formulaCount
        unusablePrograms = outcome.unusableCount
        trainings = outcome.trainingCount
        isComplete = outcome.isComplete
        self.seconds = seconds
        finalists = outcome.finalists.map(Entry.init)
        byLayer = outcome.byLayer.map(Entry.init)
        references = outcome.references.map(Entry.init)
    }

    func print(json: Bool) throws {
        if json { return try Console.json(self) }
        var table = TextTable(header: ["activation", "accuracy", "AUC"])
        for entry in byLayer + finalists + references {
            table.append([
                ActivationCandidate.title(entry.formula, last: entry.lastFormula),
                entry.validationAccuracy.formatted(digits: 4), entry.validationAUC.formatted(digits: 4),
            ])
        }
        table.lines.forEach(Console.result)
        Console.result("")
        Console.result(
            "\(formulas.counted("formula")), \(trainings.counted("training")) of the Light network in \(seconds.formatted(digits: 1)) s; "
                + "\(unusablePrograms.counted("program")) could not serve")
        Console.result(
            "figures are for validation rows among the \(rows) that the search saw; it left the \(testRows) test rows of "
                + "seed \(ActivationSearch().testSeed) alone")
    }
}
