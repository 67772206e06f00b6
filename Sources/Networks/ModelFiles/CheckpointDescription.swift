import Foundation

/// What a checkpoint file says of its runs besides their numbers.
struct CheckpointDescription: Codable {
    /// The version of formulac: another one may compute other bits.
    let version: String
    let data: DataFingerprint
    var runs: [Run]

    /// One run.
    struct Run: Codable {
        let settings: Settings
        /// One report for each finished epoch.
        var history: [EpochReport] = []
        /// How many steps the optimiser has taken; `nil` unless the run is under way.
        var stepCount: Int?
        /// The best epoch so far, where training may stop early.
        var bestEpoch: Int?
        var bestLoss: Double?
        /// What came of the run, once it is done.
        var result: Result?
    }

    /// What a run follows: its network and its protocol, as JSON. Compared as text, so that nothing is lost in reading.
    struct Settings: Codable, Hashable {
        let network: String
        let training: String

        init(_ job: TrainingJob) {
            var texts = Safetensors()
            texts.describe(job.trainer.network, as: "network")
            texts.describe(job.configuration, as: "training")
            network = texts.metadata["network"] ?? ""
            training = texts.metadata["training"] ?? ""
        }

        /// The first setting that differs from another run's, with the value that it has there; `nil` when all are alike.
        func difference(from other: Settings) -> String? {
            for (own, others) in [(network, other.network), (training, other.training)] where own != others {
                let (here, there) = (Self.entries(own), Self.entries(others))
                let key = Set(here.keys).union(there.keys).sorted().first { here[$0] != there[$0] }
                return key.map { "\($0) is \(there[$0] ?? "missing") there" } ?? "its network differs"
            }
            return nil
        }

        /// The settings by name, each as text.
        private static func entries(_ json: String) -> [String: String] {
            let object = try? JSONSerialization.jsonObject(with: Data(json.utf8))
            return (object as? [String: Any] ?? [:]).mapValues { value in
                let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes]
                let text = (try? JSONSerialization.data(withJSONObject: value, options: options)) ?? Data()
                return String(decoding: text, as: UTF8.self)
            }
        }
    }

    /// What came of a run, besides its history and numbers.
    struct Result: Codable {
        let network: TrainedNetworkDescription
        let test: Evaluation
        let bestEpoch: Int
        let trainingRowCount, validationRowCount, testRowCount: Int
        let trainingSeconds: Double
    }
}
