import Datasets
import Testing

@Suite struct PreparationTests {
    @Test func splitUsesEveryRowOnce() {
        var random = RandomStream(seed: 42)
        for rows in [0, 1, 5, 10, 4_601, 52_349] {
            let split = Split(rowCount: rows, random: &random)
            #expect((split.training + split.test).sorted() == Array(0..<rows))
            #expect(split.test.count == (rows + 4) / 5)
        }
    }

    @Test func splitFollowsTheSeed() {
        func split(_ seed: UInt64) -> Split {
            var random = RandomStream(seed: seed)
            return Split(rowCount: 1_000, random: &random)
        }
        #expect(split(1) == split(1))
        #expect(split(1) != split(2))
    }

    @Test func validationComesOffTheTrainingRows() {
        var random = RandomStream(seed: 42)
        let split = Split(rowCount: 1_000, random: &random)
        let watched = split.takingValidation(fraction: 0.1)
        #expect(watched.test == split.test)
        #expect(watched.validation.count == 80)
        #expect(watched.training + watched.validation == split.training)
        #expect(split.takingValidation(fraction: 0.1) == watched)
        #expect(split.takingValidation(fraction: 0) == split)
    }

    @Test func stratification() {
        // 700, 295 and 5 rows of the classes.
        let classes = (0..<1_000).map { $0 < 700 ? 0 : $0 < 995 ? 1 : 2 }
        func counts(_ rows: [Int]) -> [Int] { (0..<3).map { kind in rows.filter { classes[$0] == kind }.count } }
        for seed in 0..<5 as Range<UInt64> {
            var random = RandomStream(seed: seed)
            let split = Split(stratifying: classes, random: &random)
            #expect((split.training + split.test).sorted() == Array(0..<1_000))
            #expect(counts(split.test) == [140, 59, 1])
            let watched = split.takingValidation(fraction: 0.25, stratifying: classes)
            #expect(counts(watched.validation) == [140, 59, 1])
            #expect((watched.training + watched.validation).sorted() == split.training.sorted())
        }
        var random = RandomStream(seed: 1)
        let odd = Split(stratifying: [0, 1, 0, 1, 0, 1, 2], testFraction: 0.3, random: &random)
        #expect(odd.test.count == 3)
    }

    @Test func standardization() throws {
        let table = try #require(
            Table<Float>(columnNames: ["a", "b", "c"], values: [1, 7, 0.1, 2, 7, 0.1, 3, 7, 0.1, 6, 7, 0.1, 100, 7, 0.1]))
        let standardization = Standardization(measuring: [0, 1, 2, 3], of: table)
        #expect(standardization.means[0] == 3)
        #expect(standardization.deviations[0] == 3.5.squareRoot())
        // Constant columns stay unscaled, also where the constant has no exact mean.
        #expect(standardization.deviations[1...] == [1, 1])
        let applied = standardization.apply(to: [4, 0], of: table)
        #expect(applied[0] == Float(97 / 3.5.squareRoot()))
        #expect(applied[3] == Float(-2 / 3.5.squareRoot()))
        #expect(applied[1] == 0)
    }

    @Test func standardizedColumnsHaveUnitSpread() {
        let data = SyntheticData.physics.dataset(rowCount: 2_000, seed: 3)
        let rows = Array(0..<2_000)
        let values = Standardization(measuring: rows, of: data.features).apply(to: rows, of: data.features)
        for column in 0..<data.featureCount {
            let numbers = stride(from: column, to: values.count, by: data.featureCount).map { Double(values[$0]) }
            let mean = numbers.reduce(0, +) / 2_000
            let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2_000
            // Each value was rounded to Float once: 2^-24 relative, averaged.
            #expect(abs(mean) < 1e-7)
            #expect(abs(variance - 1) < 1e-6)
        }
    }
}

@Suite struct RandomStreamTests {
    /// What the authors' C code gives for the seed 42. Every published figure depends on it.
    @Test func goldenNumbers() {
        var random = RandomStream(seed: 42)
        let drawn = (0..<3).map { _ in random.next() }
        #expect(drawn == [1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009])
        var other = RandomStream(seed: 42).stream(1)
        #expect(other.next() != drawn[0])
    }

    @Test func streamsDoNotDependOnWhatWasDrawn() {
        var random = RandomStream(seed: 5)
        var before = random.stream(3)
        for _ in 0..<10 { _ = random.next() }
        var after = random.stream(3)
        #expect(before.next() == after.next())
    }

    @Test func uniformNumbersFillTheirRange() {
        var random = RandomStream(seed: 1)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int(random.uniform() * 10)] += 1 }
        // Standard deviation of each count is 95; six of them.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 570 }, "\(counts)")
        var whole = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { whole[random.integer(below: 7)] += 1 }
        #expect(whole.allSatisfy { abs($0 - 10_000) < 560 }, "\(whole)")
    }

    @Test func ordersAreEquallyLikely() {
        var random = RandomStream(seed: 2)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 { counts[random.permutation(count: 4), default: 0] += 1 }
        #expect(counts.count == 24)
        #expect(counts.values.allSatisfy { abs($0 - 1_000) < 190 }, "\(counts)")
    }

    @Test func normalNumbers() {
        var random = RandomStream(seed: 3)
        let numbers = (0..<50_000).map { _ in random.approximatelyNormal() }
        let mean = numbers.reduce(0, +) / 50_000
        let variance = numbers.reduce(0) { $0 + $1 * $1 } / 50_000
        #expect(abs(mean) < 0.03)
        #expect(abs(variance - 1) < 0.04)
    }
}

@Suite struct SyntheticDataTests {
    @Test(arguments: SyntheticData.allCases)
    func shapeAndRepeatability(_ data: SyntheticData) {
        let few = data.table(rowCount: 50, seed: 9)
        let more = data.table(rowCount: 100, seed: 9)
        #expect(few.values == Array(more.values.prefix(few.values.count)))
        #expect(data.table(rowCount: 50, seed: 10) != few)
        #expect(few.values.allSatisfy { $0.isFinite })
        let dataset = data.dataset(rowCount: 100, seed: 9)
        #expect(dataset.featureCount == (data == .physics ? 28 : 54))
        let label = data == .physics ? 0 : 54
        #expect(dataset.labels == more.column(label))
        #expect(dataset.features.column(0) == more.column(data == .physics ? 1 : 0))
        #expect(dataset.labelName == more.columnNames[label])
    }

    @Test(arguments: SyntheticData.allCases)
    func classesAreBalanced(_ data: SyntheticData) throws {
        let labels = try data.dataset(rowCount: 5_000, seed: 1).binaryLabels(positive: data.positiveValue)
        #expect((1_750...3_250).contains(labels.positiveCount), "\(labels.positiveCount) of 5,000")
    }

    @Test func forestHasOneAreaAndOneSoilEach() {
        let table = SyntheticData.ecology.table(rowCount: 500, seed: 1)
        for row in 0..<500 {
            #expect(table.row(row).dropFirst(10).prefix(4).reduce(0, +) == 1)
            #expect(table.row(row).dropFirst(14).prefix(40).reduce(0, +) == 1)
        }
        #expect(Set(table.column(54)) == [1, 2, 3, 4, 5, 6, 7])
    }
}
