import Formulas
import Kernels
import Lanes

/// The compiled kernels of a network. May be shared by any number of runs.
struct NetworkKernels: Sendable {
    /// A hidden layer's way forward.
    enum Layer: Sendable {
        /// One kernel for training, one for evaluation.
        case fused(training: CompiledFunction<Float>, evaluation: CompiledFunction<Float>)
        /// A library's activation, and what surrounds it.
        case library(ActivationLibrary, affine: CompiledFunction<Float>, mask: CompiledFunction<Float>)
    }

    /// One for each hidden layer; equal layers share theirs.
    let layers: [Layer]
    /// The way back through a layer's element-wise work, the same for all activations.
    let backward: CompiledFunction<Float>
    /// The kernels of the task's loss, in the order in which its class names them.
    let loss: [CompiledFunction<Float>]
    let products: MatrixProducts

    /// Takes what a network needs from a cache, which compiles what is new.
    init(_ configuration: NetworkConfiguration, cache: KernelCache = KernelCache()) throws(TrainingError) {
        let math = configuration.math
        var layers: [Layer] = []
        for layer in configuration.hidden {
            if let library = layer.activation.library {
                layers.append(
                    .library(
                        library, affine: try Self.compile(try LayerFormulas.affine(), math, cache),
                        mask: try Self.compile(try LayerFormulas.mask(), math, cache)))
            } else {
                let training = try LayerFormulas.training(layer.activation, hasDropout: layer.dropout > 0)
                let evaluation = try LayerFormulas.evaluation(layer.activation)
                layers.append(
                    .fused(
                        training: try Self.compile(training, math, cache), evaluation: try Self.compile(evaluation, math, cache)))
            }
        }
        self.layers = layers
        backward = try Self.compile(try LayerFormulas.backward(), math, cache)
        var loss: [CompiledFunction<Float>] = []
        for formula in try configuration.task.lossFormulas() { loss.append(try Self.compile(formula, math, cache)) }
        self.loss = loss
        do { products = try MatrixProducts.host() } catch { throw .kernel(error) }
    }

    /// One kernel from a cache.
    static func compile(
        _ formula: Formula, _ math: MathMode, _ cache: KernelCache
    ) throws(TrainingError) -> CompiledFunction<Float> {
        do { return try cache.function(formula, options: KernelOptions(math: math)) } catch { throw .kernel(error) }
    }
}
