import Formulas
import Lanes

/// A trained network as one C99 file that needs no library but `fma`.
///
/// `NAME_predict` computes what `Predictor` does, by the same operations in the same order: the features' standardisation,
/// sums of products by fused multiply-adds from the first input to the last, BatchNorm's factors, activations and the
/// output's probabilities. Its results are the same bits whatever compiler and optimisation level, and those of `Predictor`
/// on processors with fused multiply-add; on others `Predictor` rounds products, and they agree but for roundings.
public struct CPredictor: Sendable {
    /// The text: `singleFile` is the whole predictor, `header` declares it for other files.
    public let source: CSource

    /// Writes a network.
    ///
    /// - Parameters:
    ///   - name: what the names in the file begin with: a C identifier.
    ///   - banner: lines for the comment at the head of the files.
    public init(_ network: TrainedNetwork, name: String, banner: [String]) throws(CPredictorError) {
        let writer: CPredictorWriter
        do { writer = try CPredictorWriter(network, name: name) } catch { throw .network(error) }
        do {
            source = try CSource(name: name, routines: writer.routines, banner: banner, driver: writer.driver)
        } catch { throw .source(error) }
    }
}

/// Why a network cannot be written as C.
public enum CPredictorError: Error, Sendable, CustomStringConvertible {
    /// The name is no C identifier, or a program is malformed.
    case source(CSourceError)
    /// A layer's formulas cannot be put together.
    case network(TrainingError)

    public var description: String {
        switch self {
        case .source(let error): error.description
        case .network(let error): error.description
        }
    }
}
