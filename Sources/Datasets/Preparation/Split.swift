/// A random division of rows into a part to learn from, one to judge by and, if asked for, one to stop by.
public struct Split: Sendable, Equatable {
    /// The rows to learn from, in random order.
    public let training: [Int]
    /// The rows by which training is watched, in random order; none unless `takingValidation` took some.
    public let validation: [Int]
    /// The rows to judge by, in random order.
    public let test: [Int]

    /// Divides rows by a generator.
    ///
    /// - Parameters:
    ///   - rowCount: how many rows there are.
    ///   - testFraction: the share of rows to judge by; their number is rounded up, as scikit-learn does.
    public init(rowCount: Int, testFraction: Double = 0.2, random: inout RandomStream) {
        let order = random.permutation(count: rowCount)
        let count = Self.count(testFraction, of: rowCount)
        self.init(training: Array(order.dropFirst(count)), validation: [], test: Array(order.prefix(count)))
    }

    /// Divides rows by a generator so that each class has its share of rows in each part.
    ///
    /// - Parameters:
    ///   - classes: each row's class, such as `ClassLabels.indices`.
    ///   - testFraction: the share of rows to judge by; their number is that of the plain division, each class's within
    ///     one row of its share.
    public init(stratifying classes: [Int], testFraction: Double = 0.2, random: inout RandomStream) {
        let order = random.permutation(count: classes.count)
        let (test, training) = Self.take(
            Self.count(testFraction, of: classes.count), from: order, stratifying: classes)
        self.init(training: training, validation: [], test: test)
    }

    /// The same division with some training rows set apart. It follows the seed as the division does.
    ///
    /// - Parameters:
    ///   - fraction: the share of the training rows; their number is rounded up.
    ///   - classes: each row's class, so that each has its share; `nil` where that does not matter.
    public func takingValidation(fraction: Double, stratifying classes: [Int]? = nil) -> Split {
        // Training rows stand in random order already.
        let count = Self.count(fraction, of: training.count)
        if let classes {
            let (taken, rest) = Self.take(count, from: training, stratifying: classes)
            return Split(training: rest, validation: taken, test: test)
        }
        return Split(training: Array(training.dropLast(count)), validation: Array(training.suffix(count)), test: test)
    }

    private init(training: [Int], validation: [Int], test: [Int]) {
        self.training = training
        self.validation = validation
        self.test = test
    }

    /// The number of rows in a share of them.
    private static func count(_ fraction: Double, of rowCount: Int) -> Int {
        // 0.2 · n can come out a rounding error above a whole number, which must not cost a row.
        let exact = Double(rowCount) * fraction
        let nearest = exact.rounded()
        let count = abs(exact - nearest) < 1e-9 * Double(max(rowCount, 1)) ? Int(nearest) : Int(exact.rounded(.up))
        return min(max(count, 0), rowCount)
    }

    /// Takes rows in their order until each class has given its share, rounded by largest remainders.
    private static func take(
        _ count: Int, from rows: [Int], stratifying classes: [Int]
    ) -> (taken: [Int], rest: [Int]) {
        var sizes: [Int: Int] = [:]
        for row in rows { sizes[classes[row], default: 0] += 1 }
        var quotas = sizes.mapValues { $0 * count / max(rows.count, 1) }
        let missing = count - quotas.values.reduce(0, +)
        // What a class lacks of its exact share, in units of 1 / rows.count; ties go to the smaller class number.
        let byRemainder = sizes.keys.sorted {
            let (first, second) = ((sizes[$0] ?? 0) * count % rows.count, (sizes[$1] ?? 0) * count % rows.count)
            return (second, $0) < (first, $1)
        }
        for kind in byRemainder.prefix(missing) { quotas[kind, default: 0] += 1 }
        var taken: [Int] = []
        var rest: [Int] = []
        for row in rows {
            if let left = quotas[classes[row]], left > 0 {
                quotas[classes[row]] = left - 1
                taken.append(row)
            } else {
                rest.append(row)
            }
        }
        return (taken, rest)
    }
}
