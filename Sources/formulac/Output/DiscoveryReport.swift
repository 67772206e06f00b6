import Datasets
import Discovery

/// What a search found, as a table or JSON.
struct DiscoveryReport: Encodable {
    /// One formula.
    struct Entry: Encodable {
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

        init(_ found: DiscoveredFormula) {
            loss = found.fitness
            length = found.length
            depth = found.depth
            program = found.program
            formula = found.formula.text
            latex = found.formula.latex
            activation = found.assessment.activation?.text
            isUsable = found.assessment.isUsable
            reasons = found.assessment.reasons
        }
    }

    let data: String
    let rows: Int
    let features: Int
    let seed: UInt64
    let generations: Int
    let seconds: Double
    /// Functions of all programs judged, times rows.
    let nodeEvaluations: Int
    /// Functions that were computed, times rows.
    let computedNodeEvaluations: Int
    let meanLength: Double
    let best: Entry
    let bestUsable: Entry?
    let unusable: [Entry]
    let front: [Entry]

    init(
        dataset: Dataset, data: SearchData, search: GenerationalSearch, generation: Generation, result: SearchResult,
        seconds: Double, statistics: EvaluationStatistics
    ) {
        self.data = dataset.source
        rows = data.rowCount
        features = data.featureCount
        seed = search.seed
        generations = generation.number
        self.seconds = seconds
        nodeEvaluations = statistics.nodeEvaluations
        computedNodeEvaluations = statistics.computedNodeEvaluations
        meanLength = generation.meanLength
        best = Entry(result.best)
        bestUsable = result.bestUsable.map(Entry.init)
        unusable = result.unusable.map(Entry.init)
        front = result.front.map(Entry.init)
    }

    func print(json: Bool) throws {
        if json { return try Console.json(self) }
        var table = TextTable(header: ["formula", "length", "loss", "as activation"])
        for entry in front {
            table.append([
                entry.program, "\(entry.length)", entry.loss.formatted(digits: 5),
                entry.isUsable ? entry.activation ?? "" : entry.reasons.joined(separator: "; "),
            ])
        }
        table.lines.forEach(Console.result)
        Console.result("")
        for entry in unusable.prefix(5) {
            Console.result("not usable: \(entry.program): \(entry.reasons.joined(separator: "; "))")
        }
        if unusable.count > 5 { Console.result("not usable: \(unusable.count - 5) more") }
        Console.result("best by loss: \(best.program) (\(best.loss.formatted(digits: 5)))")
        if let bestUsable, let activation = bestUsable.activation {
            Console.result("best usable activation: \(activation) (loss \(bestUsable.loss.formatted(digits: 5)))")
        } else {
            Console.result("no formula of the last generation can serve as an activation")
        }
        let rate = Double(nodeEvaluations) / max(seconds, 1e-9) / 1e9
        Console.note(
            "\(rows) rows, \(generations) generations, \(seconds.formatted(digits: 3)) s, "
                + "\(rate.formatted(digits: 2)) billion node evaluations/s")
    }
}
