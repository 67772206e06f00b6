import Datasets
import Networks

extension ModelFile {
    /// What a model is, in a line: for comments at the head of exported files.
    var summary: [String] {
        let formulas = network.configuration.hidden.map { "\($0.units.counted("unit")) of \($0.activation.text)" }
        let path = [network.featureNames.count.counted("feature")] + formulas + [network.target.labelName]
        var lines = [path.joined(separator: " -> ")]
        if let provenance {
            lines.append(
                "trained by formulac \(provenance.version) on \(provenance.trainingRowCount) of \(provenance.rowCount.counted("row")) of "
                    + "\(provenance.data), seed \(provenance.training.seed), \(provenance.epoch.counted("epoch"))")
        }
        return lines
    }
}
