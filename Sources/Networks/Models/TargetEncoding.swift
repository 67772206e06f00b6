import Datasets

/// How labels become what a network is trained towards, and back.
public struct TargetEncoding: Hashable, Sendable {
    /// The label column's name.
    public let labelName: String
    /// What labels mean.
    public let kind: Kind

    /// What labels mean.
    public enum Kind: Hashable, Sendable {
        /// 1 for this label, 0 for any other.
        case binary(positive: Float)
        /// The index of the label among these, which ascend.
        case classes([Float])
        /// (label − mean) / deviation.
        case number(mean: Double, deviation: Double)
    }

    /// Takes over a known encoding, as from a model file.
    public init(labelName: String, kind: Kind) {
        self.labelName = labelName
        self.kind = kind
    }

    /// Finds the encoding of a data set for a task.
    ///
    /// - Parameters:
    ///   - positive: the positive label of a binary task; see `Dataset.binaryLabels(positive:)`.
    ///   - rows: the training rows, by which numbers are standardised.
    init(_ dataset: Dataset, task: LearningTask, positive: Float?, rows: [Int]) throws(TrainingError) {
        labelName = dataset.labelName
        switch task {
        case .binary:
            do {
                kind = .binary(positive: try dataset.binaryLabels(positive: positive).positiveValue)
            } catch {
                throw .data(error)
            }
        case .multiclass(let count):
            let classes = try Self.classes(of: dataset)
            guard classes.count == count else {
                throw .labels("\(dataset.source) has \(classes.count) classes, not \(count)")
            }
            kind = .classes(classes)
        case .regression:
            let mean = rows.reduce(0) { $0 + Double(dataset.labels[$1]) } / Double(max(rows.count, 1))
            let variance =
                rows.reduce(0) { $0 + (Double(dataset.labels[$1]) - mean) * (Double(dataset.labels[$1]) - mean) }
                / Double(max(rows.count, 1))
            guard variance > 0 else { throw .labels("every label of \(dataset.source) is \(mean): there is nothing to learn") }
            kind = .number(mean: mean, deviation: variance.squareRoot())
        }
    }

    /// Whether a label, as it stands in data, is one that the network can hit. To a binary network every label means something:
    /// what is not the positive class is the rest.
    public func knows(_ label: Float) -> Bool {
        if case .classes(let classes) = kind { classes.contains(label) } else { true }
    }

    /// The different labels of a data set, ascending: what a multi-class network tells apart.
    ///
    /// - Throws: `TrainingError.labels` when there are less than two or more than `mostClasses`.
    public static func classes(of dataset: Dataset) throws(TrainingError) -> [Float] {
        var found: Set<Float> = []
        for label in dataset.labels where found.insert(label).inserted && found.count > mostClasses {
            throw .labels(
                "\(dataset.source) has more than \(mostClasses) different labels: these are numbers rather than classes (regression)"
            )
        }
        guard found.count > 1 else { throw .labels("\(dataset.source) has one label only: there is nothing to tell apart") }
        return found.sorted()
    }

    /// The most classes that labels are taken for.
    public static let mostClasses = 1_000

    /// What a network is trained towards.
    func encode(_ labels: [Float], rows: [Int]) -> [Float] {
        switch kind {
        case .binary(let positive): return rows.map { labels[$0] == positive ? 1 : 0 }
        case .classes(let values):
            let indices = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, Float($0)) })
            return rows.map { indices[labels[$0]] ?? -1 }
        case .number(let mean, let deviation): return rows.map { Float((Double(labels[$0]) - mean) / deviation) }
        }
    }

    /// How many of some targets are of each class, in the order of the classes; empty for numbers.
    func classCounts(_ targets: [Float]) -> [Int] {
        var counts: [Int]
        switch kind {
        case .binary: counts = [0, 0]
        case .classes(let values): counts = [Int](repeating: 0, count: values.count)
        case .number: return []
        }
        for target in targets { counts[Int(target)] += 1 }
        return counts
    }
}
