import Datasets
import Discovery
import Experiments
import Formulas

/// What a search found, as a table or JSON.
struct DiscoveryReport: Encodable {
    /// One formula.
    struct Entry: Encodable {
        /// How it does on the rows that the search did not see; `nil` where it saw all.
        let heldOut: HeldOutFigures?
        /// The loss on the search's rows.
        let loss: Double
        let length: Int
        let depth: Int
        let program: String
        let formula: String
        let latex: String
        /// The formula with every variable replaced by x.
        let activation: String?
        let isUsable: Bool
        /// Why it cannot serve as an activation.
        let reasons: [String]
        /// What value and slope of a usable activation cost for one element, as measured.
        let nanoseconds: Double?

        init(_ found: DiscoveredFormula, heldOut: [Formula: HeldOutFigures]) {
            self.heldOut = heldOut[found.formula]
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
    let className: String?
    let rows: Int
    let features: Int
    let seed: UInt64
    let generations: Int
    let seconds: Double
    /// Functions of all programs judged, times rows.
    let nodeEvaluations: Int
    /// Functions that were computed, times rows.
    let computedNodeEvaluations: Int
    let workspaceBytes: Int
    let meanLength: Double
    let best: Entry
    let bestUsable: Entry?
    let unusable: [Entry]
    let front: [Entry]

    /// All programs with loss, length and depth, as CSV. Not part of the JSON.
    let populationTable: String

    private enum CodingKeys: CodingKey {
        case data, className, rows, features, seed, generations, seconds, nodeEvaluations, computedNodeEvaluations
        case workspaceBytes, meanLength, best, bestUsable, unusable, front
    }

    init(
        dataset: Dataset, className: String?, evaluator: PopulationEvaluator, seed: UInt64, generation: Generation,
        result: SearchResult, heldOut: [Formula: HeldOutFigures], seconds: Double
    ) {
        data = dataset.source
        self.className = className
        rows = evaluator.data.rowCount
        features = evaluator.data.featureCount
        self.seed = seed
        generations = generation.number
        self.seconds = seconds
        nodeEvaluations = evaluator.statistics.nodeEvaluations
        computedNodeEvaluations = evaluator.statistics.computedNodeEvaluations
        workspaceBytes = evaluator.statistics.workspaceBytes
        meanLength = generation.meanLength
        best = Entry(result.best, heldOut: heldOut)
        bestUsable = result.bestUsable.map { Entry($0, heldOut: heldOut) }
        unusable = result.unusable.map { Entry($0, heldOut: heldOut) }
        front = result.front.map { Entry($0, heldOut: heldOut) }
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
                [Self.short(entry.formula), "\(entry.length)"]
                    + (entry.heldOut?.columns.map { $0.value.isNaN ? "-" : $0.value.formatted(digits: 4) } ?? [])
                    + [
                        entry.loss.formatted(digits: 5), entry.nanoseconds?.formatted(digits: 2) ?? "",
                        entry.isUsable ? Self.short(entry.activation ?? "") : entry.reasons.joined(separator: "; "),
                    ])
        }
        table.lines.forEach(Console.result)
        Console.result("")
        for entry in unusable.prefix(5) {
            Console.result("not usable: \(Self.short(entry.formula)): \(entry.reasons.joined(separator: "; "))")
        }
        if unusable.count > 5 { Console.result("not usable: \(unusable.count - 5) more") }
        Console.result("best by loss: \(best.program) (\(best.loss.formatted(digits: 5)))")
        if let bestUsable, let activation = bestUsable.activation {
            Console.result("best usable activation: \(activation) (loss \(bestUsable.loss.formatted(digits: 5)))")
        } else {
            Console.result("none of the formulas can serve as an activation")
        }
        let rate = Double(nodeEvaluations) / max(seconds, 1e-9) / 1e9
        Console.note(
            "\(rows.counted("row")), \(generations.counted("generation")), \(seconds.formatted(digits: 3)) s, "
                + "\(rate.formatted(digits: 2)) billion node evaluations/s")
    }

    private static func short(_ text: String) -> String { text.count <= 70 ? text : "\(text.prefix(69))…" }
}

/// The reports of several classes, and how their best formulas do together.
private struct ClassReports: Encodable {
    let classes: [DiscoveryReport]
    let heldOut: JointFigures?
}

extension [DiscoveryReport] {
    /// Prints one report, or several of a list.
    ///
    /// - Parameter joint: how the best formulas of all classes do together.
    func print(json: Bool, isList: Bool, joint: JointFigures?) throws {
        if json, isList { return try Console.json(ClassReports(classes: self, heldOut: joint)) }
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
