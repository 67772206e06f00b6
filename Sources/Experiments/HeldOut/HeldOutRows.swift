import Datasets
import Discovery
import Formulas
import Kernels

/// The rows of a data set that a search did not draw: what it found is judged by them.
public struct HeldOutRows: Sendable {
    /// One number for each row, as the search's own rows have: 0 or 1, or the label brought to mean 0 and deviation 1.
    public let labels: [Float]

    private let dataset: Dataset
    private let rows: [Int]
    private let loss: ScoreLoss
    private let standardization: Standardization
    private let featureNames: [String]

    /// The rows that remain.
    ///
    /// - Parameters:
    ///   - fraction: the share of the rows that the search drew.
    ///   - seed: what it drew them by.
    ///   - data: what it drew. Features are standardised as they are there.
    /// - Returns: `nil` where it drew all.
    public init?(
        _ dataset: Dataset, fraction: Double, seed: UInt64, problem: SearchProblem, data: SearchData
    ) {
        let rows = SearchData.heldOutRows(of: dataset, fraction: fraction, seed: seed)
        guard !rows.isEmpty else { return nil }
        self.dataset = dataset
        self.rows = rows
        labels = rows.map { problem.labels[$0] }
        loss = data.loss
        standardization = data.standardization
        featureNames = PrimitiveSet.defaultVariableNames(data.featureCount)
    }

    /// A formula's values at the rows. Computed in Double, in which none of a search's values overflows that is of use.
    ///
    /// - Parameter formula: a formula of the search's features.
    public func scores(of formula: Formula, threads: Int) throws -> [Float] {
        let kernel = try Kernel<Double>(formula.ofUsedVariables, variants: [.forward])
        return try scores(kernel, threads: threads)
    }

    /// How formulas do, compiled together.
    public func figures(of formulas: [Formula], threads: Int) throws -> [HeldOutFigures] {
        let kernels = try Kernel<Double>.batch(formulas.map(\.ofUsedVariables), variants: [.forward], threads: threads)
        return try kernels.map { HeldOutFigures(scores: try scores($0, threads: threads), labels: labels, loss: loss) }
    }

    private func scores(_ kernel: Kernel<Double>, threads: Int) throws -> [Float] {
        guard let function = kernel.function(.forward) else { throw KernelError.variantMissing(.forward) }
        let inputs = kernel.formula.variables.map(column)
        return try function(inputs, count: rows.count, threads: threads)[0].map(Float.init)
    }

    private func column(_ name: String) -> [Double] {
        guard let index = featureNames.firstIndex(of: name) else { return [Double](repeating: .nan, count: rows.count) }
        // In Float, as the search's own values are.
        return standardization.apply(to: rows, column: index, of: dataset.features).map(Double.init)
    }
}
