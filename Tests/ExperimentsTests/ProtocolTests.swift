import Datasets
import Foundation
import Networks
import TestSupport
import Testing

@testable import Experiments

@Suite struct ProtocolTests {
    @Test func publishedTableIsWhole() {
        #expect(PublishedFigures.table.count == 17)
        for set in ExperimentSet.published {
            let models = Set(PublishedFigures.table.filter { $0.set == set }.map(\.model))
            var expected = Set(ExperimentModel.common.map(\.name))
            if set.transferSource != nil { expected.insert("light-transfer") }
            #expect(models == expected)
        }
    }

    /// The networks have the paper's sizes, and its E_param follows from its AUC: within the rounding of both to three digits.
    @Test func publishedFiguresFitTheNetworks() throws {
        let featureCounts: [ExperimentSet: Int] = [.higgs: 28, .forestCover: 54, .spambase: 57]
        for row in PublishedFigures.table {
            let activation = try Activation("relu(x)")
            let network: NetworkConfiguration = row.model.hasPrefix("heavy") ? .heavy(activation) : .light(activation)
            #expect(network.parameterCount(inputCount: featureCounts[row.set] ?? 0) == row.parameterCount)
            let efficiency = BinaryMetrics.parameterEfficiency(
                areaUnderROC: row.areaUnderROC.mean, parameterCount: row.parameterCount)
            #expect(abs(efficiency - row.parameterEfficiency) < 0.0015, "\(row)")
        }
    }

    @Test func generatedSetsAreMade() throws {
        for set in ExperimentSet.generated {
            let data = try #require(set.generated(rowCount: 50))
            #expect(data.dataset.rowCount == 50)
        }
        #expect(ExperimentSet.higgs.generated(rowCount: 50) == nil)
    }

    /// The names are those of the data sets that can be fetched.
    @Test func publishedSetsAreKnown() throws {
        for set in ExperimentSet.published { #expect(set.preset != nil) }
        for set in ExperimentSet.generated { #expect(set.preset == nil) }
        let folder = try TemporaryFolder()
        for set in ExperimentSet.allCases { #expect(try set.read(from: folder.url.path)?.dataset.rowCount == nil) }
        #expect(throws: DatasetError.self) { try ExperimentSet.higgs.read(from: folder.path("absent")) }
    }

    @Test func theSplitIsTheTrainers() throws {
        let data = try #require(ExperimentSet.physics.generated(rowCount: 203))
        var training = TrainingConfiguration()
        training.epochs = 1
        training.seed = 7
        let result = try Trainer(.light(try Activation("x"))).train(data.dataset, training)
        let split = Trainer.split(rowCount: 203, training)
        #expect(split.training.count == result.trainingRowCount)
        #expect(split.test.count == result.testRowCount)
        #expect(Set(split.training + split.test) == Set(0..<203))
        let part = data.dataset.rows([5, 3])
        #expect(part.features.row(0) == data.dataset.features.row(5)[...])
        #expect(part.labels == [data.dataset.labels[5], data.dataset.labels[3]])
    }
}
