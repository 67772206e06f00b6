import Datasets
import TestSupport
import Testing

@testable import Networks

/// What the paper publishes. Skipped where the real data are absent.
@Suite(.enabled(if: RealData.isPresent, "the files of ../shared/data are not there"))
struct PaperBandTests {
    /// Published: accuracy 0.919 ± 0.007 and area 0.961 ± 0.007 over the seeds 42 to 44.
    @Test func spambaseWithReLU() throws {
        let path = RealData.path("spambase.data")
        let data = try TableReader(path: path).readDataset(label: .last)
        let trainer = try Trainer(.light(try Activation("relu(x)")))
        let jobs = (42...44).map { seed in
            var configuration = TrainingConfiguration()
            configuration.seed = UInt64(seed)
            return TrainingJob(trainer: trainer, configuration: configuration)
        }
        let results = try Trainer.trainAll(jobs, on: data).map { try $0.get() }
        let accuracy = results.map(\.accuracy).reduce(0, +) / 3
        let area = results.map(\.areaUnderROC).reduce(0, +) / 3
        #expect(abs(accuracy - 0.919) < 0.01, "\(accuracy)")
        #expect(abs(area - 0.961) < 0.01, "\(area)")
    }
}
