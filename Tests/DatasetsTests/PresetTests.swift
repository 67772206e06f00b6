import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct PresetTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func table() {
        #expect(DataPreset.all.map(\.name) == ["higgs", "forest-cover", "spambase"])
        #expect(DataPreset.all.map(\.featureCount) == [28, 54, 57])
        for preset in DataPreset.all {
            #expect(DataPreset.named(preset.name) == preset)
            #expect(preset.download.sha256.count == 64)
            #expect(preset.fileNames.contains(preset.download.fileName.replacing(".gz", with: "")))
        }
        #expect(DataPreset.named("iris") == nil)
    }

    @Test func filesByAnyOfTheirNames() throws {
        let preset = try #require(DataPreset.named("spambase"))
        let row = (0..<57).map { "\($0)" }.joined(separator: ",")
        let text = "\(row),0\n\(row),1\n"
        try folder.write(gzip(text, folder: folder), to: "spambase.data.gz")
        #expect(try preset.load(from: folder.url.path).labels == [0, 1])
        // The plain file comes first.
        try folder.write(text + text, to: "spambase.data")
        #expect(try preset.load(from: folder.url.path).labels == [0, 1, 0, 1])
        #expect(try preset.load(from: folder.url.path, rows: .first(1)).rowCount == 1)
    }

    @Test func rows() throws {
        let higgs = try #require(DataPreset.named("higgs"))
        #expect(higgs.selection(seed: 1) == .first(100_000))
        let forest = try #require(DataPreset.named("forest-cover"))
        #expect(forest.selection(seed: 3) == .sample(100_000, seed: 3))
        let spam = try #require(DataPreset.named("spambase"))
        #expect(spam.selection(seed: 1) == .all)
    }

    @Test func absentAndOtherFiles() throws {
        let preset = try #require(DataPreset.named("higgs"))
        let absent = #expect(throws: DatasetError.self) { try preset.load(from: folder.url.path) }
        #expect(
            absent?.problem
                == .absentDataset(name: "higgs", files: ["HIGGS.csv", "HIGGS.csv.gz", "higgs.csv", "higgs.csv.gz"]))
        #expect(throws: DatasetError.self) { try preset.load(from: folder.path("nowhere")) }
        let path = try folder.write("1,2,3\n", to: "HIGGS.csv")
        let other = #expect(throws: DatasetError.self) { try preset.load(from: folder.url.path) }
        #expect(other == DatasetError(file: path, problem: .unexpectedShape(dataset: "higgs", expected: 29, found: 3)))
    }

    @Test(.enabled(if: RealData.isPresent, "the files of ../shared/data are not there"))
    func realFiles() throws {
        let rows = try DataPreset.all.map { try $0.load(from: RealData.path("")).rowCount }
        #expect(rows == [52_349, 100_000, 4_601])
    }
}
