import Datasets
import Testing

@Suite struct LabelTests {
    private func dataset(_ labels: [Float]) throws -> Dataset {
        let features = try #require(Table<Float>(columnNames: ["x"], values: labels.map { _ in 1 }))
        return try #require(Dataset(source: "labels.csv", features: features, labelName: "y", labels: labels))
    }

    @Test func classes() throws {
        let labels = try dataset([7, -3, 7, 0, 1e6, -3]).classLabels()
        #expect(labels.classes == [-3, 0, 7, 1_000_000])
        #expect(labels.indices == [2, 0, 2, 1, 3, 0])
        #expect(labels.counts == [2, 1, 2, 1])
        #expect(try dataset([0, -0.0, 1]).classLabels().classes == [0, 1])
    }

    @Test func whatIsNoClass() throws {
        func problem(_ labels: [Float], limit: Int = 1_000) throws -> DatasetError.Problem? {
            let data = try dataset(labels)
            return #expect(throws: DatasetError.self) { try data.classLabels(limit: limit) }?.problem
        }
        #expect(try problem([1, 2, 2.5]) == .labelNotWhole(value: 2.5, row: 3))
        #expect(try problem([1, 3e7]) == .labelNotWhole(value: 3e7, row: 2))
        #expect(try problem((0..<11).map(Float.init), limit: 10) == .tooManyClasses(limit: 10))
        #expect(try problem([4, 4]) == .oneClass(label: 4, rows: 2))
    }

    @Test func targets() throws { #expect(try dataset([0.5, -2]).targets == [0.5, -2]) }
}
