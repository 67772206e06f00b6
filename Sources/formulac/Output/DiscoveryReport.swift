import Datasets
import Discovery
import Experiments
import Formulas

/// What a search found, as a table or JSON.
struct DiscoveryReport: Encodable {
    /// One formula.
    struct Entry: Encodable {
        /// How it does on the rows that the search did not see; `nil` where it saw all.
        @NullIfAbsent private(set) var heldOut: HeldOutFigures?
        /// The loss on the search's rows.
        let loss: Double
        let length: Int
        let depth: Int
        let program: String
        /// Of variables brought to mean 0 and deviation 1, see `DiscoveryReport.inputs`.
        let formula: String
        /// The same over the table's own columns; the label of a regression as it is in the table.
        let columnFormula: String
        let latex: String
        /// The formula with every variable replaced by x.
        @NullIfAbsent private(set) var activation: String?
        let isUsable: Bool
        /// Why it cannot serve as an activation.
        let reasons: [String]
        /// What value and slope of a usable activation cost for one element, as measured.
        @NullIfAbsent private(set) var nanoseconds: Double?

        init(_ found: DiscoveredFormula, heldOut: [Formula: HeldOutFigures], columnFormula: (Formula) -> Formula) {
            self.heldOut = heldOut[found.formula]
            self.columnFormula = columnFormula(found.formula).text
            loss = found.fitness
            length = found.length
            depth = found.depth
            program = found.program
            formula = found.formula.text
            latex = found.formula.latex
            activation = found.assessment.activation?.text
            isUsable = found.assessment.isUsable
            reasons = found.assessment.reasons
            let usable = found.assessment.isUsable ? found.assessment.activation : nil
            nanoseconds = usable.flatMap { try? ActivationCost.nanosecondsPerElement($0) }
        }
    }

    let data: String
    /// The class that stands against the rest, where there are several.
    @NullIfAbsent private(set) var className: String?
    let rows: Int
    let features: Int
    let seed: UInt64
    let generations: Int
    /// Whether the search ended by itself, not by Ctrl-C.
    let isComplete: Bool
    let seconds: Double
    /// Functions of all programs judged, times rows; those of the runs that a checkpoint goes on from are among them.
    let nodeEvaluations: Int
    /// Functions that this run computed, times rows.
    let computedNodeEvaluations: Int
    let workspaceBytes: Int
    let meanLength: Double
    /// What the formulas' variables stand for.
    let inputs: [DiscoveryInputs.Column]
    /// The label, where it is brought to mean 0 and deviation 1 too: for a regression.
    @NullIfAbsent private(set) var label: DiscoveryInputs.Column?
    let best: Entry
    @NullIfAbsent private(set) var bestUsable: Entry?
    let unusable: [Entry]
    let front: [Entry]

    /// All programs with loss, length and depth, as CSV. Not part of the JSON.
    let populationTable: String
    /// `inputs` and `label` for readers of the table.
    private let inputWords: String
    /// Those of `nodeEvaluations` that were taken in `seconds`.
    private let ownEvaluations: Int

    private enum CodingKeys: CodingKey {
        case data, className, rows, features, seed, generations, isComplete, seconds, nodeEvaluations, computedNodeEvaluations
        case workspaceBytes, meanLength, inputs, label, best, bestUsable, unusable, front
    }

    init(
        dataset: Dataset, className: String?, problem: SearchProblem, evaluator: PopulationEvaluator, seed: UInt64,
        found: SearchRun.Found, result: SearchResult, heldOut: [Formula: HeldOutFigures], seconds: Double
    ) {
        let generation = found.generation
        data = dataset.source
        self.className = className
        rows = evaluator.data.rowCount
        features = evaluator.data.featureCount
        self.seed = seed
        generations = generation.number
        isComplete = found.isComplete
        self.seconds = seconds
        ownEvaluations = evaluator.statistics.nodeEvaluations
        nodeEvaluations = found.priorEvaluations + ownEvaluations
        computedNodeEvaluations = evaluator.statistics.computedNodeEvaluations
        workspaceBytes = evaluator.statistics.workspaceBytes
        meanLength = generation.meanLength
        let scaling = DiscoveryInputs(evaluator, problem: problem)
        inputs = scaling.inputs
        label = scaling.label
        inputWords = scaling.words
        func entry(_ found: DiscoveredFormula) -> Entry {
            Entry(found, heldOut: heldOut) { $0.ofColumns(evaluator.data, label: problem.labelScaling) }
        }
        best = entry(result.best)
        bestUsable = result.bestUsable.map(entry)
        unusable = result.unusable.map(entry)
        front = result.front.map(entry)
        populationTable =
            "loss,length,depth,program\n"
            + zip(generation.programs, generation.fitness).map { program, loss in
                "\(loss),\(program.length),\(program.depth),\"\(program.text(evaluator.primitives, digits: nil))\"\n"
            }.joined()
    }

    fileprivate func printTable() {
        if let figures = best.heldOut {
            Console.result("best by loss, on \(figures.rows.counted("row")) held out: \(figures.words)")
        } else {
            Console.result("no row was held out to judge by: the search saw all (--fraction changes that)")
        }
        var table = TextTable(
            header: ["formula", "length"] + (best.heldOut?.columns.map(\.name) ?? []) + ["loss", "ns", "as activation"])
        for entry in front {
            table.append(
                [entry.formula.abbreviated(to: 70), "\(entry.length)"]
                    + (entry.heldOut?.columns.map { $0.value.isNaN ? "-" : $0.value.formatted(digits: 4) } ?? [])
                    + [
                        entry.loss.formatted(digits: 5), entry.nanoseconds?.formatted(digits: 2) ?? "",
                        entry.isUsable ? (entry.activation ?? "").abbreviated(to: 70) : entry.reasons.joined(separator: "; "),
                    ])
        }
        table.lines.forEach(Console.result)
        Console.result("")
        for entry in unusable.prefix(5) {
            Console.result("not usable: \(entry.formula.abbreviated(to: 70)): \(entry.reasons.joined(separator: "; "))")
        }
        if unusable.count > 5 { Console.result("not usable: \(unusable.count - 5) more") }
        Console.result("best by loss: \(best.program) (\(best.loss.formatted(digits: 5)))")
        Console.result("where \(inputWords)")
        let side = label.map { "\($0.column) = " } ?? ""
        Console.result("of the table's own columns: \(side)\(best.columnFormula)")
        if let bestUsable, let activation = bestUsable.activation {
            Console.result("best usable activation: \(activation) (loss \(bestUsable.loss.formatted(digits: 5)))")
        } else {
            Console.result("none of the formulas can serve as an activation")
        }
        let rate = Double(ownEvaluations) / max(seconds, 1e-9) / 1e9
        Console.note(
            "\(rows.counted("row")), \(generations.counted("generation")), \(seconds.formatted(digits: 3)) s, "
                + "\(rate.formatted(digits: 2)) billion node evaluations/s")
    }
}

/// The reports of several classes, and how their best formulas do together.
private struct ClassReports: Encodable {
    let classes: [DiscoveryReport]
    /// Whether all classes are there, their searches not ended by Ctrl-C.
    let isComplete: Bool
    @NullIfAbsent var heldOut: JointFigures?
}

extension [DiscoveryReport] {
    /// Prints one report, or several of a list.
    ///
    /// - Parameters:
    ///   - isList: whether there is one for each class, of which some may be missing.
    ///   - isComplete: whether none is.
    ///   - joint: how the best formulas of all classes do together.
    func print(json: Bool, isList: Bool, isComplete: Bool, joint: JointFigures?) throws {
        if json, isList {
            return try Console.json(
                ClassReports(classes: self, isComplete: isComplete && allSatisfy(\.isComplete), heldOut: joint))
        }
        if let joint {
            Console.result(
                "the classes' best formulas together, on \(joint.rows) rows held out: accuracy "
                    + "\(joint.accuracy.formatted(digits: 4)); the commonest class alone \(joint.commonestShare.formatted(digits: 4))"
            )
            Console.result("")
        }
        for report in self {
            if json {
                try Console.json(report)
            } else {
                if let name = report.className { Console.result("class \(name) against the rest") }
                report.printTable()
                if isList { Console.result("") }
            }
        }
    }

    /// Loss by length, a curve for each report.
    var frontPlot: LinePlot {
        var plot = LinePlot(title: "Loss of the best formulas by length", horizontalLabel: "nodes", verticalLabel: "loss")
        for report in self {
            plot.add(
                LinePlot.Curve(
                    name: report.className.map { "class \($0)" } ?? report.best.formula,
                    points: report.front.map { (Double($0.length), $0.loss) }))
        }
        return plot
    }
}

extension HeldOutFigures {
    /// The figures there are, with their names.
    fileprivate var columns: [(name: String, value: Double)] {
        [
            ("log-loss", logLoss), ("AUC", areaUnderROC), ("accuracy", accuracy), ("squared error", meanSquaredError),
            ("R²", explainedVariance),
        ].compactMap { name, value in value.map { (name, $0) } }
    }

    fileprivate var words: String {
        columns.map { "\($0.name) \($0.value.isNaN ? "not defined" : $0.value.formatted(digits: 4))" }.joined(separator: ", ")
    }
}
