import Foundation

/// A reproduction's results as tables.
struct ReproductionTables {
    let result: ReproductionResult

    /// What discovery found in each set.
    var formulas: ReportTable {
        var table = ReportTable("data", "best program", "as activation", "used as activation", "log-loss")
        for found in result.formulas {
            let program = found.program.map { $0 == found.best ? "" : " of \($0)" } ?? ""
            table.append(
                found.set.title, found.best, found.defects.isEmpty ? "serves" : found.defects.joined(separator: "; "),
                found.activation.map { $0 + program } ?? "none can serve", found.loss.map { Self.figure($0) } ?? "")
        }
        return table
    }

    /// The paper's table for a set: each model's figures over the seeds, with the published ones beside them.
    func models(on set: ExperimentSet) -> ReportTable {
        var table = ReportTable(
            "model", "activation", "accuracy", "published", "AUC", "published", "parameters", "E_param", "published")
        for model in result.models where model.set == set {
            let published = model.published
            table.append(
                model.title, model.activationTitle, Self.spread(model.summary(.accuracy)), Self.spread(published?.accuracy),
                Self.spread(model.summary(.areaUnderROC)), Self.spread(published?.areaUnderROC), "\(model.parameterCount)",
                Self.figure(model.summary(.parameterEfficiency).mean),
                published.map { Self.figure($0.parameterEfficiency, 3) } ?? "")
        }
        return table
    }

    /// How each model on a set differs from Light ReLU, seed by seed.
    func differences(on set: ExperimentSet) -> ReportTable {
        var table = ReportTable(
            "less Light ReLU", "figure", "mean difference", "95% interval", "t test", "better in", "sign test")
        guard let baseline = result.model("light-relu", on: set) else { return table }
        for model in result.models where model.set == set && model.model != baseline.model {
            for figure in [Claim.Figure.accuracy, .areaUnderROC] {
                guard let comparison = model.compared(with: baseline, figure) else { continue }
                table.append(
                    model.title, figure.rawValue, Self.signed(comparison.summary.mean), Self.interval(comparison.interval),
                    Self.probability(comparison.studentProbability), "\(comparison.wins) of \(comparison.differences.count)",
                    Self.probability(comparison.signProbability))
            }
        }
        return table
    }

    /// Which claims hold.
    var claims: ReportTable {
        var table = ReportTable("claim", "by", "verdict", "were it wrong", "were it right")
        for verdict in result.verdicts {
            table.append(
                verdict.claim.text, verdict.claim.origin.rawValue, verdict.standing.rawValue,
                Self.probability(verdict.probabilityWhereWrong), Self.probability(verdict.probabilityWhereRight))
        }
        return table
    }

    /// What each verdict stands on.
    var conditions: ReportTable {
        var table = ReportTable("condition", "mean difference", "95% interval", "were it wrong", "were it right")
        for finding in result.verdicts.flatMap(\.findings) {
            table.append(
                finding.condition.text, Self.signed(finding.comparison?.summary.mean ?? .nan),
                Self.interval(finding.comparison?.interval), Self.probability(finding.probabilityWhereWrong),
                Self.probability(finding.probabilityWhereRight))
        }
        return table
    }

    /// Every run, in full precision.
    var runs: ReportTable {
        var table = ReportTable("data", "model", "activation", "seed", "accuracy", "auc", "parameters", "e_param", "losses")
        for model in result.models {
            for run in model.runs {
                table.append(
                    model.set.rawValue, model.model, model.activationTitle, "\(run.seed)", "\(run.accuracy)",
                    "\(run.areaUnderROC)", "\(model.parameterCount)", "\(run.parameterEfficiency)",
                    run.losses.map { "\($0)" }.joined(separator: " "))
            }
        }
        return table
    }

    static func figure(_ value: Double, _ digits: Int = 4) -> String { String(format: "%.\(digits)f", value) }

    static func signed(_ value: Double) -> String { String(format: "%+.4f", value) }

    private static func spread(_ summary: SampleSummary) -> String {
        summary.count > 1 ? "\(figure(summary.mean)) ± \(figure(summary.populationDeviation))" : figure(summary.mean)
    }

    private static func spread(_ published: PublishedFigures.Figure?) -> String {
        published.map { "\(figure($0.mean, 3)) ± \(figure($0.deviation, 3))" } ?? ""
    }

    private static func interval(_ interval: ConfidenceInterval?) -> String {
        interval.map { "\(signed($0.low)) to \(signed($0.high))" } ?? ""
    }

    private static func probability(_ value: Double?) -> String {
        value.map { $0 < 0.0001 ? "p < 0.0001" : String(format: "p = %.4f", $0) } ?? ""
    }
}
