import Datasets
import Foundation
import TestSupport
import Testing

/// Facts on the real files. Skipped where the files are absent.
@Suite(.enabled(if: RealData.isPresent, "the files of ../shared/data are not there"))
struct RealDataTests {
    @Test func spambase() throws {
        let data = try TableReader(path: RealData.path("spambase.data")).readDataset(label: .last)
        #expect(data.rowCount == 4_601)
        #expect(data.featureCount == 57)
        #expect(try data.binaryLabels().positiveCount == 1_813)
    }

    @Test func higgs() throws {
        let data = try TableReader(path: RealData.path("HIGGS.csv.gz")).readDataset(label: .first)
        #expect(data.rowCount == 52_349)
        #expect(data.featureCount == 28)
        #expect(data.features.row(0).prefix(2) == [0.869_293_2, -0.635_081_83])
        #expect(try data.binaryLabels().positiveCount == 27_701)
    }

    @Test func coverTypes() throws {
        let path = RealData.path("covtype.data.gz")
        let data = try TableReader(path: path, rows: .sample(100_000, seed: 42)).readDataset(label: .last)
        #expect(data.rowCount == 100_000)
        #expect(data.featureCount == 54)
        #expect(Set(data.labels) == [1, 2, 3, 4, 5, 6, 7])
        let oneHot = (0..<data.rowCount).allSatisfy { row in
            data.features.row(row).dropFirst(10).prefix(4).reduce(0, +) == 1
                && data.features.row(row).dropFirst(14).reduce(0, +) == 1
        }
        #expect(oneHot)
    }
}
